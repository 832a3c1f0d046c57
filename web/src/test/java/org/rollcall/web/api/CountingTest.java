package org.rollcall.web.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rollcall.collector.judge.Verdict.Outcome;
import org.rollcall.collector.profile.Profile;
import org.rollcall.collector.profile.Profiles;
import org.rollcall.collector.registry.Region;
import org.rollcall.collector.registry.Region.Level;
import org.rollcall.collector.registry.Register;
import org.rollcall.collector.registry.School;

class CountingTest {
  private static final Path TARGETS =
      Path.of(System.getProperty("rollcall.root", "..")).resolve("config/targets");

  private static School school(String code, String region, @Nullable Double lon) {
    return new School(
        code,
        "学校" + code,
        "School " + code,
        region,
        School.Stage.PRIMARY,
        School.Tier.A,
        School.Ownership.PUBLIC,
        School.Setting.URBAN,
        100,
        10,
        2,
        lon,
        lon == null ? null : 23.0,
        School.Medium.FIBRE,
        "ISP",
        100.0,
        true);
  }

  private static final Register REGISTER =
      new Register(
          1,
          List.of(
              new Region("44", "省", "Province", Level.PROVINCE, null),
              new Region("4401", "市", "City", Level.CITY, "44"),
              new Region("440101", "县", "County", Level.COUNTY, "4401"),
              new Region("440102", "另县", "Other county", Level.COUNTY, "4401")),
          List.of(
              school("1", "440101", 113.0),
              school("2", "440101", 113.1),
              school("3", "440102", null),
              school("4", "4401", 113.2)));

  @Test
  void everyRegionIsCountedWithAllThatLiesInIt() {
    Map<String, Outcome> outcomes =
        Map.of(
            "1", Outcome.MET,
            "2", Outcome.NOT_MET,
            "3", Outcome.INSUFFICIENT_DATA,
            "4", Outcome.NO_RULE);
    Coverage coverage =
        Coverage.of(REGISTER, school -> Objects.requireNonNull(outcomes.get(school.code())));
    assertThat(coverage.tally("440101")).isEqualTo(new Coverage.Tally(2, 2, 1, 1, 0, 0));
    assertThat(coverage.tally("440102")).isEqualTo(new Coverage.Tally(1, 0, 0, 0, 1, 0));
    assertThat(coverage.tally("44")).isEqualTo(new Coverage.Tally(4, 3, 1, 1, 1, 1));
    assertThat(coverage.tally("45")).isEqualTo(new Coverage.Tally(0, 0, 0, 0, 0, 0));
  }

  @Test
  void aRegionsOutlineIsTheHullOfAllItsSchools() {
    Outlines outlines = Outlines.of(REGISTER);
    assertThat(outlines.ring("440102")).isEmpty();
    List<double[]> all = List.of(at(113.0), at(113.1), at(113.2));
    List<double[]> expected = Hull.around(all);
    List<double[]> found = outlines.ring("44");
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < found.size(); i++) {
      assertThat(found.get(i)).containsExactly(expected.get(i));
    }
  }

  private static double[] at(double lon) {
    return new double[] {lon, 23.0};
  }

  @Test
  void aSchoolThatNobodyJudgedLacksDataAndOneThatNoRuleSpeaksOfIsNotApplicable() throws Exception {
    Profile profile = Objects.requireNonNull(Profiles.read(TARGETS).get("GD-2010-18"));
    School school = school("1", "440101", 113.0);
    assertThat(Chosen.of(profile, null).outcome(school, List.of()))
        .isEqualTo(Outcome.INSUFFICIENT_DATA);
    assertThat(Chosen.of(profile, "XXT").ids()).contains("XXT-A", "XXT-B");
    assertThat(Chosen.of(profile, "XXT").speakOf(school)).isEqualTo(1);
    assertThat(Chosen.of(profile, "XXT-B").outcome(school, List.of()))
        .isEqualTo(Outcome.NOT_APPLICABLE);
    assertThat(Chosen.of(profile, "NOBODYS").ids()).isEmpty();
  }

  @Test
  void theSameQuestionIsWorkedOnOnceHoweverManyAsk() throws Exception {
    Remembered<String, Integer> remembered = new Remembered<>(2);
    AtomicInteger worked = new AtomicInteger();
    CountDownLatch go = new CountDownLatch(1);
    ExecutorService pool = Executors.newFixedThreadPool(8);
    try {
      List<Future<Integer>> answers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        answers.add(
            pool.submit(
                () ->
                    remembered.of(
                        "one",
                        () -> {
                          assertThat(awaited(go)).isTrue();
                          return worked.incrementAndGet();
                        })));
      }
      assertThat(remembered.of("other", () -> 7)).as("nobody waits for another").isEqualTo(7);
      go.countDown();
      for (Future<Integer> answer : answers) {
        assertThat(answer.get(60, TimeUnit.SECONDS)).isEqualTo(1);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private static boolean awaited(CountDownLatch latch) {
    try {
      return latch.await(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Test
  void whatIsLongestUnaskedIsForgottenAndAFailureIsNotRemembered() {
    Remembered<String, Integer> remembered = new Remembered<>(2);
    remembered.of("a", () -> 1);
    remembered.of("b", () -> 1);
    assertThat(remembered.of("a", () -> 2)).isEqualTo(1);
    remembered.of("c", () -> 1);
    assertThat(remembered.of("b", () -> 2)).isEqualTo(2);
    assertThatThrownBy(
            () ->
                remembered.of(
                    "d",
                    () -> {
                      throw new IllegalStateException("broken");
                    }))
        .hasMessage("broken");
    assertThat(remembered.of("d", () -> 4)).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-01, 2026-12-31, 52, 52",
    "2026-01-01, 2026-01-01, 52, 1",
    "2026-01-01, 2026-01-09, 52, 9",
    "2026-01-01, 2026-12-31, 1, 1",
    "2026-01-01, 2026-12-31, 2, 2"
  })
  void stepsGoEvenlyThroughTheSpanAndEndWithItsLastDay(
      LocalDate from, LocalDate to, int most, int steps) {
    List<LocalDate> dates = TimelineCall.dates(from, to, most);
    assertThat(dates).hasSize(steps).isSorted().doesNotHaveDuplicates();
    assertThat(dates.get(steps - 1)).isEqualTo(to);
    if (steps > 1) {
      assertThat(dates.get(0)).isEqualTo(from);
    }
  }
}
