package org.rollcall.collector.store;

import org.rollcall.protocol.v1.Gap;
import org.rollcall.protocol.v1.Observation;

/**
 * How every store keeps a {@link Gap}: as an observation of {@code gap:AGENT} at the gap's
 * beginning, with the measures {@code untilMillis} (its end, milliseconds since 1970) and {@code
 * reports} (how many were dropped) and the gap's reason.
 */
public final class GapObservation {
  public static final String KIND = "gap";
  public static final String UNTIL_MILLIS = "untilMillis";
  public static final String REPORTS = "reports";

  private GapObservation() {}

  public static Observation of(String agent, Gap gap) {
    long reports = gap.getToSeq() == 0 ? 0 : gap.getToSeq() - gap.getFromSeq() + 1;
    return Observation.newBuilder()
        .setSubject(KIND + ':' + agent)
        .setTimeMillis(gap.getFromMillis())
        .putMeasures(UNTIL_MILLIS, (double) gap.getToMillis())
        .putMeasures(REPORTS, (double) reports)
        .setReason(gap.getReason())
        .build();
  }

  /** Whether a store's row is a gap. */
  public static boolean isGap(Observation row) {
    return row.getSubject().startsWith(KIND + ':');
  }

  /** The agent whose gap a store's row is. */
  public static String agent(Observation row) {
    return row.getSubject().substring(KIND.length() + 1);
  }

  /** A gap that a store keeps as this very row; its numbers tell how many, no longer which. */
  public static Gap gap(Observation row) {
    long reports = (long) row.getMeasuresOrDefault(REPORTS, 0);
    Gap.Builder gap =
        Gap.newBuilder()
            .setFromMillis(row.getTimeMillis())
            .setToMillis((long) row.getMeasuresOrDefault(UNTIL_MILLIS, 0))
            .setReason(row.getReason());
    if (reports > 0) {
      gap.setFromSeq(1).setToSeq(reports);
    }
    return gap.build();
  }
}
