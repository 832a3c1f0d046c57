package org.rollcall.collector.channels;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * So many messages in any span, wherever it begins: what a bucket that fills up again would let
 * through at its edge, twice the number, gets a bot blocked. One thread.
 */
final class Pace {
  private final int most;
  private final Duration span;
  private final Deque<Instant> sent = new ArrayDeque<>();

  Pace(int most, Duration span) {
    this.most = most;
    this.span = span;
  }

  boolean allows(Instant now) {
    while (!sent.isEmpty() && !sent.getFirst().plus(span).isAfter(now)) {
      sent.removeFirst();
    }
    return sent.size() < most;
  }

  void sent(Instant now) {
    sent.addLast(now);
  }
}
