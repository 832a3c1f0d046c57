package org.rollcall.collector.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.database.OnBothDatabases;
import org.rollcall.collector.database.RegisterHome;
import org.rollcall.collector.declared.DeclaredIndicator;
import org.rollcall.collector.declared.DeclaredValue;
import org.rollcall.collector.declared.DeclaredValues;
import org.rollcall.collector.judge.Board;
import org.rollcall.collector.judge.Reason;
import org.rollcall.collector.judge.Verdict;
import org.rollcall.collector.judge.Verdict.Evidence;
import org.rollcall.collector.judge.Verdict.Outcome;
import org.rollcall.collector.judge.Verdicts;
import org.rollcall.collector.profile.Profile;
import org.rollcall.collector.profile.Rule;
import org.rollcall.collector.registry.Crs;
import org.rollcall.collector.registry.Region;
import org.rollcall.collector.registry.Registry;
import org.rollcall.collector.registry.School;
import org.rollcall.collector.registry.SetClock;

/** How counties and schools stand in the long run: plans, unevenness, targets lost again. */
@OnBothDatabases
class StandingSignalsTest {
  @Parameter RegisterHome home = RegisterHome.SQLITE;

  private static final LocalDate TODAY = LocalDate.of(2026, 4, 15);
  private static final String RULE = "L7-P";

  @TempDir Path folder;
  private final SetClock clock = new SetClock(TODAY, LocalTime.of(10, 0));
  private Database database;
  private Registry registry;
  private Profile profile;
  private final List<Verdict> verdicts = new ArrayList<>();

  @BeforeEach
  void open() throws Exception {
    database = home.open(folder);
    registry = new Registry(database, clock);
    profile = Profile.read(Path.of("../config/targets/MOE-2017-6-L7.yaml"));
    registry.change(
        change -> {
          change.putRegions(
              List.of(
                  new Region("440307", "龙岗区", "Longgang", Region.Level.COUNTY, null),
                  new Region("440307001", "平湖", "Pinghu", Region.Level.TOWNSHIP, "440307")));
          List<School> schools = new ArrayList<>();
          for (int n = 1; n <= 6; n++) {
            schools.add(school(n, n <= 3 ? School.Setting.URBAN : School.Setting.RURAL));
          }
          change.putSchools(schools, Crs.WGS84);
          return null;
        });
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static String code(int n) {
    return "214400000" + n;
  }

  private static School school(int n, School.Setting setting) {
    return new School(
        code(n),
        "第" + n + "小学",
        "School " + n,
        "440307001",
        School.Stage.PRIMARY,
        School.Tier.A,
        School.Ownership.PUBLIC,
        setting,
        100,
        10,
        2,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private void judged(int n, Outcome outcome) {
    judged(n, RULE, outcome);
  }

  private void judged(int n, String rule, Outcome outcome) {
    verdicts.add(
        new Verdict(
            code(n),
            profile.id(),
            rule,
            outcome,
            Evidence.MEASURED,
            false,
            1.0,
            2.3,
            "per100",
            TODAY.minusDays(30),
            TODAY.minusDays(1),
            10,
            List.of(new Reason("x", Map.of())),
            "1",
            "1"));
  }

  private void marked(int n, LocalDate day, Outcome outcome) {
    marked(n, RULE, day, outcome);
  }

  private void marked(int n, String rule, LocalDate day, Outcome outcome) {
    database
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "INSERT INTO verdict_day (school, profile, rule, date, outcome, evidence,"
                        + " disputed) VALUES (?, ?, ?, ?, ?, 'MEASURED', 0)",
                    code(n),
                    profile.id(),
                    rule,
                    day.toString(),
                    outcome.name()));
  }

  private void rooms(int n, int count) {
    DeclaredIndicator.Reading.Good read =
        (DeclaredIndicator.Reading.Good)
            DeclaredIndicator.MULTIMEDIA_ROOMS.read(String.valueOf(count));
    new DeclaredValues(database, clock)
        .put(
            List.of(
                new DeclaredValue(
                    code(n),
                    DeclaredIndicator.MULTIMEDIA_ROOMS,
                    read.amount(),
                    TODAY.minusDays(9),
                    "",
                    null)));
  }

  private List<Signal> signals() {
    return new StandingSignals(new DeclaredValues(database, clock), new Verdicts(database))
        .of(registry.snapshot(), profile, Board.of(verdicts), clock.instant());
  }

  private List<Signal> signals(SignalKind kind) {
    return signals().stream().filter(each -> each.kind() == kind).toList();
  }

  @Test
  void beforeAnythingIsJudgedNothingIsSaid() {
    assertThat(signals()).isEmpty();
  }

  @Test
  void aGapIsWhatSchoolsWithoutDataCannotTakeAway() {
    for (int n = 1; n <= 3; n++) {
      judged(n, Outcome.MET);
    }
    judged(4, Outcome.NOT_MET);
    judged(5, Outcome.NOT_MET);
    judged(6, Outcome.INSUFFICIENT_DATA);
    assertThat(signals(SignalKind.GAP_POINTS))
        .as("one by setting; there are no private schools to compare")
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.value()).isEqualTo(66.67);
              assertThat(each.region()).isEqualTo("440307");
              assertThat(each.schools()).isEmpty();
              assertThat(Said.reason(each, Locale.ENGLISH))
                  .isEqualTo(
                      "Networked multimedia classrooms per 100 pupils (primary): urban schools"
                          + " lead rural ones by at least 66.7 percentage points.");
              assertThat(Said.reason(each, Locale.CHINESE)).contains("城区学校领先乡村学校至少 66.7 个百分点");
            });
  }

  @Test
  void whoIsBehindIsNamedAlthoughItIsTheTown() {
    for (int n = 1; n <= 6; n++) {
      judged(n, n <= 3 ? Outcome.NOT_MET : Outcome.MET);
    }
    assertThat(signals(SignalKind.GAP_POINTS))
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.value()).isEqualTo(100.0);
              assertThat(each.params()).containsEntry("ahead", "RURAL");
            });
  }

  @Test
  void twoSchoolsAreNoSide() {
    for (int n = 2; n <= 6; n++) {
      judged(n, n <= 3 ? Outcome.MET : Outcome.NOT_MET);
    }
    assertThat(signals(SignalKind.GAP_POINTS)).isEmpty();
  }

  @Test
  void aCoefficientIsToldInPerCentOfItsLimitOnceEverySchoolIsKnown() {
    judged(1, Outcome.MET);
    for (int n = 1; n <= 5; n++) {
      rooms(n, 3);
    }
    assertThat(signals(SignalKind.COEFFICIENT_PERCENT)).as("one school is not known").isEmpty();
    rooms(6, 0);
    assertThat(signals(SignalKind.COEFFICIENT_PERCENT))
        .singleElement()
        .satisfies(
            each -> {
              // Five have 3 and one has 0 for 100 pupils: mean 2.5, deviation √1.25.
              assertThat(each.value()).isBetween(89.4, 89.5);
              assertThat(Said.reason(each, Locale.ENGLISH))
                  .isEqualTo(
                      "Multimedia classrooms per 100 pupils, primary: the coefficient of variation"
                          + " between schools is 0.447, 89.4 % of the limit 0.5.");
            });
  }

  @Test
  void aTargetIsLostWhereItWasMetWithinThreeYears() {
    judged(1, Outcome.NOT_MET);
    judged(2, Outcome.NOT_MET);
    judged(3, Outcome.NOT_MET);
    judged(4, Outcome.MET);
    marked(1, TODAY.minusDays(30), Outcome.MET);
    marked(1, TODAY.minusDays(9), Outcome.MET);
    marked(1, TODAY.minusDays(8), Outcome.NOT_MET);
    marked(2, TODAY.minusYears(3).minusDays(1), Outcome.MET);
    marked(4, TODAY.minusDays(2), Outcome.MET);
    assertThat(signals(SignalKind.TARGET_LOST_DAYS))
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.schools()).isEqualTo(List.of(code(1)));
              assertThat(each.value()).isEqualTo(8.0);
              assertThat(Said.reason(each, Locale.ENGLISH))
                  .isEqualTo(
                      "Networked multimedia classrooms per 100 pupils (primary): met until"
                          + " 2026-04-06, and for 8 days no more.");
            });
  }

  @Test
  void schoolsThatLostItTogetherAreOneSignal() {
    for (int n = 1; n <= 5; n++) {
      judged(n, Outcome.NOT_MET);
      marked(n, n == 5 ? TODAY.minusDays(20) : TODAY.minusDays(9), Outcome.MET);
    }
    assertThat(signals(SignalKind.TARGET_LOST_DAYS))
        .extracting(Signal::schools)
        .containsExactlyInAnyOrder(List.of(code(1), code(2), code(3), code(4)), List.of(code(5)));
  }

  /** On 1 November 2022: 70 per cent are to be there by the end of December. */
  private List<Signal> shortfall(int metNow, int metBefore) throws Exception {
    LocalDate day = LocalDate.of(2022, 11, 1);
    profile = Profile.read(Path.of("../config/targets/GD-2010-18.yaml"));
    verdicts.clear();
    for (int n = 1; n <= 6; n++) {
      for (Rule rule : profile.headline()) {
        if (rule.speaksOf(school(n, School.Setting.URBAN))) {
          judged(n, rule.id(), n <= metNow ? Outcome.MET : Outcome.NOT_MET);
          if (metBefore >= 0) {
            LocalDate before = day.minusWeeks(StandingSignals.WEEKS);
            marked(n, rule.id(), before, n <= metBefore ? Outcome.MET : Outcome.NOT_MET);
          }
        }
      }
    }
    return new StandingSignals(new DeclaredValues(database, clock), new Verdicts(database))
            .of(
                registry.snapshot(),
                profile,
                Board.of(verdicts),
                day.atTime(9, 0).atZone(Registry.ZONE).toInstant())
            .stream()
            .filter(each -> each.kind() == SignalKind.PLAN_SHORTFALL)
            .toList();
  }

  @Test
  void aPlanWithoutVerdictsOfEightWeeksAgoHasNoTrend() throws Exception {
    assertThat(shortfall(3, -1)).isEmpty();
  }

  @Test
  void whoStandsStillMissesTheNextStepByWhatIsLeft() throws Exception {
    assertThat(shortfall(3, 3))
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.value()).as("50 of 70 per cent").isEqualTo(20.0);
              assertThat(each.params())
                  .containsEntry("by", "2022-12-31")
                  .containsEntry("planned", "70")
                  .containsEntry("expected", "50.0");
            });
  }

  @Test
  void whoGoesOnFastEnoughMissesNothing() throws Exception {
    assertThat(shortfall(3, 1))
        .as("two in eight weeks, and two more until then")
        .singleElement()
        .extracting(Signal::value)
        .isEqualTo(0.0);
  }

  @Test
  void aDayIsLookedAtOnce() {
    judged(1, Outcome.NOT_MET);
    marked(1, TODAY.minusDays(9), Outcome.MET);
    StandingSignals standing =
        new StandingSignals(new DeclaredValues(database, clock), new Verdicts(database));
    Board board = Board.of(verdicts);
    List<Signal> first = standing.of(registry.snapshot(), profile, board, clock.instant());
    marked(1, TODAY.minusDays(3), Outcome.MET);
    assertThat(standing.of(registry.snapshot(), profile, board, clock.instant()))
        .isEqualTo(first)
        .isNotEmpty();
    assertThat(first).extracting(Signal::behind).containsOnly(Set.of());
  }
}
