package org.rollcall.simulator.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.agent.spool.DiskSpool;
import org.rollcall.agent.spool.SpoolSettings;
import org.rollcall.agent.spool.SpooledReport;
import org.rollcall.config.DataSize;
import org.rollcall.protocol.AgentKey;
import org.rollcall.protocol.ReportCheck;
import org.rollcall.protocol.v1.Observation;
import org.rollcall.protocol.v1.Report;
import org.rollcall.simulator.district.District;
import org.rollcall.simulator.district.Scenario;
import org.rollcall.simulator.district.SchoolPlan;
import org.rollcall.simulator.district.Term;

class BackfillTest {
  private static final Instant NOW = Instant.parse("2026-03-06T08:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, Term.ZONE);
  private static final SpoolSettings SETTINGS =
      new SpoolSettings(DataSize.parse("64MiB"), Duration.ofSeconds(1));

  private final ScheduledExecutorService worker = Executors.newScheduledThreadPool(1);
  @TempDir private Path folder;

  @AfterEach
  void end() throws InterruptedException {
    worker.shutdownNow();
    assertThat(worker.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aSchoolsPastIsInTheSpoolAsReportsACollectorTakes() throws Exception {
    List<Report> reports = reports(told(Scenario.MET_A), Duration.ofDays(5));
    assertThat(reports).hasSizeGreaterThan(10);
    long seq = 0;
    Set<String> keys = new HashSet<>();
    for (Report report : reports) {
      assertThat(ReportCheck.fault(report, NOW.toEpochMilli())).isNull();
      assertThat(report.getSeq()).isEqualTo(++seq);
      for (Observation observation : report.getObservationsList()) {
        assertThat(keys.add(observation.getSubject() + " " + observation.getTimeMillis())).isTrue();
      }
    }
    assertThat(keys).hasSizeGreaterThan(3_000);
  }

  @Test
  void theSameSpanIsToldInTheSameWords() {
    SchoolHistory history = new SchoolHistory(told(Scenario.MET_B), Term.allYear());
    SchoolHistory.Span span = history.spoken(NOW.minus(Duration.ofDays(3)), NOW).orElseThrow();
    List<Observation> once = new ArrayList<>();
    List<Observation> twice = new ArrayList<>();
    history.tell(span, NOW, once::add);
    new SchoolHistory(told(Scenario.MET_B), Term.allYear()).tell(span, NOW, twice::add);
    assertThat(twice).isEqualTo(once).isNotEmpty();
  }

  @Test
  void everyLessonMinuteOfASchoolDayIsCoveredByALookAtEachComputer() {
    SchoolHistory history = history(Scenario.MET_A);
    Instant morning = Instant.parse("2026-03-04T23:00:00Z");
    Set<Long> looked = new HashSet<>();
    history.tell(
        new SchoolHistory.Span(morning, morning.plus(Duration.ofHours(12))),
        NOW,
        seen -> {
          if (seen.getSubject().equals("pc:r1-01")) {
            looked.add(seen.getTimeMillis());
          }
        });
    assertThat(looked).hasSize(7 * 40 / SchoolHistory.BACKFILL.pc());
  }

  @Test
  void whatAFullDiskLostIsAGapAndNothingElse() throws Exception {
    List<Report> reports = reports(told(Scenario.GAP_IN_HISTORY), Duration.ofDays(12));
    assertThat(reports.stream().flatMap(report -> report.getGapsList().stream()))
        .singleElement()
        .satisfies(
            gap -> {
              assertThat(gap.getReason()).isEqualTo("disk-error");
              assertThat(gap.getToMillis() - gap.getFromMillis())
                  .isEqualTo(Duration.ofDays(2).toMillis());
              assertThat(reports.stream().flatMap(r -> r.getObservationsList().stream()))
                  .noneMatch(
                      seen ->
                          seen.getTimeMillis() >= gap.getFromMillis()
                              && seen.getTimeMillis() < gap.getToMillis());
            });
  }

  @Test
  void schoolsWithoutAnAgentOrWithASilentOneSayNoMoreThanTheirAgentDid() {
    Instant from = NOW.minus(Duration.ofDays(30));
    assertThat(history(Scenario.NO_AGENT).spoken(from, NOW)).isEmpty();
    assertThat(history(Scenario.NEW_AGENT).spoken(from, NOW))
        .hasValue(new SchoolHistory.Span(NOW.minus(Duration.ofDays(3)), NOW));
    assertThat(history(Scenario.SILENT_AGENT).spoken(from, NOW))
        .hasValue(new SchoolHistory.Span(from, NOW.minus(Duration.ofDays(7))));
  }

  private List<Report> reports(SchoolPlan school, Duration past) throws Exception {
    SchoolHistory history = new SchoolHistory(school, Term.allYear());
    SchoolHistory.Span span = history.spoken(NOW.minus(past), NOW).orElseThrow();
    long told =
        new Backfill(history, AgentKey.generate(), folder, SETTINGS).run(span, CLOCK, worker);
    List<Report> reports = new ArrayList<>();
    try (DiskSpool spool = new DiskSpool(folder, SETTINGS, CLOCK)) {
      spool.start();
      for (SpooledReport report : spool.read(1, 100_000, 1 << 28)) {
        reports.add(Report.parseFrom(report.bytes()));
      }
    }
    assertThat(reports.stream().mapToLong(Report::getObservationsCount).sum()).isEqualTo(told);
    return reports;
  }

  private static SchoolHistory history(Scenario scenario) {
    return new SchoolHistory(told(scenario), Term.allYear());
  }

  private static SchoolPlan told(Scenario scenario) {
    return District.of(1, 60).schools().stream()
        .filter(school -> school.scenario() == scenario)
        .findFirst()
        .orElseThrow();
  }
}
