package org.rollcall.protocol.paced;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Counts the datagrams of one direction where they arrive: each once, and none beyond the number
 * granted. One thread.
 */
final class Arrivals {
  private static final int FIRST_DELAYS = 1_024;

  private final int most;
  private final boolean delays;
  private final BitSet seen = new BitSet();
  private int[] delayMicros = new int[0];
  private int received;
  private int strange;
  private long first;
  private long last;
  private long firstDelay;

  /**
   * @param most datagrams that were granted; a number beyond it is not counted
   * @param delays whether to keep how long each was under way
   */
  Arrivals(int most, boolean delays) {
    this.most = most;
    this.delays = delays;
  }

  void add(int number, long sentNanos, long nowNanos) {
    if (number < 0 || number >= most || seen.get(number)) {
      strange++;
      return;
    }
    seen.set(number);
    if (received == 0) {
      first = nowNanos;
      firstDelay = nowNanos - sentNanos;
    }
    last = nowNanos;
    if (delays) {
      keep((nowNanos - sentNanos - firstDelay) / 1_000);
    }
    received++;
  }

  private void keep(long micros) {
    if (received == delayMicros.length) {
      delayMicros = Arrays.copyOf(delayMicros, Math.max(FIRST_DELAYS, 2 * received));
    }
    delayMicros[received] = (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, micros));
  }

  int received() {
    return received;
  }

  /** Datagrams that came twice or were never granted. */
  int strange() {
    return strange;
  }

  /** When the newest came; the caller's clock. Meaningless before the first. */
  long lastNanos() {
    return last;
  }

  /** From the first to the newest. */
  long nanos() {
    return received < 2 ? 0 : last - first;
  }

  /** IP-layer bytes of all but the first datagram: they are what came in {@link #nanos}. */
  long bytesAfterFirst() {
    return received < 2 ? 0 : (received - 1L) * Datagrams.IP_BYTES;
  }

  /**
   * How much longer than the quickest the 95th of a hundred was under way, in milliseconds: what
   * waits in queues under this load. The clocks' difference cancels. NaN: not kept, or nothing
   * came.
   */
  double delayMillis() {
    if (!delays || received == 0) {
      return Double.NaN;
    }
    int[] sorted = Arrays.copyOf(delayMicros, received);
    Arrays.sort(sorted);
    return ((double) sorted[(int) (0.95 * (received - 1))] - sorted[0]) / 1_000;
  }

  /** The highest number seen and one; what was sent at least. */
  int sentAtLeast() {
    return seen.length();
  }
}
