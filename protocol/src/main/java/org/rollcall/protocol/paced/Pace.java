package org.rollcall.protocol.paced;

/**
 * When the datagrams of one direction are due. What was missed is made up for at no more than twice
 * the pace and only if it is newer than {@link #FORGOTTEN_NANOS}, so that a late thread makes no
 * burst. One thread.
 */
final class Pace {
  /** Most of the pace that is sent in one go. */
  private static final long BURST_NANOS = 10_000_000L;

  /** Arrears older than this are not made up for; the sender then was too slow, and says so. */
  private static final long FORGOTTEN_NANOS = 250_000_000L;

  private final double interval;
  private final long end;
  private final int most;
  private final long begun;
  private double origin;
  private long looked;
  private int sent;
  private long first;
  private long last;

  /**
   * @param most datagrams in all
   */
  Pace(long bitsPerSecond, long nowNanos, int millis, int most) {
    this.interval = Datagrams.IP_BYTES * 8e9 / bitsPerSecond;
    this.begun = nowNanos;
    this.end = nowNanos + millis * 1_000_000L;
    this.looked = nowNanos;
    this.most = most;
  }

  boolean over(long nowNanos) {
    return sent >= most || nowNanos - end >= 0;
  }

  /** How many datagrams to send now. */
  int due(long nowNanos) {
    if (over(nowNanos)) {
      return 0;
    }
    double passed = nowNanos - begun - origin;
    int scheduled = (int) (passed / interval) + 1;
    double behind = passed - sent * interval;
    if (behind > FORGOTTEN_NANOS) {
      origin += behind - FORGOTTEN_NANOS;
    }
    double since = Math.min(BURST_NANOS, nowNanos - looked);
    int burst = Math.max(1, (int) Math.ceil(2 * since / interval));
    looked = nowNanos;
    return Math.max(0, Math.min(Math.min(scheduled - sent, burst), most - sent));
  }

  void sent(long nowNanos) {
    if (sent == 0) {
      first = nowNanos;
    }
    last = nowNanos;
    sent++;
  }

  int sent() {
    return sent;
  }

  /** From the first datagram to the last. */
  long nanos() {
    return sent < 2 ? 0 : last - first;
  }
}
