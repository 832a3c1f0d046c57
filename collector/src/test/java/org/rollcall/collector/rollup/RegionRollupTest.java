package org.rollcall.collector.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rollcall.collector.judge.Verdict;
import org.rollcall.collector.judge.Verdict.Outcome;
import org.rollcall.collector.profile.Profile;
import org.rollcall.collector.profile.Rule;
import org.rollcall.collector.registry.Region;
import org.rollcall.collector.registry.Region.Level;
import org.rollcall.collector.registry.Register;
import org.rollcall.collector.registry.School;
import org.rollcall.collector.registry.School.Ownership;
import org.rollcall.collector.registry.School.Setting;
import org.rollcall.collector.registry.School.Stage;
import org.rollcall.collector.registry.School.Statistics;
import org.rollcall.collector.registry.School.Status;
import org.rollcall.collector.registry.School.Tier;
import org.rollcall.collector.rollup.RegionSummary.Conclusion;

class RegionRollupTest {
  private static final List<String> LINK = List.of("XXT-A", "XXT-B");

  private static RegionRollup rollup(District district) {
    Register register = new Register(1, district.regions, district.schools);
    return RegionRollup.of(register, District.PROFILE, district::of);
  }

  /**
   * For every region and rule by itself: every school is asked whether the region is one of those
   * it lies in, up to the root. N = met + not met + insufficient; 95 % and 100 % by BigDecimal.
   */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void agreesWithANaiveCountOfEveryRegion(long seed) {
    District district = District.drawn(seed, 2, 250);
    RegionRollup rollup = rollup(district);
    for (Region region : district.regions) {
      for (Rule rule : District.PROFILE.rules()) {
        RegionSummary summary = summary(rollup, region.code(), rule.id());
        int[] counts = naive(district, region, rule);
        int n = counts[0] + counts[1] + counts[2];
        assertThat(
                List.of(summary.met(), summary.notMet(), summary.insufficient(), summary.inScope()))
            .as("%s %s", region.code(), rule.id())
            .containsExactly(counts[0], counts[1], counts[2], n);
        assertThat(summary.inScope() + summary.notApplicable())
            .isEqualTo(rollup.schools(region.code()));
        assertThat(summary.conclusion()).isEqualTo(conclusion(rule, counts[0], counts[2], n));
      }
    }
  }

  private static int[] naive(District district, Region region, Rule rule) {
    int[] counts = new int[3];
    for (School school : district.schools) {
      if (!liesIn(district, school, region.code())) {
        continue;
      }
      List<Verdict> own =
          district.of(school.code()).stream().filter(v -> v.rule().equals(rule.id())).toList();
      if (own.isEmpty()) {
        boolean stageCounts =
            school.stage() != Stage.TEACHING_POINT
                && school.stage() != Stage.SENIOR
                && school.stage() != Stage.SPECIAL;
        counts[2] += stageCounts && rule.speaksOf(school) ? 1 : 0;
        continue;
      }
      Outcome outcome = own.get(0).outcome();
      counts[0] += outcome == Outcome.MET ? 1 : 0;
      counts[1] += outcome == Outcome.NOT_MET ? 1 : 0;
      counts[2] += outcome == Outcome.INSUFFICIENT_DATA ? 1 : 0;
    }
    return counts;
  }

  private static boolean liesIn(District district, School school, String code) {
    String at = school.region();
    while (at != null) {
      if (at.equals(code)) {
        return true;
      }
      String here = at;
      at =
          district.regions.stream()
              .filter(r -> r.code().equals(here))
              .findFirst()
              .orElseThrow()
              .parent();
    }
    return false;
  }

  private static Conclusion conclusion(Rule rule, int met, int unknown, int n) {
    if (n == 0) {
      return Conclusion.NOT_APPLICABLE;
    }
    Double own = rule.schoolsPercent();
    BigDecimal line =
        new BigDecimal(own == null ? "95" : own.toString())
            .movePointLeft(2)
            .multiply(BigDecimal.valueOf(n));
    boolean reached = BigDecimal.valueOf(met).compareTo(line) >= 0;
    if (reached) {
      return met == n || own != null ? Conclusion.FULLY : Conclusion.BASICALLY;
    }
    return BigDecimal.valueOf(met + unknown).compareTo(line) >= 0
        ? Conclusion.UNDECIDED
        : Conclusion.NOT_ACHIEVED;
  }

  @Test
  void pooledClassesAddUpOverTheLevels() {
    District district = District.drawn(7, 2, 300);
    RegionRollup rollup = rollup(district);
    RegionSummary root = summary(rollup, "440000", "BBT-A");
    List<Verdict> judged = new ArrayList<>();
    district.verdicts.values().forEach(judged::addAll);
    RegionSummary flat =
        RegionSummary.of(District.PROFILE, judged).stream()
            .filter(s -> s.rule().equals("BBT-A"))
            .findFirst()
            .orElseThrow();
    assertThat(root.units()).isEqualTo(flat.units());
    assertThat(root.unitsMet()).isEqualTo(flat.unitsMet());
    assertThat(root.met()).isEqualTo(flat.met());
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {21, 22, 23})
  void theOrderOfSchoolsAndVerdictsDoesNotMatter(long seed) {
    District district = District.drawn(seed, 2, 200);
    String first = text(district);
    Random random = new Random(seed);
    for (int i = 0; i < 3; i++) {
      Collections.shuffle(district.schools, random);
      Collections.shuffle(district.regions, random);
      district.verdicts.values().forEach(own -> Collections.shuffle(own, random));
      assertThat(text(district)).isEqualTo(first);
    }
  }

  private static String text(District district) {
    RegionRollup rollup = rollup(district);
    StringBuilder text = new StringBuilder();
    district.regions.stream()
        .map(Region::code)
        .sorted()
        .forEach(
            code ->
                text.append(code)
                    .append(rollup.summaries(code))
                    .append(rollup.countyShare(code, LINK))
                    .append('\n'));
    return text.toString();
  }

  @Test
  void aSchoolNobodyHasJudgedIsNotOneThatDoesNotExist() {
    Register register =
        new Register(
            1, List.of(county("440307")), List.of(school("1", "440307"), school("2", "440307")));
    RegionRollup rollup =
        RegionRollup.of(
            register,
            District.PROFILE,
            code -> code.equals("1") ? link("1", Outcome.MET) : List.of());
    RegionSummary summary = summary(rollup, "440307", "XXT-B");
    assertThat(summary.inScope()).isEqualTo(2);
    assertThat(summary.insufficient()).isEqualTo(1);
    assertThat(summary.rateLow()).isEqualTo(0.5);
    assertThat(summary.conclusion()).isEqualTo(Conclusion.UNDECIDED);
    assertThat(rollup.unjudged("440307")).isEqualTo(1);
    assertThat(summary(rollup, "440307", "XXT-A").inScope()).isZero();
  }

  /** The register's word: a campus is judged with its main school and is in no ratio. */
  @Test
  void campusesAndClosedSchoolsAreInNoRatio() {
    School main = school("1", "440307");
    Register register =
        new Register(
            1,
            List.of(county("440307")),
            List.of(main, site("2", Status.OPEN, "1"), site("3", Status.CLOSED, null)));
    RegionRollup rollup =
        RegionRollup.of(register, District.PROFILE, code -> link(code, Outcome.MET));
    assertThat(rollup.schools("440307")).isEqualTo(1);
    assertThat(summary(rollup, "440307", "XXT-B").inScope()).isEqualTo(1);
  }

  private static School site(String code, Status status, @Nullable String campusOf) {
    School plain = school(code, "440307");
    return new School(
        plain.code(),
        plain.name(),
        plain.nameEn(),
        plain.region(),
        plain.stage(),
        plain.tier(),
        plain.ownership(),
        plain.setting(),
        plain.students(),
        plain.teachers(),
        plain.classes(),
        null,
        null,
        null,
        null,
        null,
        null,
        status,
        campusOf,
        null,
        Statistics.NONE);
  }

  @Test
  void verdictsOfAnotherProfileDoNotCount() {
    Verdict other =
        new Verdict(
            "1",
            "OTHER",
            "XXT-B",
            Outcome.MET,
            Verdict.Evidence.MEASURED,
            false,
            null,
            null,
            "",
            District.DATE,
            District.DATE,
            1,
            link("1", Outcome.MET).get(0).because(),
            "1",
            "c");
    Register register = new Register(1, List.of(county("440307")), List.of(school("1", "440307")));
    RegionRollup rollup = RegionRollup.of(register, District.PROFILE, code -> List.of(other));
    assertThat(summary(rollup, "440307", "XXT-B").met()).isZero();
    assertThat(rollup.unjudged("440307")).isEqualTo(1);
  }

  @Test
  void aCityCountsItsCountiesAndPoolsItsSchools() {
    List<Region> regions =
        List.of(
            new Region("440300", "市", "City", Level.CITY, null),
            county("440301", "440300"),
            county("440302", "440300"),
            county("440303", "440300"),
            county("440304", "440300"));
    List<School> schools =
        List.of(
            school("1", "440301"),
            school("2", "440302"),
            school("3", "440302"),
            school("4", "440303"),
            school("5", "440300"));
    Map<String, Outcome> outcomes =
        Map.of(
            "1", Outcome.MET,
            "2", Outcome.NOT_MET,
            "3", Outcome.MET,
            "4", Outcome.INSUFFICIENT_DATA,
            "5", Outcome.MET);
    RegionRollup rollup =
        RegionRollup.of(
            new Register(1, regions, schools),
            District.PROFILE,
            code -> link(code, outcomes.getOrDefault(code, Outcome.NO_RULE)));
    CountyShare share = rollup.countyShare("440300", LINK);
    assertThat(share.counties())
        .isEqualTo(
            Map.of(
                Conclusion.FULLY, List.of("440301"),
                Conclusion.NOT_ACHIEVED, List.of("440302"),
                Conclusion.UNDECIDED, List.of("440303"),
                Conclusion.NOT_APPLICABLE, List.of("440304")));
    assertThat(share.rateLow()).as("one of three; one has no school").isEqualTo(1.0 / 3);
    assertThat(share.rateHigh()).isEqualTo(2.0 / 3);
    assertThat(summary(rollup, "440300", "XXT-B").rateLow()).as("pooled").isEqualTo(3.0 / 5);
    assertThat(rollup.countyShare("440301", LINK).achieved()).isEqualTo(1);
    assertThat(rollup.countyShare("999999", LINK).rateLow()).isNull();
  }

  @Test
  void aTownshipThatWasMergedKeepsItsOldSummaries() {
    Region county = county("440307");
    Region old = new Region("440307101", "甲乡", "Jia", Level.TOWNSHIP, "440307");
    Region merged = new Region("440307102", "乙镇", "Yi", Level.TOWNSHIP, "440307");
    Register before =
        new Register(
            1,
            List.of(county, old, merged),
            List.of(school("1", "440307101"), school("2", "440307102")));
    Register after =
        new Register(
            2,
            List.of(county, merged),
            List.of(school("1", "440307102"), school("2", "440307102")));
    RegionRollup then = RegionRollup.of(before, District.PROFILE, code -> link(code, Outcome.MET));
    RegionRollup now = RegionRollup.of(after, District.PROFILE, code -> link(code, Outcome.MET));
    assertThat(summary(then, "440307101", "XXT-B").met()).isEqualTo(1);
    assertThat(summary(then, "440307102", "XXT-B").met()).isEqualTo(1);
    assertThat(now.summaries("440307101")).isEmpty();
    assertThat(summary(now, "440307102", "XXT-B").met()).isEqualTo(2);
    assertThat(summary(now, "440307", "XXT-B")).isEqualTo(summary(then, "440307", "XXT-B"));
  }

  /** The letter's own: 「省级以上现代教育技术实验学校数量达10%以上」: reached or not, nothing between. */
  @Test
  void aRuleWithAShareOfItsOwnIsReachedOrNot() {
    assertThat(tenPercentOf(10, 1)).isEqualTo(Conclusion.FULLY);
    assertThat(tenPercentOf(11, 1)).isEqualTo(Conclusion.NOT_ACHIEVED);
    assertThat(tenPercentOf(100, 9)).isEqualTo(Conclusion.NOT_ACHIEVED);
  }

  private static Conclusion tenPercentOf(int schools, int met) {
    Profile base = District.PROFILE;
    Rule own =
        base.rules().stream()
            .filter(rule -> Double.valueOf(10).equals(rule.schoolsPercent()))
            .findFirst()
            .orElseThrow();
    RuleTally tally = new RuleTally(own);
    for (int i = 0; i < schools; i++) {
      Outcome outcome = i < met ? Outcome.MET : Outcome.NOT_MET;
      tally.add(District.verdict("S" + i, own.id(), outcome, null, 1));
    }
    return tally.summary(base).conclusion();
  }

  private static Region county(String code) {
    return new Region(code, "县", "County", Level.COUNTY, null);
  }

  private static Region county(String code, String city) {
    return new Region(code, "县", "County", Level.COUNTY, city);
  }

  private static School school(String code, String region) {
    return District.school(code, region, Stage.PRIMARY, Tier.B, Ownership.PUBLIC, Setting.RURAL);
  }

  private static List<Verdict> link(String school, Outcome outcome) {
    return List.of(District.verdict(school, "XXT-B", outcome, null, 1));
  }

  private static RegionSummary summary(RegionRollup rollup, String region, String rule) {
    return rollup.summaries(region).stream()
        .filter(s -> s.rule().equals(rule))
        .findFirst()
        .orElseThrow();
  }
}
