package org.rollcall.collector.ingest;

import io.netty.channel.Channel;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Connections of which nobody knows yet whose they are. When there are too many, the one that has
 * waited longest goes: whoever means to log in does it at once, and those who never speak cannot
 * keep an agent out. Any thread.
 */
final class Strangers {
  private final int most;
  private final Set<Channel> waiting = new LinkedHashSet<>();

  Strangers(int most) {
    this.most = most;
  }

  /** Notes a newcomer; the connection that must go for it, or null when there is room. */
  synchronized @Nullable Channel enter(Channel newcomer) {
    waiting.add(newcomer);
    if (waiting.size() <= most) {
      return null;
    }
    Iterator<Channel> oldest = waiting.iterator();
    Channel goes = oldest.next();
    oldest.remove();
    return goes;
  }

  /** Its client is known now, or it has ended. */
  synchronized void leave(Channel channel) {
    waiting.remove(channel);
  }

  synchronized int size() {
    return waiting.size();
  }
}
