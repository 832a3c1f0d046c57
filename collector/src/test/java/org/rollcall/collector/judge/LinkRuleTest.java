package org.rollcall.collector.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rollcall.collector.day.Days;
import org.rollcall.collector.judge.Verdict.Evidence;
import org.rollcall.collector.judge.Verdict.Outcome;
import org.rollcall.collector.registry.School.Medium;
import org.rollcall.collector.registry.School.Stage;
import org.rollcall.collector.registry.School.Tier;

class LinkRuleTest {
  private static Case onTheNetwork() {
    return new Case().reach("reach:edu", 6, 30, 1);
  }

  private static List<String> codes(Verdict verdict) {
    return verdict.because().stream().map(Reason::code).toList();
  }

  @ParameterizedTest(name = "median {0} bit/s, contract {1} Mbps: {2}")
  @CsvSource({
    "10000000, , MET",
    "9000000, , MET",
    "8999999, , NOT_MET",
    "9000000, 10, MET",
    "9999999, 9.99, NOT_MET",
    "10000000, 9.99, MET",
    "8999999, 10, NOT_MET",
  })
  void theMedianIsComparedExactly(double bits, Double contract, Outcome expected) {
    Case school = onTheNetwork().tests(5, 4, bits);
    if (contract != null) {
      school.contract(contract);
    }
    Verdict verdict = school.verdict("XXT-A");
    assertThat(verdict.outcome()).isEqualTo(expected);
    assertThat(verdict.evidence()).isEqualTo(Evidence.MEASURED);
    assertThat(verdict.samples()).isEqualTo(20);
  }

  @Test
  void aContractThatPromisesMoreThanIsMeasuredIsDisputed() {
    Verdict verdict = onTheNetwork().contract(100).tests(5, 4, 6e6).verdict("XXT-A");
    assertThat(verdict.outcome()).isEqualTo(Outcome.NOT_MET);
    assertThat(verdict.disputed()).isTrue();
    assertThat(verdict.value()).isEqualTo(6.0);
    assertThat(codes(verdict)).startsWith("bandwidth-fails-by-tests", "contract-met-measured-not");
  }

  @Test
  void nineteenTestsOrFourSchoolDaysAreTooFew() {
    Case nineteen = onTheNetwork().tests(4, 4, 2e7);
    for (int i = 0; i < 3; i++) {
      nineteen.test(Days.millis(LocalDate.of(2026, 11, 5), "19:0" + i), 2e7, 10);
    }
    Verdict few = nineteen.verdict("XXT-A");
    assertThat(few.outcome()).isEqualTo(Outcome.INSUFFICIENT_DATA);
    assertThat(few.because().get(0).params())
        .containsEntry("tests", "19")
        .containsEntry("testDays", "5")
        .containsEntry("needed", "20");
    assertThat(onTheNetwork().tests(4, 5, 2e7).verdict("XXT-A").outcome())
        .isEqualTo(Outcome.INSUFFICIENT_DATA);
  }

  @Test
  void aShortOrDisturbedTestIsLeftOutAndSaidSo() {
    Case school = onTheNetwork().tests(5, 4, 2e7);
    school.test(Days.millis(Case.DATE, "06:00"), 1e5, 4.99);
    school.days.see(
        "throughput:wan",
        Case.DATE,
        "06:30",
        "downloadBitsPerSecond",
        1e5,
        "transferSeconds",
        10,
        "utilisation",
        0.5);
    Verdict verdict = school.verdict("XXT-A");
    assertThat(verdict.outcome()).isEqualTo(Outcome.MET);
    assertThat(verdict.samples()).isEqualTo(20);
    assertThat(codes(verdict)).contains("tests-too-short", "tests-on-busy-line");
  }

  @Test
  void aPortBelowTheTargetDecidesAtOnce() {
    Case school = onTheNetwork();
    school.days.see("link:wan", Case.DATE, "09:00", "up", 1, "speedBitsPerSecond", 8e6);
    Verdict verdict = school.verdict("XXT-A");
    assertThat(verdict.outcome()).isEqualTo(Outcome.NOT_MET);
    assertThat(verdict.value()).isEqualTo(8.0);
    assertThat(codes(verdict)).startsWith("bandwidth-fails-by-port");
  }

  @Test
  void aPortOfExactlyTheTargetDecidesNothing() {
    Case school = onTheNetwork();
    school.days.see("link:wan", Case.DATE, "09:00", "up", 1, "speedBitsPerSecond", 1e7);
    assertThat(school.verdict("XXT-A").outcome()).isEqualTo(Outcome.INSUFFICIENT_DATA);
  }

  @Test
  void trafficThatReachesTheTargetProvesItAsALowerBound() {
    Verdict verdict = onTheNetwork().traffic(5, 4, 1e7).verdict("XXT-A");
    assertThat(verdict.outcome()).isEqualTo(Outcome.MET);
    assertThat(verdict.value()).isEqualTo(10.0);
    assertThat(codes(verdict)).contains("bandwidth-holds-by-traffic");
  }

  @Test
  void trafficBelowTheTargetProvesNothing() {
    assertThat(onTheNetwork().traffic(10, 60, 9_999_999).verdict("XXT-A").outcome())
        .isEqualTo(Outcome.INSUFFICIENT_DATA);
    assertThat(onTheNetwork().traffic(4, 60, 5e7).verdict("XXT-A").outcome())
        .as("on four days only")
        .isEqualTo(Outcome.INSUFFICIENT_DATA);
  }

  /** From the definition: the greatest T that 20 rates on 5 school days reach. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void theLowerBoundIsTheGreatestRateThatIsProven(long seed) {
    Random random = new Random(seed);
    Case school = onTheNetwork();
    List<List<Long>> rates = new ArrayList<>();
    for (LocalDate day : school.schoolDays(8)) {
      List<Long> ofDay = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        long bits = 10_000_000L + random.nextInt(90_000_000);
        ofDay.add(bits);
        school.days.see(
            "link:wan",
            Days.millis(day, "09:00") + i * 60_000L,
            "inBitsPerSecond",
            bits,
            "intervalSeconds",
            60);
      }
      rates.add(ofDay);
    }
    long greatest = 0;
    for (long t : rates.stream().flatMap(List::stream).toList()) {
      long samples = rates.stream().flatMap(List::stream).filter(r -> r >= t).count();
      long days = rates.stream().filter(d -> d.stream().anyMatch(r -> r >= t)).count();
      if (samples >= 20 && days >= 5) {
        greatest = Math.max(greatest, t);
      }
    }
    assertThat(school.verdict("XXT-A").value()).isEqualTo(Math.floor(greatest / 1e4) / 100);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void theMedianIsTheMiddleOrTheMeanOfTheTwoMiddleOnes(long seed) {
    Random random = new Random(seed);
    List<Long> values = new ArrayList<>();
    int n = 20 + random.nextInt(2);
    for (int i = 0; i < n; i++) {
      values.add((long) random.nextInt(1_000_000));
    }
    Collections.sort(values);
    double expected =
        n % 2 == 1 ? values.get(n / 2) : (values.get(n / 2 - 1) + values.get(n / 2)) / 2.0;
    assertThat(LineRecord.median(values)).isEqualByComparingTo(BigDecimal.valueOf(expected));
  }

  @Test
  void withoutAnAnchorTheEducationNetworkIsNeverMet() {
    Verdict verdict = new Case().eduNetwork(true).tests(5, 4, 1e9).verdict("XXT-A");
    assertThat(verdict.outcome()).isEqualTo(Outcome.INSUFFICIENT_DATA);
    assertThat(codes(verdict)).startsWith("network-unknown-no-anchor");
  }

  @Test
  void nineteenOfTwentyProbesAreEnoughAndFewerAreNot() {
    Case holds = new Case().reach("reach:edu", 5, 19, 1).tests(5, 4, 2e7);
    assertThat(holds.verdict("XXT-A").outcome()).isEqualTo(Outcome.MET);
    Case fails = new Case().eduNetwork(true).reach("reach:edu", 5, 18, 1).tests(5, 4, 2e7);
    Verdict verdict = fails.verdict("XXT-A");
    assertThat(verdict.outcome()).isEqualTo(Outcome.NOT_MET);
    assertThat(verdict.disputed()).as("the school declares it").isTrue();
    assertThat(codes(verdict)).startsWith("network-fails", "network-declared-otherwise");
  }

  @Test
  void probesOutsideLessonsAreNotCounted() {
    Case school = new Case().tests(5, 4, 2e7);
    for (LocalDate day : school.schoolDays(10)) {
      school.days.every(1, 30, "reach:edu", day, "20:00", "up", 1);
    }
    Verdict verdict = school.verdict("XXT-A");
    assertThat(verdict.outcome()).isEqualTo(Outcome.INSUFFICIENT_DATA);
    assertThat(codes(verdict)).startsWith("network-unknown");
  }

  @Test
  void aLineThatIsNoFibreFailsByDeclarationAlone() {
    Verdict verdict = new Case().medium(Medium.WIRELESS).verdict("XXT-A");
    assertThat(verdict.outcome()).isEqualTo(Outcome.NOT_MET);
    assertThat(verdict.evidence()).isEqualTo(Evidence.DECLARED);
    assertThat(codes(verdict)).startsWith("medium-fails", "no-data");
  }

  @Test
  void anUnknownMediumIsInsufficientHoweverFastTheLineIs() {
    Verdict verdict = onTheNetwork().medium(null).tests(5, 4, 1e9).verdict("XXT-A");
    assertThat(verdict.outcome()).isEqualTo(Outcome.INSUFFICIENT_DATA);
    assertThat(codes(verdict)).startsWith("medium-unknown", "bandwidth-holds-by-tests");
  }

  @Test
  void withoutAnyDataTheVerdictSaysSo() {
    Verdict verdict = new Case().verdict("XXT-A");
    assertThat(verdict.outcome()).isEqualTo(Outcome.INSUFFICIENT_DATA);
    assertThat(verdict.value()).isNull();
    assertThat(codes(verdict)).contains("no-data", "basis");
  }

  @Test
  void dataFromBeforeTheWindowIsNoData() {
    Case school = new Case();
    LocalDate before = school.input().windowBegins().minusDays(1);
    school.days.see("reach:edu", before, "09:00", "up", 1);
    assertThat(codes(school.verdict("XXT-A"))).contains("no-data");
  }

  @Test
  void tierBNeedsFourMbpsToTheInternetByAnyMedium() {
    Case school =
        new Case()
            .tier(Tier.B)
            .medium(Medium.WIRELESS)
            .reach("reach:internet", 5, 20, 0)
            .tests(5, 4, 4e6);
    assertThat(school.verdict("XXT-B").outcome()).isEqualTo(Outcome.MET);
    assertThat(school.verdict("XXT-A").outcome()).isEqualTo(Outcome.NOT_APPLICABLE);
    assertThat(codes(new Case().tier(Tier.B).tests(5, 4, 1e8).verdict("XXT-B")))
        .startsWith("network-unknown-no-probe");
  }

  @Test
  void anInterruptedLineIsToldAndDoesNotFail() {
    Case school = onTheNetwork().tests(5, 4, 2e7);
    school.days.every(1, 20, "link:wan", Case.DATE, "10:00", "up", 0);
    Verdict verdict = school.verdict("XXT-A");
    assertThat(verdict.outcome()).isEqualTo(Outcome.MET);
    assertThat(codes(verdict)).contains("line-was-down");
  }

  @Test
  void teachingPointsAndSeniorSchoolsAreNotJudged() {
    for (Verdict verdict : Judge.judge(new Case().tier(Tier.C).input())) {
      assertThat(verdict.outcome()).isEqualTo(Outcome.NOT_APPLICABLE);
      assertThat(codes(verdict)).startsWith("teaching-point");
    }
    assertThat(codes(new Case().stage(Stage.SENIOR).verdict("XXT-A"))).startsWith("stage-excluded");
  }

  @Test
  void aDateTheCalendarDoesNotKnowIsSaid() {
    Verdict verdict = new Case().on(LocalDate.of(2030, 1, 10)).verdict("XXT-A");
    assertThat(codes(verdict)).contains("calendar-silent", "few-school-days");
  }
}
