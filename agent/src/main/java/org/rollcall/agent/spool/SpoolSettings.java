package org.rollcall.agent.spool;

import java.time.Duration;
import org.rollcall.config.DataSize;
import org.rollcall.config.Default;
import org.rollcall.config.Range;

/**
 * How much a spool holds and how safe it is.
 *
 * @param maxSize what its files may take; 60 devices a minute take 11.8 MB a day (SpoolSizeTest),
 *     so that the default holds 45 days
 * @param sync the longest a report waits to be safe against a power cut; 0s: not at all
 */
public record SpoolSettings(
    @Default("512MiB") @Range(min = "1MiB", max = "1024GiB") DataSize maxSize,
    @Default("1s") @Range(min = "0s", max = "1m") Duration sync) {
  private static final long MIN_BYTES = 1024 * 1024;
  private static final Duration MAX_SYNC = Duration.ofMinutes(1);

  public SpoolSettings {
    if (maxSize.bytes() < MIN_BYTES) {
      throw new IllegalArgumentException("maxSize is at least 1MiB");
    }
    if (sync.isNegative() || sync.compareTo(MAX_SYNC) > 0) {
      throw new IllegalArgumentException("sync is from 0s to 1m");
    }
  }
}
