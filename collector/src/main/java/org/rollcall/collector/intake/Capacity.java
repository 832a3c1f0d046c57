package org.rollcall.collector.intake;

/**
 * How much may wait for the store. Above {@code reports} or {@code bytes} the senders are paused;
 * what connections had already read may still enter, up to four times as much; beyond that reports
 * are refused as {@code queue-full}.
 *
 * @param bytes of payload as it came over the wire; decoded it takes roughly five times as much
 * @param batchReports most reports in one call of the store
 */
public record Capacity(int reports, long bytes, int batchReports) {
  /** Holds 1,000 agents with 64 unacknowledged reports of 300 bytes without a refusal. */
  public static final Capacity DEFAULT = new Capacity(16_384, 8L << 20, 4_096);

  public Capacity {
    if (reports < 1 || bytes < 1 || batchReports < 1) {
      throw new IllegalArgumentException("reports, bytes and batchReports must be at least 1");
    }
  }

  int hardReports() {
    return Math.multiplyExact(reports, 4);
  }

  long hardBytes() {
    return Math.multiplyExact(bytes, 4L);
  }
}
