package org.rollcall.collector.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rollcall.collector.store.ObservationStore.SchoolReport;
import org.rollcall.protocol.ReportCheck;
import org.rollcall.protocol.v1.Gap;
import org.rollcall.protocol.v1.Observation;
import org.rollcall.protocol.v1.Report;

/** What an {@link ObservationStore} is. Every implementation extends this. */
public abstract class ObservationStoreContract {
  protected static final Instant T = Instant.parse("2026-03-02T08:00:00Z");
  protected static final String SCHOOL = "0755001";
  private static final Instant EARLY = Instant.parse("2020-01-01T00:00:00Z");
  private static final Instant LATE = Instant.parse("2030-01-01T00:00:00Z");

  protected ObservationStore store;

  /** Opens the store over the same data each time it is called in one test; empty at first. */
  protected abstract ObservationStore open() throws Exception;

  @BeforeEach
  void openStore() throws Exception {
    store = open();
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  @Test
  void anEmptyStoreAnswersWithNothing() {
    store.settle();
    assertThat(all("link:wan")).isEmpty();
    assertThat(visited(SCHOOL)).isEmpty();
    assertThat(latest(EARLY)).isEmpty();
    store.check();
  }

  @Test
  void givesBackWhatWasWritten() {
    Observation seen = link(T, 12.5e6, "rebooted");
    write(SCHOOL, seen);
    assertThat(all("link:wan")).containsExactly(seen);
  }

  @Test
  void keepsNumbersAsTheyAre() {
    Observation seen =
        observation("link:wan", T)
            .putMeasures("zero", 0)
            .putMeasures("less", -1.5)
            .putMeasures("tiny", Double.MIN_VALUE)
            .putMeasures("huge", Double.MAX_VALUE)
            .putMeasures("exact", 9_007_199_254_740_991d)
            .build();
    write(SCHOOL, seen);
    assertThat(all("link:wan")).containsExactly(seen);
  }

  @Test
  void writingTwiceChangesNothing() {
    Observation seen = link(T, 1, "");
    write(SCHOOL, seen);
    write(SCHOOL, seen);
    write(SCHOOL, seen, seen);
    assertThat(all("link:wan")).containsExactly(seen);
  }

  @Test
  void theLastWritingWins() {
    write(SCHOOL, link(T, 1, "timeout"));
    write(SCHOOL, link(T, 2, "rebooted"));
    assertThat(all("link:wan")).containsExactly(link(T, 2, "rebooted"));
  }

  @Test
  void theLastWritingWinsWithinABatch() {
    write(SCHOOL, link(T, 1, ""), link(T, 2, ""), link(T, 3, ""));
    assertThat(all("link:wan")).containsExactly(link(T, 3, ""));
  }

  @Test
  void lateDataTakesItsPlace() {
    write(SCHOOL, link(T.plusSeconds(120), 3, ""));
    write(SCHOOL, link(T, 1, ""));
    write(SCHOOL, link(T.plusSeconds(60), 2, ""), link(T.minusSeconds(86_400 * 40), 0, ""));
    assertThat(all("link:wan"))
        .extracting(seen -> seen.getMeasuresOrThrow("inBitsPerSecond"))
        .containsExactly(0.0, 1.0, 2.0, 3.0);
  }

  @Test
  void takesThirtyDaysOfBackFillOutOfOrder() {
    int hours = 30 * 24;
    List<SchoolReport> batch = new ArrayList<>();
    for (int i = 0; i < hours; i++) {
      int hour = Math.floorMod(i * 463, hours); // 463 and 720 have no common factor
      for (int school = 0; school < 10; school++) {
        batch.add(report("s" + school, link(T.plus(Duration.ofHours(hour)), hour, "")));
      }
      if (batch.size() >= 1_000) {
        store.write(batch);
        batch.clear();
      }
    }
    store.write(batch);
    store.settle();
    List<Observation> range = store.range("s7", "link:wan", EARLY, LATE);
    assertThat(range).hasSize(hours);
    for (int hour = 0; hour < hours; hour++) {
      assertThat(range.get(hour)).isEqualTo(link(T.plus(Duration.ofHours(hour)), hour, ""));
    }
  }

  @Test
  void takesSubjectsAndSchoolsOfAnyScript() {
    String school = "广州市第一小学'; DROP TABLE o_pc; --";
    Observation one = up("pc:三(1)班-教师机", T);
    Observation two = up("pc:\uD840\uDC0B", T);
    write(school, one, two);
    assertThat(store.range(school, "pc:三(1)班-教师机", EARLY, LATE)).containsExactly(one);
    assertThat(visited(school)).containsExactlyInAnyOrder(one, two);
  }

  @Test
  void asksForHostileNamesFindNothing() {
    write(SCHOOL, up("pc:a", T));
    assertThat(store.range("' OR 1=1 --", "pc:a", EARLY, LATE)).isEmpty();
    assertThat(store.range(SCHOOL, "pc:a' OR '1'='1", EARLY, LATE)).isEmpty();
    assertThat(store.range(SCHOOL, "pc; DROP TABLE o_pc:a", EARLY, LATE)).isEmpty();
    assertThat(store.range(SCHOOL, "nothing", EARLY, LATE)).isEmpty();
    assertThat(all("pc:a")).hasSize(1);
  }

  @Test
  void anAbsentMeasureStaysAbsent() {
    Observation without =
        observation("link:wan", T).putMeasures("up", 1).setReason("first-sample").build();
    write(SCHOOL, link(T.plusSeconds(60), 5, ""), without);
    assertThat(all("link:wan")).containsExactly(without, link(T.plusSeconds(60), 5, ""));
    assertThat(all("link:wan").get(0).containsMeasures("inBitsPerSecond")).isFalse();
  }

  @Test
  void anObservationWithoutMeasuresKeepsItsReason() {
    Observation seen = observation("link:wan", T).setReason("no-such-interface").build();
    write(SCHOOL, seen);
    assertThat(all("link:wan")).containsExactly(seen);
  }

  @Test
  void keepsGapsAsObservations() {
    Gap gap =
        Gap.newBuilder()
            .setFromMillis(T.toEpochMilli())
            .setToMillis(T.plusSeconds(600).toEpochMilli())
            .setFromSeq(11)
            .setToSeq(30)
            .setReason("spool-full")
            .build();
    Report report = Report.newBuilder().setAgent("a-one").addGaps(gap).build();
    assertThat(store.refuses(report)).isNull();
    store.write(List.of(new SchoolReport(SCHOOL, report)));
    store.settle();
    Observation kept =
        observation("gap:a-one", T)
            .putMeasures("untilMillis", (double) T.plusSeconds(600).toEpochMilli())
            .putMeasures("reports", 20)
            .setReason("spool-full")
            .build();
    assertThat(visited(SCHOOL)).containsExactly(kept);
    assertThat(all("gap:a-one")).containsExactly(kept);
  }

  @Test
  void anExistingKindLearnsANewMeasure() {
    write(SCHOOL, up("pc:a", T));
    Observation more =
        observation("pc:a", T.plusSeconds(1)).putMeasures("uptimeSeconds", 9).build();
    write(SCHOOL, up("pc:b", T), more, up("pc:b", T.plusSeconds(1)));
    assertThat(all("pc:a")).containsExactly(up("pc:a", T), more);
    assertThat(all("pc:b")).hasSize(2);
  }

  @Test
  void measuresThatDifferOnlyInCaseOrUnderscoreStayApart() {
    Observation seen =
        observation("pc:a", T)
            .putMeasures("aB", 1)
            .putMeasures("ab", 2)
            .putMeasures("a_b", 3)
            .putMeasures("a_B", 4)
            .putMeasures("reason", 5)
            .putMeasures("t", 6)
            .putMeasures("school", 7)
            .build();
    write(SCHOOL, seen);
    assertThat(all("pc:a")).containsExactly(seen);
  }

  @Test
  void aNewKindNeedsNothingMade() {
    write(SCHOOL, up("pc:a", T));
    write(SCHOOL, up("airquality:hall", T), up("pc:a", T));
    assertThat(visited(SCHOOL)).containsExactly(up("airquality:hall", T), up("pc:a", T));
  }

  @Test
  void refusesAKindTooMany() {
    for (int i = 0; i < Vocabulary.MAX_KINDS; i++) {
      assertThat(store.refuses(report(SCHOOL, up("k" + i + ":a", T)).report())).isNull();
    }
    SchoolReport tooMany = report(SCHOOL, up("onemore:a", T));
    assertThat(store.refuses(tooMany.report())).isEqualTo("too-many-kinds");
    assertThat(store.refuses(report(SCHOOL, up("k0:a", T)).report())).isNull();
    assertThatThrownBy(() -> store.write(List.of(tooMany)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("too-many-kinds");
  }

  @Test
  void refusesAMeasureTooMany() {
    for (int i = 0; i < Vocabulary.MAX_MEASURES; i++) {
      Observation seen = observation("pc:a", T).putMeasures("m" + i, 1).build();
      assertThat(store.refuses(report(SCHOOL, seen).report())).isNull();
    }
    SchoolReport tooMany = report(SCHOOL, observation("pc:a", T).putMeasures("more", 1).build());
    assertThat(store.refuses(tooMany.report())).isEqualTo("too-many-measures");
    assertThatThrownBy(() -> store.write(List.of(report(SCHOOL, up("link:wan", T)), tooMany)))
        .isInstanceOf(IllegalArgumentException.class);
    store.settle();
    assertThat(visited(SCHOOL)).isEmpty();
    write(SCHOOL, up("link:wan", T));
    assertThat(visited(SCHOOL)).hasSize(1);
  }

  @Test
  void refusesObservationsThatPoseAsGaps() {
    assertThat(store.refuses(report(SCHOOL, up("gap:a-one", T)).report()))
        .isEqualTo("reserved-kind");
  }

  @Test
  void whatIsNoNumberIsRefusedBeforeItComesHere() {
    for (double no : new double[] {Double.NaN, Double.POSITIVE_INFINITY, -1.0 / 0.0}) {
      Observation seen = observation("pc:a", T).putMeasures("up", no).build();
      Report report = Report.newBuilder().setAgent("a-one").addObservations(seen).build();
      assertThat(ReportCheck.fault(report, T.toEpochMilli())).isEqualTo("bad-measure");
    }
  }

  @Test
  void latestIsTheNewestOfEverySubjectOfEverySchool() {
    write("s1", link(T, 1, ""), link(T.plusSeconds(60), 2, ""), up("pc:a", T));
    write("s2", link(T.plusSeconds(30), 3, ""));
    Map<String, Observation> latest = latest(T);
    assertThat(latest)
        .containsOnly(
            Map.entry("s1 link:wan", link(T.plusSeconds(60), 2, "")),
            Map.entry("s1 pc:a", up("pc:a", T)),
            Map.entry("s2 link:wan", link(T.plusSeconds(30), 3, "")));
    assertThat(latest(T.plusSeconds(31))).containsOnlyKeys("s1 link:wan");
    assertThat(latest(T.plusSeconds(61))).isEmpty();
  }

  @Test
  void aRangeHoldsItsBeginningAndNotItsEnd() {
    write(SCHOOL, up("pc:a", T), up("pc:a", T.plusMillis(1)), up("pc:a", T.plusMillis(2)));
    assertThat(store.range(SCHOOL, "pc:a", T, T.plusMillis(2)))
        .containsExactly(up("pc:a", T), up("pc:a", T.plusMillis(1)));
    assertThat(store.range(SCHOOL, "pc:a", T, T)).isEmpty();
    List<Observation> visited = new ArrayList<>();
    store.visit(SCHOOL, T.plusMillis(1), T.plusMillis(2), (at, seen) -> visited.add(seen));
    assertThat(visited).containsExactly(up("pc:a", T.plusMillis(1)));
  }

  @Test
  void aSeriesIsWhatItsObservationsMake() {
    write(SCHOOL, link(T, 1, ""), link(T.plusSeconds(59), 3, ""), link(T.plusSeconds(120), 7, ""));
    ObservationStore.Steps steps =
        new ObservationStore.Steps(T, T.plusSeconds(180), Duration.ofMinutes(1));
    assertThat(store.series(SCHOOL, "link:wan", "inBitsPerSecond", steps))
        .containsExactly(
            new Point(T, 1, 2, 3, 3, 2),
            Point.empty(T.plusSeconds(60)),
            new Point(T.plusSeconds(120), 7, 7, 7, 7, 1));
    assertThat(store.keptSince()).isBefore(T);
  }

  @Test
  void aVisitComesSubjectBySubjectOldestFirst() {
    write(
        SCHOOL,
        up("pc:b", T.plusSeconds(1)),
        up("pc:a", T.plusSeconds(2)),
        up("link:wan", T),
        up("pc:b", T),
        up("pc:a", T));
    write("other", up("pc:a", T));
    assertThat(visited(SCHOOL))
        .containsExactly(
            up("link:wan", T),
            up("pc:a", T),
            up("pc:a", T.plusSeconds(2)),
            up("pc:b", T),
            up("pc:b", T.plusSeconds(1)));
  }

  @Test
  void oneSubjectInTwoSchoolsIsTwo() {
    write("001", link(T, 1, ""));
    write("01", link(T, 2, ""));
    assertThat(store.range("001", "link:wan", EARLY, LATE)).containsExactly(link(T, 1, ""));
    assertThat(store.range("01", "link:wan", EARLY, LATE)).containsExactly(link(T, 2, ""));
  }

  @Test
  void aVisitorMayAskTheStore() {
    write(SCHOOL, up("pc:a", T), up("pc:b", T));
    List<Observation> found = new ArrayList<>();
    store.latest(
        EARLY, (school, seen) -> found.addAll(store.range(school, seen.getSubject(), EARLY, LATE)));
    assertThat(found).hasSize(2);
  }

  @Test
  void tellsTheDaysOfUtcThatHoldAnything() {
    LocalDate day = LocalDate.parse("2026-03-02");
    Instant midnight = Instant.parse("2026-03-02T00:00:00Z");
    assertThat(store.days()).isEmpty();
    write("s1", up("pc:a", midnight), up("pc:b", midnight.minusMillis(1)));
    write("s2", link(midnight.plus(Duration.ofDays(400)), 1, ""));
    assertThat(store.days()).containsExactly(day.minusDays(1), day, day.plusDays(400));
  }

  @Test
  void tellsTheSchoolsOfADay() {
    LocalDate day = LocalDate.parse("2026-03-02");
    Instant midnight = Instant.parse("2026-03-02T00:00:00Z");
    write("s2", up("pc:a", midnight), link(midnight, 1, ""));
    write("s1", link(midnight.plus(Duration.ofDays(1)).minusMillis(1), 1, ""));
    write(
        "s3", link(midnight.plus(Duration.ofDays(1)), 1, ""), up("pc:b", midnight.minusMillis(1)));
    assertThat(store.schools(day)).containsExactly("s1", "s2");
    assertThat(store.schools(day.plusDays(1))).containsExactly("s3");
    assertThat(store.schools(day.minusDays(1))).containsExactly("s3");
    assertThat(store.schools(day.plusDays(2))).isEmpty();
  }

  @Test
  void aGapReadAndWrittenAgainIsTheSameRow() {
    Gap gap =
        Gap.newBuilder()
            .setFromMillis(T.toEpochMilli())
            .setToMillis(T.plusSeconds(600).toEpochMilli())
            .setFromSeq(11)
            .setToSeq(30)
            .setReason("spool-full")
            .build();
    Gap unnumbered = gap.toBuilder().clearFromSeq().clearToSeq().build();
    for (Gap each : List.of(gap, unnumbered)) {
      Observation row = GapObservation.of("a-one", each);
      assertThat(GapObservation.isGap(row)).isTrue();
      assertThat(GapObservation.of(GapObservation.agent(row), GapObservation.gap(row)))
          .isEqualTo(row);
    }
  }

  @Test
  void takesTenThousandObservationsAtOnce() {
    List<SchoolReport> batch = new ArrayList<>();
    for (int school = 0; school < 100; school++) {
      Observation[] seen = new Observation[100];
      for (int i = 0; i < seen.length; i++) {
        seen[i] = link(T.plusSeconds(i), i, "");
      }
      batch.add(report("s" + school, seen));
    }
    store.write(batch);
    store.settle();
    for (int school = 0; school < 100; school++) {
      assertThat(store.range("s" + school, "link:wan", EARLY, LATE)).hasSize(100);
    }
  }

  @Test
  void everythingIsThereAfterReopening() throws Exception {
    write(SCHOOL, link(T, 1, "rebooted"));
    store.write(List.of(report(SCHOOL, link(T.plusSeconds(1), 2, ""), up("pc:a", T))));
    store.close();
    store = open();
    store.settle();
    assertThat(visited(SCHOOL))
        .containsExactly(link(T, 1, "rebooted"), link(T.plusSeconds(1), 2, ""), up("pc:a", T));
    write(SCHOOL, link(T.plusSeconds(2), 3, ""));
    assertThat(all("link:wan")).hasSize(3);
  }

  @Test
  void limitsHoldAfterReopening() throws Exception {
    Observation[] seen = new Observation[Vocabulary.MAX_MEASURES];
    for (int i = 0; i < seen.length; i++) {
      seen[i] = observation("pc:a", T.plusSeconds(i)).putMeasures("m" + i, 1).build();
    }
    store.write(List.of(report(SCHOOL, seen)));
    store.close();
    store = open();
    SchoolReport tooMany = report(SCHOOL, observation("pc:a", T).putMeasures("more", 1).build());
    assertThat(store.refuses(tooMany.report())).isEqualTo("too-many-measures");
  }

  @Test
  void closingTwiceIsNoFault() {
    store.close();
    store.close();
    assertThatThrownBy(store::check).isInstanceOf(StoreUnavailableException.class);
    assertThatThrownBy(() -> store.write(List.of(report(SCHOOL, up("pc:a", T)))))
        .isInstanceOf(StoreUnavailableException.class);
  }

  protected static SchoolReport report(String school, Observation... seen) {
    Report report = Report.newBuilder().setAgent("a-one").addAllObservations(List.of(seen)).build();
    return new SchoolReport(school, report);
  }

  protected static Observation.Builder observation(String subject, Instant t) {
    return Observation.newBuilder().setSubject(subject).setTimeMillis(t.toEpochMilli());
  }

  protected static Observation up(String subject, Instant t) {
    return observation(subject, t).putMeasures("up", 1).build();
  }

  protected static Observation link(Instant t, double inBitsPerSecond, String reason) {
    return observation("link:wan", t)
        .putMeasures("up", 1)
        .putMeasures("inBitsPerSecond", inBitsPerSecond)
        .setReason(reason)
        .build();
  }

  protected void write(String school, Observation... seen) {
    SchoolReport report = report(school, seen);
    assertThat(store.refuses(report.report())).isNull();
    store.write(List.of(report));
    store.settle();
  }

  protected List<Observation> all(String subject) {
    return store.range(SCHOOL, subject, EARLY, LATE);
  }

  protected List<Observation> visited(String school) {
    List<Observation> visited = new ArrayList<>();
    store.visit(
        school,
        EARLY,
        LATE,
        (at, seen) -> {
          assertThat(at).isEqualTo(school);
          visited.add(seen);
        });
    return visited;
  }

  private Map<String, Observation> latest(Instant since) {
    Map<String, Observation> latest = new TreeMap<>();
    store.latest(
        since,
        (school, seen) -> assertThat(latest.put(school + ' ' + seen.getSubject(), seen)).isNull());
    return latest;
  }
}
