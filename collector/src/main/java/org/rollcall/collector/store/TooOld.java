package org.rollcall.collector.store;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.rollcall.protocol.v1.Gap;
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
   * @return {@link #REASON} if an observation of the report is older, or nearly; otherwise null
   */
  public static @Nullable String refuses(Report report, Instant keptSince) {
    long earliest = keptSince.plus(EDGE).toEpochMilli();
    boolean tooOld =
        report.getObservationsList().stream().anyMatch(o -> o.getTimeMillis() < earliest);
    return tooOld ? REASON : null;
  }

  /**
   * What is to be stored of a gap. It is never refused: what was lost of a time that is not kept
   * need not be told, and its agent would tell it again for ever, and lose every report that
   * carries it.
   *
   * @param keptSince {@link ObservationStore#keptSince()} of the store
   * @return the gap, or the part of it that is kept; null when it ended before
   */
  public static @Nullable Gap kept(Gap gap, Instant keptSince) {
    if (gap.getFromMillis() >= keptSince.toEpochMilli()) {
      return gap;
    }
    // A whole day, so that a gap that comes twice is stored once.
    long from = keptSince.plus(EDGE).truncatedTo(ChronoUnit.DAYS).toEpochMilli();
    return gap.getToMillis() < from ? null : gap.toBuilder().setFromMillis(from).build();
  }
}
