package org.rollcall.collector.evidence;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.config.DataSize;
import org.rollcall.config.Default;
import org.rollcall.config.Range;

/**
 * How long evidence is kept. Signed heads are kept for ever, whatever becomes of the records.
 *
 * @param keep how long the records of a day are kept after it; 0d, a project default: for ever
 * @param maxSize of all closed days together; the oldest go first. 0B, a project default: no limit
 * @param publish a folder into which each head and its signature is copied when its day is closed,
 *     for a mirror or a web site to take it from; null for none
 * @param tell channels by which each head is told when its day is closed
 */
public record EvidenceSettings(
    @Default("0d") @Range(min = "0d", max = "36500d") Duration keep,
    @Default("0B") DataSize maxSize,
    @Nullable Path publish,
    List<String> tell) {
  private static final Duration LEAST = Duration.ofDays(35);

  /** All is kept, and heads are published nowhere. */
  public static final EvidenceSettings DEFAULT =
      new EvidenceSettings(Duration.ZERO, new DataSize(0), null, List.of());

  public EvidenceSettings {
    tell = List.copyOf(tell);
    if (!keep.isZero() && keep.compareTo(LEAST) < 0) {
      throw new IllegalArgumentException(
          "keep is 35d or longer, because a verdict may rest on 30 days, or 0d for ever");
    }
  }
}
