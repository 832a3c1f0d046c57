package org.rollcall.collector.channels;

/** Something that takes a letter. Its worker's thread; blocks until the other side has answered. */
interface Channel {
  /** Sends it once. Never throws for what the other side or the way to it does. */
  Answer send(Letter letter);
}
