package org.rollcall.collector.problems;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.identity.AgentEntry;
import org.rollcall.protocol.v1.Observation;

/**
 * An agent as the register has it, with what it said of itself last.
 *
 * @param faults what is wrong with it; empty: nothing
 * @param told when it said it; null if it never did, as foreign agents do
 * @param spoolReports reports that wait in its spool; null when it did not say
 * @param spoolBytes their bytes
 * @param clockSkewSeconds its clock ahead of the collector's
 * @param configRevision of the pushed configuration that it runs; null when it runs none
 * @param reason why it is not well, as a code; empty: it is
 */
public record AgentNow(
    AgentEntry entry,
    List<Fault> faults,
    @Nullable Instant told,
    @Nullable Long spoolReports,
    @Nullable Long spoolBytes,
    @Nullable Double clockSkewSeconds,
    @Nullable Long configRevision,
    String reason) {
  /** What may wait while everything is well: reports are some seconds old. Project default. */
  static final long BEHIND_REPORTS = 60;

  /** A clock that is off by more moves lesson minutes. Project default. */
  static final double SKEWED_SECONDS = 30;

  /** What can be wrong with an agent. */
  public enum Fault {
    /** Not connected for {@link SchoolLook#SILENT}, or never. */
    SILENT,
    /** More than {@link #BEHIND_REPORTS} reports wait in its spool. */
    BEHIND,
    /** Its clock is more than {@link #SKEWED_SECONDS} off. */
    SKEWED,
    /** Its key was seen in two places; it is let in no more until somebody releases it. */
    HELD,
    /** It says why it is not well. */
    UNWELL
  }

  public AgentNow {
    faults = List.copyOf(faults);
  }

  /**
   * An agent now.
   *
   * @param health its newest observation of itself; null if there is none
   */
  static AgentNow of(AgentEntry entry, @Nullable Observation health, Instant now) {
    Map<String, Double> told = health == null ? Map.of() : health.getMeasuresMap();
    Double waiting = told.get("spoolReports");
    Double skew = told.get("clockSkewSeconds");
    String reason = health == null ? "" : health.getReason();
    List<Fault> faults = new ArrayList<>();
    Instant seen = entry.lastSeen();
    Duration silence = Duration.between(seen == null ? entry.enrolled() : seen, now);
    if (silence.compareTo(SchoolLook.SILENT) > 0) {
      faults.add(Fault.SILENT);
    }
    if (waiting != null && waiting > BEHIND_REPORTS) {
      faults.add(Fault.BEHIND);
    }
    if (skew != null && Math.abs(skew) > SKEWED_SECONDS) {
      faults.add(Fault.SKEWED);
    }
    if (entry.held() != null) {
      faults.add(Fault.HELD);
    }
    if (!reason.isEmpty()) {
      faults.add(Fault.UNWELL);
    }
    return new AgentNow(
        entry,
        faults,
        health == null ? null : Instant.ofEpochMilli(health.getTimeMillis()),
        whole(waiting),
        whole(told.get("spoolBytes")),
        skew,
        whole(told.get("configRevision")),
        reason);
  }

  private static @Nullable Long whole(@Nullable Double number) {
    return number == null ? null : Long.valueOf(number.longValue());
  }
}
