package org.rollcall.collector.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rollcall.collector.judge.Verdict;
import org.rollcall.collector.judge.Verdict.Outcome;
import org.rollcall.collector.profile.Rule;
import org.rollcall.collector.registry.School;
import org.rollcall.collector.registry.School.Ownership;
import org.rollcall.collector.registry.School.Setting;
import org.rollcall.collector.registry.School.Stage;
import org.rollcall.collector.registry.School.Tier;
import org.rollcall.collector.rollup.Gap.Difference;
import org.rollcall.collector.rollup.Gap.Divide;
import org.rollcall.collector.rollup.Gap.Side;

class GapTest {
  private final List<School> schools = new ArrayList<>();
  private final Map<String, List<Verdict>> verdicts = new LinkedHashMap<>();

  private static Rule rule(String id) {
    return District.PROFILE.rules().stream()
        .filter(rule -> rule.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private void add(Setting setting, Ownership ownership, Outcome outcome, int have, int of) {
    String code = "S" + schools.size();
    schools.add(District.school(code, "440307", Stage.PRIMARY, Tier.B, ownership, setting));
    verdicts.put(
        code,
        List.of(
            District.verdict(code, "BBT-B", outcome, District.percentDown(have, of), of),
            District.verdict(code, "XXT-B", Outcome.MET, null, 3)));
  }

  private Gap gap(Divide divide) {
    return Gap.of(
        District.PROFILE,
        rule("BBT-B"),
        divide,
        schools,
        code -> verdicts.getOrDefault(code, List.of()));
  }

  @Test
  void urbanAndRuralSchoolsAreSetAgainstEachOther() {
    add(Setting.URBAN, Ownership.PUBLIC, Outcome.MET, 30, 30);
    add(Setting.URBAN, Ownership.PUBLIC, Outcome.MET, 20, 30);
    add(Setting.URBAN, Ownership.PUBLIC, Outcome.INSUFFICIENT_DATA, 0, 20);
    add(Setting.RURAL, Ownership.PUBLIC, Outcome.MET, 4, 6);
    add(Setting.RURAL, Ownership.PUBLIC, Outcome.NOT_MET, 2, 6);
    add(Setting.RURAL, Ownership.PUBLIC, Outcome.INSUFFICIENT_DATA, 0, 6);
    Gap gap = gap(Divide.SETTING);
    assertThat(gap.sides())
        .containsExactly(
            new Side("URBAN", new Counts(2, 0, 1, 0), 50, 80),
            new Side("TOWN", new Counts(0, 0, 0, 0), 0, 0),
            new Side("RURAL", new Counts(1, 1, 1, 0), 6, 18));
    Difference urbanRural = gap.differences().get(0);
    assertThat(urbanRural.points()).as("2/3 - 1/3").isEqualTo("33.33");
    assertThat(urbanRural.least()).as("2/3 - 2/3").isEqualTo("0.00");
    assertThat(urbanRural.most()).as("3/3 - 1/3").isEqualTo("66.67");
    assertThat(urbanRural.ofClasses()).as("50/80 - 6/18").isEqualTo("29.17");
  }

  @Test
  void aSideWithoutSchoolsHasNoDifference() {
    add(Setting.URBAN, Ownership.PUBLIC, Outcome.MET, 30, 30);
    assertThat(gap(Divide.OWNERSHIP).differences())
        .containsExactly(new Difference("PUBLIC", "PRIVATE", null, null, null, null));
    assertThat(gap(Divide.SETTING).differences()).hasSize(3);
  }

  @Test
  void privateSchoolsThatAreAheadMakeItNegative() {
    add(Setting.URBAN, Ownership.PUBLIC, Outcome.NOT_MET, 1, 30);
    add(Setting.URBAN, Ownership.PRIVATE, Outcome.MET, 30, 30);
    assertThat(gap(Divide.OWNERSHIP).differences().get(0).points()).isEqualTo("-100.00");
  }

  @Test
  void stagesStandSideBySide() {
    add(Setting.URBAN, Ownership.PUBLIC, Outcome.MET, 30, 30);
    Gap gap = gap(Divide.STAGE);
    assertThat(gap.sides()).hasSize(Stage.values().length);
    assertThat(gap.sides().get(0).counts().met()).isEqualTo(1);
  }

  /** Counted anew, school by school, from rate = met / (met + not met + insufficient). */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void agreesWithACountTakenFromTheFormula(long seed) {
    District district = District.drawn(seed, 2, 400);
    for (Rule rule : District.PROFILE.rules()) {
      Gap gap = Gap.of(District.PROFILE, rule, Divide.SETTING, district.schools, district::of);
      BigDecimal urban = rate(district, rule.id(), Setting.URBAN);
      BigDecimal rural = rate(district, rule.id(), Setting.RURAL);
      assertThat(gap.differences().get(0).points())
          .isEqualTo(urban.subtract(rural).setScale(2, RoundingMode.HALF_UP));
    }
  }

  private static BigDecimal rate(District district, String rule, Setting setting) {
    int met = 0;
    int all = 0;
    for (School school : district.schools) {
      for (Verdict verdict : district.of(school.code())) {
        if (school.setting() == setting && verdict.rule().equals(rule)) {
          met += verdict.outcome() == Outcome.MET ? 1 : 0;
          boolean counts =
              verdict.outcome() == Outcome.MET
                  || verdict.outcome() == Outcome.NOT_MET
                  || verdict.outcome() == Outcome.INSUFFICIENT_DATA;
          all += counts ? 1 : 0;
        }
      }
    }
    return BigDecimal.valueOf(100L * met).divide(BigDecimal.valueOf(all), 30, RoundingMode.HALF_UP);
  }

  @Test
  void theOrderOfSchoolsDoesNotMatter() {
    District district = District.drawn(5, 2, 300);
    @Nullable Gap first = null;
    for (int i = 0; i < 4; i++) {
      Collections.shuffle(district.schools, new Random(i));
      Gap gap =
          Gap.of(District.PROFILE, rule("BBT-A"), Divide.SETTING, district.schools, district::of);
      assertThat(first == null ? gap : first).hasToString(gap.toString());
      first = gap;
    }
  }
}
