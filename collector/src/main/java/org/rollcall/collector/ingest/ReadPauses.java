package org.rollcall.collector.ingest;

import io.netty.channel.Channel;
import java.util.EnumSet;

/**
 * Why nothing is read from a connection for the moment; reading goes on when no reason is left.
 * Belongs to the connection's event loop.
 */
final class ReadPauses {
  private final Channel channel;
  private final EnumSet<Why> reasons = EnumSet.noneOf(Why.class);

  /** What reading waits for. */
  enum Why {
    /** The intake has no room. */
    INTAKE,
    /** The client does not read what it is sent. */
    SLOW_READER,
    /** A 3.1.1 client has too many reports unacknowledged. */
    UNACKNOWLEDGED
  }

  ReadPauses(Channel channel) {
    this.channel = channel;
  }

  boolean none() {
    return reasons.isEmpty();
  }

  void add(Why why) {
    reasons.add(why);
    channel.config().setAutoRead(false);
  }

  void remove(Why why) {
    if (reasons.remove(why) && reasons.isEmpty()) {
      channel.config().setAutoRead(true);
    }
  }

  /** Reads whatever comes from now on: the connection ends. */
  void forget() {
    reasons.clear();
    channel.config().setAutoRead(true);
  }
}
