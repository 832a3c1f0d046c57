package org.rollcall.protocol.paced;

/**
 * What one paced test may send. Rates and bytes are of the IP layer: UDP payload and 28 bytes of
 * IPv4 and UDP headers.
 *
 * @param paceBitsPerSecond at which both directions are sent
 * @param downloadMillis from server to client, first
 * @param uploadMillis from client to server, after it; 0: not at all
 */
public record Grant(long paceBitsPerSecond, int downloadMillis, int uploadMillis) {
  /** How much faster than the target is sent; project default. */
  public static final double PACE_SHARE = 1.05;

  /** A line carries the target when so much of it arrives; project default. */
  public static final double PASS_SHARE = 0.95;

  /** How much of a test is download, which is what targets ask; project default. */
  public static final double DOWNLOAD_SHARE = 0.6;

  /** A test is no longer than this, in seconds. */
  public static final int MAX_SECONDS = 60;

  /** Slower and faster targets are refused, in bit/s. */
  public static final double MIN_TARGET = 50_000;

  public static final double MAX_TARGET = 2e9;

  public Grant {
    if (paceBitsPerSecond < 1
        || paceBitsPerSecond > MAX_TARGET * PACE_SHARE
        || downloadMillis < 1
        || uploadMillis < 0
        || downloadMillis + uploadMillis > MAX_SECONDS * 1_000) {
      throw new IllegalArgumentException(
          "a paced test has a pace up to 2.1 Gbit/s and lasts 1 ms to 60 s");
    }
  }

  /**
   * A test that proves a target.
   *
   * @param seconds both directions together, 1 to 60
   * @param maxBytes both directions together; where they do not last, the upload is cut first
   */
  public static Grant of(double targetBitsPerSecond, int seconds, long maxBytes) {
    if (!(targetBitsPerSecond >= MIN_TARGET && targetBitsPerSecond <= MAX_TARGET)) {
      throw new IllegalArgumentException("a target lies between 50 kbit/s and 2 Gbit/s");
    }
    if (seconds < 1 || seconds > MAX_SECONDS || maxBytes < 1) {
      throw new IllegalArgumentException("a test lasts 1 to 60 s and moves something");
    }
    double pace = targetBitsPerSecond * PACE_SHARE;
    double allowed = Math.min(seconds * 1_000.0, maxBytes * 8_000.0 / pace);
    double download = Math.max(1, Math.min(allowed, seconds * 1_000.0 * DOWNLOAD_SHARE));
    return new Grant(Math.round(pace), (int) download, (int) Math.max(0, allowed - download));
  }

  /** Bytes of the IP layer that both directions move at most. */
  public long bytes() {
    return paceBitsPerSecond * (downloadMillis + uploadMillis) / 8_000;
  }

  /** Datagrams that a direction of that length has at most. */
  int datagrams(int millis) {
    return (int) (paceBitsPerSecond * millis / (8_000L * Datagrams.IP_BYTES)) + 1;
  }

  /** The rate at which a target counts as proven, in bit/s. */
  public static double passMark(double targetBitsPerSecond) {
    return PASS_SHARE * targetBitsPerSecond;
  }
}
