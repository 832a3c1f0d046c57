package org.rollcall.protocol;

import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rollcall.protocol.v1.Gap;
import org.rollcall.protocol.v1.Observation;
import org.rollcall.protocol.v1.Report;
import org.rollcall.protocol.v1.Sighting;

/**
 * Whether a report says what a report may say. The agent's name is not judged here: whoever took
 * the report compares it with whom it came from.
 */
public final class ReportCheck {
  private static final int SHA256_BYTES = 32;
  private static final int SIGNATURE_BYTES = 64;
  private static final int MAX_WAYS = 16;
  private static final Pattern MAC = Pattern.compile("[0-9a-f]{2}(:[0-9a-f]{2}){5}");

  private ReportCheck() {}

  /**
   * @param nowMillis the checker's clock, milliseconds since 1970
   * @return null when the report is good, else a stable code
   */
  public static @Nullable String fault(Report report, long nowMillis) {
    if (!Limits.isAgentName(report.getAgent())) {
      return "bad-agent";
    }
    String fault = numberingFault(report);
    if (fault != null) {
      return fault;
    }
    if (report.getObservationsCount() > Limits.MAX_OBSERVATIONS) {
      return "too-many-observations";
    }
    if (report.getGapsCount() > Limits.MAX_GAPS) {
      return "too-many-gaps";
    }
    long latest = nowMillis + Limits.MAX_AHEAD.toMillis();
    for (Observation observation : report.getObservationsList()) {
      fault = observationFault(observation, latest);
      if (fault != null) {
        return fault;
      }
    }
    for (Gap gap : report.getGapsList()) {
      fault = gapFault(gap, latest);
      if (fault != null) {
        return fault;
      }
    }
    fault = sightingsFault(report, latest);
    return fault == null ? sealFault(report) : fault;
  }

  private static @Nullable String numberingFault(Report report) {
    boolean numbered = report.getEpoch() != 0;
    if (numbered != (report.getSeq() != 0) || report.getEpoch() < 0 || report.getSeq() < 0) {
      return "bad-number";
    }
    int previous = report.getPreviousSha256().size();
    boolean first = report.getSeq() <= 1;
    return previous == (first ? 0 : SHA256_BYTES) ? null : "bad-chain";
  }

  private static @Nullable String observationFault(Observation observation, long latest) {
    if (!Subject.isValid(observation.getSubject())) {
      return "bad-subject";
    }
    if (observation.getTimeMillis() < Limits.EARLIEST_MILLIS
        || observation.getTimeMillis() > latest) {
      return "time-out-of-range";
    }
    Map<String, Double> measures = observation.getMeasuresMap();
    if (measures.size() > Limits.MAX_MEASURES) {
      return "too-many-measures";
    }
    for (Map.Entry<String, Double> measure : measures.entrySet()) {
      if (!Limits.isMeasureName(measure.getKey()) || !Double.isFinite(measure.getValue())) {
        return "bad-measure";
      }
    }
    if (observation.getThroughCount() > Limits.MAX_THROUGH
        || observation.getThroughList().stream()
            .anyMatch(step -> step.isEmpty() || step.length() > Limits.MAX_THROUGH_TEXT)) {
      return "bad-through";
    }
    String reason = observation.getReason();
    return reason.isEmpty() || Limits.isReason(reason) ? null : "bad-reason";
  }

  private static @Nullable String gapFault(Gap gap, long latest) {
    boolean ordered =
        gap.getFromMillis() >= Limits.EARLIEST_MILLIS
            && gap.getFromMillis() <= gap.getToMillis()
            && gap.getToMillis() <= latest;
    return ordered && Limits.isReason(gap.getReason()) ? null : "bad-gap";
  }

  private static @Nullable String sightingsFault(Report report, long latest) {
    if (report.getSightingsCount() > Limits.MAX_SIGHTINGS) {
      return "too-many-sightings";
    }
    for (Sighting sighting : report.getSightingsList()) {
      if (sighting.getTimeMillis() < Limits.EARLIEST_MILLIS || sighting.getTimeMillis() > latest) {
        return "time-out-of-range";
      }
      boolean nowhere = sighting.getMac().isEmpty() && sighting.getAddress().isEmpty();
      boolean badMac = !sighting.getMac().isEmpty() && !MAC.matcher(sighting.getMac()).matches();
      if (nowhere || badMac || !isShort(sighting)) {
        return "bad-sighting";
      }
    }
    return null;
  }

  private static boolean isShort(Sighting sighting) {
    return sighting.getFoundByCount() <= MAX_WAYS
        && sighting.getFoundByList().stream().allMatch(Limits::isReason)
        && Stream.of(
                sighting.getAddress(),
                sighting.getName(),
                sighting.getDescription(),
                sighting.getSeenAt())
            .allMatch(text -> text.length() <= Limits.MAX_SIGHTING_TEXT);
  }

  private static @Nullable String sealFault(Report report) {
    if (!report.hasSeal()) {
      return null;
    }
    boolean whole =
        report.getSeal().getSeq() > 0
            && report.getSeal().getSeq() < report.getSeq()
            && report.getSeal().getSha256().size() == SHA256_BYTES
            && report.getSeal().getSignature().size() == SIGNATURE_BYTES;
    return whole ? null : "bad-seal";
  }
}
