package org.rollcall.collector.store.influx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.collector.store.ObservationStore.SchoolReport;
import org.rollcall.collector.store.ObservationStore.Steps;
import org.rollcall.collector.store.Point;
import org.rollcall.collector.store.TooOld;
import org.rollcall.parts.influx.InfluxServer;
import org.rollcall.protocol.v1.Gap;
import org.rollcall.protocol.v1.Observation;
import org.rollcall.protocol.v1.Report;

/**
 * Days rolled up and dropped: raw 7 days, five minutes 10, hours 30. The raw data are not waited
 * for to go; the store's clock is set on, and what it then answers comes from the roll-ups.
 */
class RollUpIT {
  private static final InfluxStore.Keep KEEP =
      new InfluxStore.Keep(Duration.ofDays(7), Duration.ofDays(10), Duration.ofDays(30));
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

  @TempDir static Path folder;
  private static InfluxServer server;

  /** Five to six days ago: closed, and with two days to go. */
  private final Instant day = Instant.now().truncatedTo(ChronoUnit.DAYS).minus(DAY.multipliedBy(5));

  private final String database = InfluxFixture.database();

  @BeforeAll
  static void startInflux() throws Exception {
    server = InfluxServer.start(folder, InfluxServer.Options.USUAL);
  }

  @AfterAll
  static void endInflux() {
    server.close();
  }

  private InfluxStore store(Duration later) {
    Clock clock = Clock.fixed(Instant.now().plus(later), ZoneOffset.UTC);
    InfluxStore store =
        new InfluxStore(
            InfluxFixture.settings(server, database, KEEP), clock, said -> said.plus(later));
    store.start();
    return store;
  }

  private static SchoolReport report(Observation... seen) {
    return new SchoolReport(
        "s", Report.newBuilder().setAgent("a").addAllObservations(List.of(seen)).build());
  }

  private Observation seen(int minute, double value) {
    return Observation.newBuilder()
        .setSubject("link:wan")
        .setTimeMillis(day.plus(Duration.ofMinutes(minute)).toEpochMilli())
        .putMeasures("inBitsPerSecond", value)
        .putMeasures("reason", 7)
        .build();
  }

  private int rollUp(Duration later) throws IOException {
    InfluxStore.Settings settings = InfluxFixture.settings(server, database, KEEP);
    try (Connection connection = new Connection(settings, said -> {})) {
      connection.open();
      Fields fields = new Fields(connection, database);
      fields.look();
      RollUp rollUp = new RollUp(connection, new Statements(database), fields, KEEP);
      return rollUp.run(Instant.now().plus(later), () -> false);
    }
  }

  private List<Point> series(Duration later, Duration step) {
    try (InfluxStore store = store(later)) {
      return store.series(
          "s", "link:wan", "inBitsPerSecond", new Steps(day, day.plusSeconds(7_200), step));
    }
  }

  @Test
  void aDayThatIsGoneIsAnsweredFromItsRollUpsLateDataIncluded() throws Exception {
    List<Observation> inTime = new ArrayList<>();
    for (int minute = 0; minute < 60; minute++) {
      inTime.add(seen(minute, minute));
    }
    try (InfluxStore store = store(Duration.ZERO)) {
      store.write(List.of(report(inTime.toArray(new Observation[0]))));
      assertThat(rollUp(Duration.ZERO)).isPositive();
      assertThat(rollUp(Duration.ZERO)).as("nothing is rolled up twice").isZero();
      store.write(List.of(report(seen(90, 1_000)))); // back-fill, after the first time
      assertThat(rollUp(DAY)).as("when little time is left").isPositive();
      store.write(List.of(report(seen(91, 2_000)))); // and after the second
    }
    List<Point> raw = series(Duration.ZERO, FIVE_MINUTES);
    assertThat(rollUp(DAY.multipliedBy(2))).as("the last time before it goes").isPositive();
    assertThat(rollUp(DAY.multipliedBy(2))).isZero();
    List<Point> fives = series(Duration.ofDays(4), FIVE_MINUTES);
    assertThat(fives).isEqualTo(raw);
    assertThat(fives.get(0)).isEqualTo(new Point(day, 0, 2, 4, 4, 5));
    assertThat(fives.get(18).max()).isEqualTo(2_000);
    List<Point> hours = series(Duration.ofDays(6), Duration.ofHours(1));
    assertThat(hours.get(0)).isEqualTo(new Point(day, 0, 29.5, 59, 56, 60));
    assertThat(hours.get(1))
        .isEqualTo(new Point(day.plusSeconds(3_600), 1_000, 1_500, 2_000, 2_000, 2));
  }

  @Test
  void fiveMinutesMergeIntoLongerStepsExactlyButForThePercentile() throws Exception {
    try (InfluxStore store = store(Duration.ZERO)) {
      store.write(List.of(report(seen(0, 1), seen(1, 2), seen(7, 9))));
    }
    int unused = rollUp(Duration.ZERO);
    List<Point> points = series(Duration.ofDays(4), Duration.ofHours(1));
    assertThat(points.get(0)).isEqualTo(new Point(day, 1, 4, 9, 9, 3));
    assertThat(points.get(1).count()).isZero();
  }

  @Test
  void whatIsAboutToBeDroppedIsRefusedWithAReason() {
    try (InfluxStore store = store(Duration.ZERO)) {
      assertThat(store.refuses(report(seen(0, 1)).report())).isNull();
    }
    try (InfluxStore later = store(DAY.multipliedBy(2))) {
      assertThat(later.refuses(report(seen(0, 1)).report())).isEqualTo(TooOld.REASON);
      assertThat(later.keptSince()).isAfter(day.minus(DAY));
    }
  }

  @Test
  void aLossThatBeganBeforeWhatIsKeptIsToldAsFarAsItIsKept() {
    Instant now = Instant.now();
    Instant longAgo = now.minus(Duration.ofDays(20));
    Report report =
        Report.newBuilder()
            .setAgent("a")
            .addGaps(gap(longAgo, now))
            .addGaps(gap(longAgo.plusMillis(1), longAgo.plusMillis(2)))
            .build();
    try (InfluxStore store = store(Duration.ZERO)) {
      assertThat(store.refuses(report)).as("its agent would tell it for ever").isNull();
      store.write(List.of(new SchoolReport("s", report)));
      List<Observation> gaps = store.range("s", "gap:a", Instant.EPOCH, now);
      assertThat(gaps).hasSize(1);
      assertThat(Instant.ofEpochMilli(gaps.get(0).getTimeMillis()))
          .isBetween(store.keptSince(), store.keptSince().plus(DAY));
      assertThat(gaps.get(0).getMeasuresOrThrow("untilMillis"))
          .isEqualTo((double) now.toEpochMilli());
    }
  }

  private static Gap gap(Instant from, Instant to) {
    return Gap.newBuilder()
        .setFromMillis(from.toEpochMilli())
        .setToMillis(to.toEpochMilli())
        .setReason("spool-full")
        .build();
  }

  @Test
  void aServerWhoseClockIsAheadRefusesNothingThatInfluxDbKeeps() {
    Clock ahead = Clock.offset(Clock.systemUTC(), Duration.ofDays(365));
    InfluxStore.Settings settings = InfluxFixture.settings(server, database, KEEP);
    try (InfluxStore store = new InfluxStore(settings, ahead)) {
      store.start();
      assertThat(store.refuses(report(seen(0, 1)).report())).isNull();
      assertThat(store.keptSince()).isBefore(day);
    }
  }

  @Test
  void policiesAreMadeAndAltered() throws Exception {
    store(Duration.ZERO).close();
    String ask = "SHOW RETENTION POLICIES ON \"" + database + "\"";
    assertThat(server.query(ask))
        .contains("[\"raw\",\"168h0m0s\",\"24h0m0s\",1,true]")
        .contains("[\"five_minutes\",\"240h0m0s\",\"168h0m0s\",1,false]")
        .contains("[\"hourly\",\"720h0m0s\",\"720h0m0s\",1,false]");
    InfluxStore.Keep longer =
        new InfluxStore.Keep(Duration.ofDays(9), Duration.ofDays(10), Duration.ofDays(60));
    try (InfluxStore altered =
        new InfluxStore(InfluxFixture.settings(server, database, longer), Clock.systemUTC())) {
      altered.start();
    }
    assertThat(server.query(ask))
        .contains("[\"raw\",\"216h0m0s\",\"24h0m0s\",1,true]")
        .contains("[\"hourly\",\"1440h0m0s\",\"720h0m0s\",1,false]");
  }
}
