package org.rollcall.agent.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.agent.spool.DiskSpool;
import org.rollcall.agent.spool.SpoolSettings;
import org.rollcall.agent.spool.SpooledReport;
import org.rollcall.config.DataSize;
import org.rollcall.protocol.AgentKey;
import org.rollcall.protocol.Limits;
import org.rollcall.protocol.ReportChain;
import org.rollcall.protocol.ReportCheck;
import org.rollcall.protocol.v1.Observation;
import org.rollcall.protocol.v1.Report;
import org.rollcall.protocol.v1.Sighting;

class ReporterTest {
  private static final long TIME = 1_767_225_600_000L;

  @TempDir private Path folder;
  private final AgentKey key = AgentKey.generate();
  private final ScheduledExecutorService worker = Executors.newScheduledThreadPool(1);
  private Duration interval = Duration.ofHours(1);
  private Duration sealInterval = Duration.ofHours(1);

  @SuppressWarnings("NullAway.Init")
  private DiskSpool spool;

  @SuppressWarnings("NullAway.Init")
  private Reporter reporter;

  @BeforeEach
  void startReporter() {
    spool =
        new DiskSpool(
            folder, new SpoolSettings(new DataSize(1024 * 1024), Duration.ZERO), Clock.systemUTC());
    spool.start();
    begin();
  }

  @AfterEach
  void stopAll() throws InterruptedException {
    reporter.close();
    worker.shutdown();
    assertThat(worker.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    spool.close();
  }

  @Test
  void observationsAreSpooledWhenTheIntervalIsOver() {
    interval = Duration.ofSeconds(1);
    begin();
    reporter.observe(observation(1));

    await().until(() -> spool.figures().reports() == 1);
    assertThat(reports().get(0).getObservationsList()).containsExactly(observation(1));
  }

  @Test
  void twoHundredObservationsCloseAReportAtOnce() {
    IntStream.rangeClosed(1, 450).forEach(i -> reporter.observe(observation(i)));

    // Two at least: how much is waiting when a report is closed is not said.
    await().until(() -> spool.figures().reports() >= 2);
    reporter.flush();
    assertThat(reports()).extracting(Report::getObservationsCount).contains(200);
    assertThat(observed()).isEqualTo(450);
  }

  @Test
  void largeObservationsCloseAReportBeforeItGrowsPastItsLimit() {
    List<Observation> large = IntStream.range(0, 100).mapToObj(ReporterTest::large).toList();
    assertThat(reporter.report(large)).isTrue();

    for (SpooledReport report : spooled()) {
      assertThat(report.bytes()).hasSizeLessThan(Limits.MAX_REPORT_BYTES);
    }
    assertThat(observed()).isEqualTo(100);
    assertThat(spooled()).hasSizeGreaterThan(1);
  }

  @Test
  void reportsAreNumberedChainedAndPassTheCollectorsCheck() {
    for (int i = 1; i <= 5; i++) {
      assertThat(reporter.report(List.of(observation(i)))).isTrue();
    }

    byte[] previous = new byte[0];
    long seq = 1;
    for (SpooledReport spooled : spooled()) {
      Report report = parse(spooled);
      assertThat(ReportCheck.fault(report, System.currentTimeMillis())).isNull();
      assertThat(report.getAgent()).isEqualTo(key.agentId());
      assertThat(report.getSeq()).isEqualTo(seq++);
      assertThat(report.getPreviousSha256().toByteArray()).isEqualTo(previous);
      previous = ReportChain.sha256(spooled.bytes());
    }
  }

  @Test
  void theChainGoesOnWhenTheAgentStartsAgain() {
    boolean first = reporter.report(List.of(observation(1)));
    reporter.close();
    spool.close();
    spool.start();
    begin();
    boolean second = reporter.report(List.of(observation(2)));

    assertThat(first && second).isTrue();
    List<SpooledReport> all = spooled();
    Report last = parse(all.get(all.size() - 1));
    assertThat(last.getSeq()).isEqualTo(all.size());
    assertThat(last.getPreviousSha256().toByteArray())
        .isEqualTo(ReportChain.sha256(all.get(all.size() - 2).bytes()));
  }

  @Test
  void devicesFoundGoInAsManyChainedReportsAsTheyNeed() {
    List<Sighting> small = IntStream.range(0, 600).mapToObj(i -> sighting(i, "")).toList();
    List<Sighting> large =
        IntStream.range(600, 900).mapToObj(i -> sighting(i, "描".repeat(255))).toList();
    assertThat(reporter.sightings(List.of())).isTrue();
    assertThat(spooled()).isEmpty();
    assertThat(reporter.sightings(small)).isTrue();
    assertThat(spooled()).hasSize(3);
    assertThat(reporter.sightings(large)).isTrue();

    List<Sighting> told = new ArrayList<>();
    byte[] previous = new byte[0];
    for (SpooledReport spooled : spooled()) {
      Report report = parse(spooled);
      assertThat(ReportCheck.fault(report, System.currentTimeMillis())).isNull();
      assertThat(spooled.bytes()).hasSizeLessThan(Limits.MAX_REPORT_BYTES);
      assertThat(report.getPreviousSha256().toByteArray()).isEqualTo(previous);
      previous = ReportChain.sha256(spooled.bytes());
      told.addAll(report.getSightingsList());
    }
    List<Sighting> all = new ArrayList<>(small);
    all.addAll(large);
    assertThat(told).isEqualTo(all);
  }

  private static Sighting sighting(int n, String description) {
    return Sighting.newBuilder()
        .setTimeMillis(TIME)
        .setAddress("192.168." + (n >> 8) + "." + (n & 255))
        .setDescription(description)
        .build();
  }

  @Test
  void aSealCoversWhatIsBeforeItAndCanBeVerified() {
    sealInterval = Duration.ZERO;
    begin();
    assertThat(reporter.report(List.of(observation(1)))).isTrue();
    assertThat(reporter.report(List.of(observation(2)))).isTrue();

    List<SpooledReport> all = spooled();
    Report sealing = parse(all.get(1));
    assertThat(sealing.getSeal().getSeq()).isEqualTo(1);
    assertThat(sealing.getSeal().getSha256().toByteArray())
        .isEqualTo(ReportChain.sha256(all.get(0).bytes()));
    assertThat(
            ReportChain.verifySeal(
                sealing.getSeal(), key.agentId(), sealing.getEpoch(), key.publicKey()))
        .isTrue();
  }

  @Test
  void closingSpoolsWhatIsWaitingAndASealOverIt() {
    reporter.observe(observation(1));
    reporter.close();

    assertThat(observed()).isEqualTo(1);
    List<Report> all = reports();
    assertThat(all.get(all.size() - 1).getSeal().getSeq()).isEqualTo(all.size() - 1);
  }

  @Test
  void aGapIsCarriedByTheNextReportAndThenNoMore() {
    List<Observation> much = IntStream.range(0, 3000).mapToObj(ReporterTest::large).toList();
    assertThat(reporter.report(much)).isTrue();

    List<Report> all = reports();
    List<Report> carrying = all.stream().filter(r -> r.getGapsCount() > 0).toList();
    assertThat(carrying).isNotEmpty();
    assertThat(carrying.get(0).getGaps(0).getReason()).isEqualTo("spool-full");
    assertThat(ReportCheck.fault(carrying.get(0), System.currentTimeMillis())).isNull();
    assertThat(reporter.report(List.of(observation(1)))).isTrue();
    assertThat(spool.gaps()).isEmpty();
  }

  @Test
  void aGapOfATimeThatHasNotComeIsToldAsSinceTheClockLeapt() {
    long year = Duration.ofDays(365).toMillis();
    AtomicLong now = new AtomicLong(TIME);
    reporter.close();
    reporter =
        new Reporter(
            key,
            spool,
            new ReportSettings(interval, sealInterval),
            () -> Instant.ofEpochMilli(now.get()),
            worker);
    reporter.start();
    assertThat(reporter.report(List.of(observation(1)))).isTrue();
    now.addAndGet(year);
    for (int n = 2; n <= 4; n++) {
      assertThat(reporter.report(List.of(ahead(n, year)))).isTrue();
    }
    spool.refuse(2, TIME + 2 * year, 0);
    now.set(TIME + 10_000);
    assertThat(reporter.report(List.of(observation(3)))).isTrue();
    spool.refuse(4, TIME + 2 * year, 0);
    now.set(TIME + 20_000);
    assertThat(reporter.report(List.of(observation(4)))).isTrue();

    List<Report> carrying = reports().stream().filter(r -> r.getGapsCount() > 0).toList();
    assertThat(carrying).hasSize(2);
    assertThat(carrying.get(0).getGaps(0).getFromMillis()).isEqualTo(TIME);
    assertThat(carrying.get(0).getGaps(0).getToMillis()).isEqualTo(TIME + 10_000);
    assertThat(carrying.get(1).getGaps(0).getFromMillis())
        .as("a collector keeps one gap for each beginning")
        .isEqualTo(TIME - 1);
    assertThat(carrying.get(1).getGaps(0).getToMillis()).isEqualTo(TIME + 20_000);
  }

  private static Observation ahead(int n, long millis) {
    Observation seen = observation(n);
    return seen.toBuilder().setTimeMillis(seen.getTimeMillis() + millis).build();
  }

  @Test
  void anObservationTooLargeForAnyReportIsCountedAndLeftOut() {
    reporter.observe(observation(1).toBuilder().setReason("x".repeat(10_000)).build());
    reporter.flush();

    assertThat(spool.figures().reports()).isZero();
    assertThat(reporter.dropped()).isEqualTo(1);
  }

  private void begin() {
    if (reporter != null) {
      reporter.close();
    }
    reporter =
        new Reporter(
            key, spool, new ReportSettings(interval, sealInterval), Clock.systemUTC(), worker);
    reporter.start();
  }

  private static Observation observation(int n) {
    return Observation.newBuilder()
        .setSubject("link:wan")
        .setTimeMillis(TIME + n * 1000L)
        .putMeasures("up", 1)
        .build();
  }

  private static Observation large(int n) {
    Observation.Builder observation = observation(n).toBuilder();
    for (int i = 0; i < 30; i++) {
      observation.putMeasures("aMeasureWithAVeryLongName" + i, i);
    }
    return observation.build();
  }

  private List<SpooledReport> spooled() {
    return spool.read(1, 10_000, Integer.MAX_VALUE);
  }

  private List<Report> reports() {
    return spooled().stream().map(ReporterTest::parse).toList();
  }

  private int observed() {
    List<Observation> all = new ArrayList<>();
    reports().forEach(report -> all.addAll(report.getObservationsList()));
    return all.size();
  }

  private static Report parse(SpooledReport report) {
    try {
      return Report.parseFrom(report.bytes());
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }
}
