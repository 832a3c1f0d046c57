package org.rollcall.protocol.paced;

import org.jspecify.annotations.Nullable;

/**
 * One direction of a test, as its receiver counted it.
 *
 * @param bitsPerSecond of the IP layer, from the first datagram to the last
 * @param seconds between them
 * @param bytes of the IP layer that arrived
 * @param lossShare 0 to 1
 * @param delayMillis what the 95th of a hundred datagrams waited in queues; null where not measured
 * @param paceShare how much of the pace its sender kept, 0 to 1 and a little more
 */
public record Flow(
    double bitsPerSecond,
    double seconds,
    long bytes,
    double lossShare,
    @Nullable Double delayMillis,
    double paceShare) {

  /** Below this share of its pace the sender was too slow to blame the line. Project default. */
  static final double MIN_PACE_SHARE = 0.98;

  /** Whether the sender, and not the line, is why no more arrived. */
  public boolean senderBehind() {
    return paceShare < MIN_PACE_SHARE;
  }

  /** Null when fewer than two datagrams arrived. */
  static @Nullable Flow of(
      int received,
      long bytesAfterFirst,
      long nanos,
      int sent,
      @Nullable Double delayMillis,
      double paceShare) {
    if (received < 2 || nanos <= 0) {
      return null;
    }
    double lost = 1 - (double) received / Math.max(received, sent);
    return new Flow(
        bytesAfterFirst * 8e9 / nanos,
        nanos / 1e9,
        (long) received * Datagrams.IP_BYTES,
        lost,
        delayMillis,
        paceShare);
  }

  /** What of a pace a sender kept: 1 where it could not be seen. */
  static double paceShare(int sent, long nanos, long bitsPerSecond) {
    return sent < 2 || nanos <= 0
        ? 1
        : (sent - 1.0) * Datagrams.IP_BYTES * 8e9 / nanos / bitsPerSecond;
  }
}
