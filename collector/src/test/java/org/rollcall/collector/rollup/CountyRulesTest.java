package org.rollcall.collector.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rollcall.collector.declared.Amount;
import org.rollcall.collector.declared.DeclaredIndicator;
import org.rollcall.collector.declared.DeclaredValue;
import org.rollcall.collector.judge.Reason;
import org.rollcall.collector.judge.Verdict;
import org.rollcall.collector.judge.Verdict.Evidence;
import org.rollcall.collector.judge.Verdict.Outcome;
import org.rollcall.collector.profile.Profile;
import org.rollcall.collector.profile.Profiles;
import org.rollcall.collector.registry.School;
import org.rollcall.collector.registry.School.Ownership;
import org.rollcall.collector.registry.School.Setting;
import org.rollcall.collector.registry.School.Stage;
import org.rollcall.collector.registry.School.Tier;
import org.rollcall.config.SettingsException;

class CountyRulesTest {
  private static final String COUNTY = "440307";
  private static final Profile LONGGANG = shipped("GD-LONGGANG-2011");

  private final List<School> schools = new ArrayList<>();
  private final Map<String, Map<DeclaredIndicator, DeclaredValue>> declared = new HashMap<>();
  private final Map<String, List<Verdict>> verdicts = new HashMap<>();

  private static Profile shipped(String id) {
    try {
      Path folder = Path.of(System.getProperty("rollcall.root"), "config", "targets");
      return Objects.requireNonNull(Profiles.read(folder).get(id));
    } catch (SettingsException e) {
      throw new IllegalStateException(e);
    }
  }

  private String school() {
    String code = "S" + schools.size();
    schools.add(
        District.school(code, COUNTY, Stage.PRIMARY, Tier.A, Ownership.PUBLIC, Setting.URBAN));
    return code;
  }

  private void declare(String unit, DeclaredIndicator indicator, Amount amount) {
    DeclaredValue value = new DeclaredValue(unit, indicator, amount, District.DATE, "", null);
    declared.computeIfAbsent(unit, u -> new HashMap<>()).put(indicator, value);
  }

  private void counts(String school, String rule, Outcome outcome) {
    verdicts
        .computeIfAbsent(school, s -> new ArrayList<>())
        .add(
            new Verdict(
                school,
                LONGGANG.id(),
                rule,
                outcome,
                Evidence.DECLARED,
                false,
                null,
                null,
                "",
                District.DATE,
                District.DATE,
                1,
                List.of(new Reason("x", Map.of())),
                "1",
                "c 1"));
  }

  private CountyFinding finding(Profile profile, String rule) {
    return new CountyRules(
            profile,
            schools,
            unit -> declared.getOrDefault(unit, Map.of()),
            school -> verdicts.getOrDefault(school, List.of()))
        .of(COUNTY).stream().filter(f -> f.rule().equals(rule)).findFirst().orElseThrow();
  }

  @ParameterizedTest(name = "{0} yes, {1} no, {2} unknown: {3}")
  @CsvSource({
    "3, 17, 0, MET",
    "2, 18, 0, NOT_MET",
    "2, 17, 1, INSUFFICIENT_DATA",
    "3, 0, 17, MET",
    "0, 1, 0, NOT_MET",
    "0, 0, 1, INSUFFICIENT_DATA",
    "0, 0, 0, NOT_APPLICABLE",
  })
  void fifteenPercentOfTheSchoolsAreExperimental(int yes, int no, int unknown, Outcome outcome) {
    for (int i = 0; i < yes + no + unknown; i++) {
      String school = school();
      if (i < yes + no) {
        counts(school, "SYXX", i < yes ? Outcome.MET : Outcome.NOT_MET);
      }
    }
    CountyFinding found = finding(LONGGANG, "SYXX");
    assertThat(found.outcome()).isEqualTo(outcome);
    assertThat(found.threshold()).isEqualTo(15);
    assertThat(found.part()).isEqualTo(yes);
    assertThat(found.whole()).isEqualTo(yes + no + unknown);
    assertThat(found.missing()).hasSize(unknown);
  }

  /**
   * Small schools of well-trained teachers do not outweigh a large one: 10/10 and 40/95 is 47 %.
   */
  @Test
  void trainedTeachersAreAddedUpAndNotAveraged() {
    declare(school(), DeclaredIndicator.TRAINING_INTERMEDIATE, new Amount.Pair(10, 10));
    declare(school(), DeclaredIndicator.TRAINING_INTERMEDIATE, new Amount.Pair(40, 95));
    CountyFinding found = finding(LONGGANG, "PX-ZJ");
    assertThat(found.outcome()).isEqualTo(Outcome.NOT_MET);
    assertThat(found.value()).isEqualTo(47.61);
    school();
    assertThat(finding(LONGGANG, "PX-ZJ").outcome()).isEqualTo(Outcome.INSUFFICIENT_DATA);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void pooledSharesAreWhatTheFormulaSays(long seed) {
    Random random = new Random(seed);
    long n = 0;
    long of = 0;
    for (int i = 0; i < 40; i++) {
      int whole = random.nextInt(60);
      int part = random.nextInt(whole + 1);
      n += part;
      of += whole;
      declare(school(), DeclaredIndicator.TRAINING_INTERMEDIATE, new Amount.Pair(part, whole));
    }
    CountyFinding found = finding(LONGGANG, "PX-ZJ");
    assertThat(found.part()).isEqualTo(n);
    assertThat(found.whole()).isEqualTo(of);
    assertThat(found.outcome()).isEqualTo(2 * n >= of ? Outcome.MET : Outcome.NOT_MET);
  }

  @Test
  void whatTheCountyDeclaresItselfNeedsNoSchool() {
    assertThat(finding(LONGGANG, "GH").outcome()).isEqualTo(Outcome.INSUFFICIENT_DATA);
    declare(COUNTY, DeclaredIndicator.PLAN_IN_POLICY, new Amount.YesNo(true));
    assertThat(finding(LONGGANG, "GH").outcome()).isEqualTo(Outcome.MET);
    declare(COUNTY, DeclaredIndicator.PLAN_IN_POLICY, new Amount.YesNo(false));
    assertThat(finding(LONGGANG, "GH").outcome()).isEqualTo(Outcome.NOT_MET);
  }

  /** A17 gives no number: the schools are counted and nothing is judged. */
  @Test
  void withoutANumberNothingIsJudged() {
    declare(school(), DeclaredIndicator.COOPERATION_DEMONSTRATION, new Amount.YesNo(true));
    CountyFinding found = finding(LONGGANG, "SFXX");
    assertThat(found.outcome()).isEqualTo(Outcome.NO_RULE);
    assertThat(found.value()).isEqualTo(1);
    assertThat(found.threshold()).isNull();
  }

  @Test
  void theCoefficientIsComparedWithItsLimit() {
    Profile l7 = shipped("MOE-2017-6-L7");
    String rule =
        l7.rules().stream()
            .filter(r -> "multimedia-rooms-per-100".equals(r.of()))
            .filter(r -> r.appliesTo().stages().contains(Stage.PRIMARY))
            .findFirst()
            .orElseThrow()
            .id();
    declare(school(), DeclaredIndicator.MULTIMEDIA_ROOMS, new Amount.Count(20));
    declare(school(), DeclaredIndicator.MULTIMEDIA_ROOMS, new Amount.Count(20));
    assertThat(finding(l7, rule).outcome()).isEqualTo(Outcome.MET);
    assertThat(finding(l7, rule).value()).isZero();
    declare(school(), DeclaredIndicator.MULTIMEDIA_ROOMS, new Amount.Count(120));
    assertThat(finding(l7, rule).outcome()).isEqualTo(Outcome.NOT_MET);
    String silent = school();
    assertThat(finding(l7, rule).outcome()).isEqualTo(Outcome.INSUFFICIENT_DATA);
    assertThat(finding(l7, rule).missing()).containsExactly(silent);
  }
}
