package org.rollcall.simulator.history;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import org.rollcall.agent.report.ReportSettings;
import org.rollcall.agent.report.Reporter;
import org.rollcall.agent.spool.DiskSpool;
import org.rollcall.agent.spool.SpoolSettings;
import org.rollcall.protocol.AgentKey;
import org.rollcall.protocol.v1.Observation;

/**
 * Fills an agent's spool with its school's past, through the agent's own reporter: numbered,
 * chained and sealed as if the agent had been there and its collector had not. The agent that is
 * started on the spool afterwards has to bring it in.
 *
 * @param history of whom
 * @param key the agent's
 * @param spool the agent's spool folder
 */
public record Backfill(SchoolHistory history, AgentKey key, Path spool, SpoolSettings settings) {
  private static final int AT_ONCE = 2_000;

  /**
   * Tells the span on the calling thread.
   *
   * @param worker for the reporter's ticking; may be shared
   * @return how many observations are in the spool now
   */
  public long run(SchoolHistory.Span span, InstantSource clock, ScheduledExecutorService worker) {
    try (FullDisk disk = new FullDisk(new DiskSpool(spool, settings, clock))) {
      disk.start();
      try (Reporter reporter =
          new Reporter(
              key, disk, new ReportSettings(MINUTE, MINUTE.multipliedBy(5)), clock, worker)) {
        reporter.start();
        return tell(span, clock, reporter, disk);
      }
    }
  }

  private static final java.time.Duration MINUTE = java.time.Duration.ofMinutes(1);

  private long tell(
      SchoolHistory.Span span, InstantSource clock, Reporter reporter, FullDisk disk) {
    Optional<SchoolHistory.Span> lost = history.lost(span, clock.instant());
    if (lost.isEmpty()) {
      return part(span, clock, reporter);
    }
    SchoolHistory.Span gone = lost.get();
    long kept = part(new SchoolHistory.Span(span.from(), gone.from()), clock, reporter);
    disk.full(true);
    long unused = part(gone, clock, reporter);
    disk.full(false);
    return kept + part(new SchoolHistory.Span(gone.to(), span.to()), clock, reporter);
  }

  private long part(SchoolHistory.Span span, InstantSource clock, Reporter reporter) {
    List<Observation> waiting = new ArrayList<>(AT_ONCE);
    long[] told = new long[1];
    history.tell(
        span,
        clock.instant(),
        observation -> {
          waiting.add(observation);
          told[0]++;
          if (waiting.size() == AT_ONCE) {
            reporter.report(waiting);
            waiting.clear();
          }
        });
    reporter.report(waiting);
    return told[0];
  }
}
