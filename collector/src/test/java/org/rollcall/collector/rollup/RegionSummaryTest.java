package org.rollcall.collector.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rollcall.collector.judge.Reason;
import org.rollcall.collector.judge.Verdict;
import org.rollcall.collector.judge.Verdict.Evidence;
import org.rollcall.collector.judge.Verdict.Outcome;
import org.rollcall.collector.profile.Indicator;
import org.rollcall.collector.rollup.RegionSummary.Conclusion;

class RegionSummaryTest {
  private static final List<Outcome> OUTCOMES =
      List.of(Outcome.MET, Outcome.NOT_MET, Outcome.INSUFFICIENT_DATA, Outcome.NOT_APPLICABLE);

  private static Verdict verdict(
      String rule, Outcome outcome, @Nullable Double value, int samples) {
    return new Verdict(
        "S",
        "GD-2010-18",
        rule,
        outcome,
        Evidence.MEASURED,
        false,
        value,
        60.0,
        "%",
        District.DATE,
        District.DATE,
        samples,
        List.of(new Reason("x", Map.of())),
        "1",
        "c 1");
  }

  private static RegionSummary of(String rule, List<Verdict> verdicts) {
    return RegionSummary.of(District.PROFILE, verdicts).stream()
        .filter(s -> s.rule().equals(rule))
        .findFirst()
        .orElseThrow();
  }

  private static List<Verdict> verdicts(String rule, int met, int notMet, int insufficient) {
    List<Verdict> all = new ArrayList<>();
    for (int i = 0; i < met + notMet + insufficient; i++) {
      Outcome outcome =
          i < met ? Outcome.MET : i < met + notMet ? Outcome.NOT_MET : Outcome.INSUFFICIENT_DATA;
      all.add(verdict(rule, outcome, null, 0));
    }
    return all;
  }

  @ParameterizedTest(name = "{0} met, {1} not met, {2} insufficient: {3}")
  @CsvSource({
    "10, 0, 0, FULLY",
    "1, 0, 0, FULLY",
    "95, 5, 0, BASICALLY",
    "19, 1, 0, BASICALLY",
    "94, 6, 0, NOT_ACHIEVED",
    "94, 5, 1, UNDECIDED",
    "94, 6, 0, NOT_ACHIEVED",
    "99, 0, 1, BASICALLY",
    "0, 0, 7, UNDECIDED",
    "0, 1, 7, NOT_ACHIEVED",
    "0, 0, 0, NOT_APPLICABLE",
  })
  void theConclusionFollowsTheOfficialRate(
      int met, int notMet, int insufficient, Conclusion expected) {
    RegionSummary summary = of("XXT-A", verdicts("XXT-A", met, notMet, insufficient));
    assertThat(summary.conclusion()).isEqualTo(expected);
    assertThat(summary.inScope()).isEqualTo(met + notMet + insufficient);
  }

  @Test
  void withoutSchoolsThereIsNoRate() {
    RegionSummary summary = of("BBT-A", List.of(verdict("BBT-A", Outcome.NOT_APPLICABLE, null, 0)));
    assertThat(summary.rateLow()).isNull();
    assertThat(summary.rateHigh()).isNull();
    assertThat(summary.notApplicable()).isEqualTo(1);
  }

  @Test
  void everyTierMustReachItOnItsOwn() {
    List<Verdict> all = new ArrayList<>(verdicts("XXT-A", 100, 0, 0));
    all.addAll(verdicts("XXT-B", 1, 1, 0));
    assertThat(conclusion(all)).isEqualTo(Conclusion.NOT_ACHIEVED);
    assertThat(conclusion(verdicts("XXT-A", 19, 1, 0)))
        .as("a tier without schools does not count")
        .isEqualTo(Conclusion.BASICALLY);
    assertThat(conclusion(List.of())).isEqualTo(Conclusion.NOT_APPLICABLE);
  }

  private static Conclusion conclusion(List<Verdict> verdicts) {
    return RegionSummary.conclusion(
        District.PROFILE, Indicator.SCHOOL_LINK, RegionSummary.of(District.PROFILE, verdicts));
  }

  /** Counted anew from the formula N = met + not met + insufficient, p = met, u = insufficient. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void ratesAndClassesAddUp(long seed) {
    Random random = new Random(seed);
    List<Verdict> all = new ArrayList<>();
    int p = 0;
    int n = 0;
    int u = 0;
    long equipped = 0;
    long classes = 0;
    for (int i = 0; i < 200; i++) {
      Outcome outcome = OUTCOMES.get(random.nextInt(OUTCOMES.size()));
      int of = 1 + random.nextInt(97);
      int have = random.nextInt(of + 1);
      double percent = Double.parseDouble(floor(have, of));
      all.add(verdict("BBT-B", outcome, percent, of));
      if (outcome != Outcome.NOT_APPLICABLE) {
        n++;
        p += outcome == Outcome.MET ? 1 : 0;
        u += outcome == Outcome.INSUFFICIENT_DATA ? 1 : 0;
        equipped += have;
        classes += of;
      }
    }
    RegionSummary summary = of("BBT-B", all);
    assertThat(summary.rateLow()).isEqualTo((double) p / n);
    assertThat(summary.rateHigh()).isEqualTo((double) (p + u) / n);
    assertThat(summary.inScope() + summary.notApplicable()).isEqualTo(200);
    assertThat(summary.unitsMet()).isEqualTo(equipped);
    assertThat(summary.units()).isEqualTo(classes);
  }

  private static String floor(int n, int of) {
    long hundredths = 10_000L * n / of;
    return String.format(Locale.ROOT, "%d.%02d", hundredths / 100, hundredths % 100);
  }
}
