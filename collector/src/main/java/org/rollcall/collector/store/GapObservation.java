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
}
