package org.rollcall.collector.store;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.rollcall.protocol.v1.Report;

/** Refuses what a store that drops its oldest would not hold for long. */
public final class TooOld {
  /** Why a report is refused that is about to be dropped for its age. */
  public static final String REASON = "older-than-kept";

  /** What is within a day of being dropped is not taken any more: a day is kept or not, whole. */
  private static final Duration EDGE = Duration.ofDays(1);

  private TooOld() {}

  /**
   * @param keptSince {@link ObservationStore#keptSince()} of the store
   * @return {@link #REASON} if anything of the report is older, or nearly; otherwise null
   */
  public static @Nullable String refuses(Report report, Instant keptSince) {
    long earliest = keptSince.plus(EDGE).toEpochMilli();
    boolean tooOld =
        report.getObservationsList().stream().anyMatch(o -> o.getTimeMillis() < earliest)
            || report.getGapsList().stream().anyMatch(gap -> gap.getFromMillis() < earliest);
    return tooOld ? REASON : null;
  }
}
