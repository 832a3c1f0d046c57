package org.rollcall.collector.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rollcall.collector.day.Days;
import org.rollcall.collector.declared.DeclaredIndicator;
import org.rollcall.collector.judge.Verdict.Evidence;
import org.rollcall.collector.judge.Verdict.Outcome;
import org.rollcall.collector.judge.Verdict.Part.Asked;
import org.rollcall.collector.judge.Verdict.State;
import org.rollcall.collector.profile.Indicator;
import org.rollcall.collector.profile.Rule.Level;
import org.rollcall.collector.registry.Device;
import org.rollcall.collector.registry.School.Medium;
import org.rollcall.collector.registry.School.Ownership;
import org.rollcall.collector.registry.School.Stage;
import org.rollcall.collector.registry.School.Tier;

/**
 * What the policy leaves open and this project had to decide, one case for each row, for schools.
 */
class AmbiguitiesTest {
  private static List<String> codes(Verdict verdict) {
    return verdict.because().stream().map(Reason::code).toList();
  }

  private static Case good() {
    return new Case().reach("reach:edu", 6, 30, 0).tests(6, 4, 2e7);
  }

  private static Case path(Case school, int onDays, int viaDistrict, int vpn) {
    for (LocalDate day : school.schoolDays(onDays)) {
      school.days.see("path:edu", day, "09:00", "viaDistrict", viaDistrict, "vpn", vpn);
    }
    return school;
  }

  private static State state(Verdict verdict, Asked asked) {
    return verdict.parts().stream()
        .filter(part -> part.part() == asked)
        .findFirst()
        .orElseThrow()
        .state();
  }

  @Test
  void row02and03WhatIsOfTierAIsJudgedAsTierA() {
    assertThat(good().verdict("XXT-A").outcome()).isEqualTo(Outcome.MET);
    assertThat(good().verdict("XXT-B").outcome()).isEqualTo(Outcome.NOT_APPLICABLE);
  }

  @Test
  void row04ATeachingPointIsNotJudged() {
    assertThat(good().tier(Tier.C).verdict("XXT-A").outcome()).isEqualTo(Outcome.NOT_APPLICABLE);
  }

  @Test
  void row05APrivateSchoolIsJudgedAsAPublicOne() {
    assertThat(good().ownership(Ownership.PRIVATE).verdict("XXT-A").outcome())
        .isEqualTo(Outcome.MET);
  }

  @Test
  void row06SeniorAndSpecialSchoolsAreForReferenceOnly() {
    assertThat(codes(good().stage(Stage.SENIOR).verdict("XXT-A"))).startsWith("stage-excluded");
    assertThat(codes(good().stage(Stage.SPECIAL).verdict("XXT-A"))).startsWith("stage-excluded");
  }

  @ParameterizedTest(name = "median {0} bit/s, contract {1}: {2}")
  @CsvSource({"9000000, 10, MET", "8999999, 10, NOT_MET", "9000000, 9.99, NOT_MET"})
  void row07TheMedianWithItsAllowanceDecidesAndTheContractIsNotLower(
      double bits, double contract, Outcome expected) {
    Case school = new Case().reach("reach:edu", 6, 30, 0).tests(5, 4, bits).contract(contract);
    assertThat(school.verdict("XXT-A").outcome()).isEqualTo(expected);
  }

  @Test
  void row08TheDownloadDecides() {
    Case school = new Case().reach("reach:edu", 6, 30, 0);
    for (LocalDate day : school.schoolDays(6)) {
      for (int i = 0; i < 4; i++) {
        school.days.see(
            "throughput:wan",
            day,
            "18:0" + i,
            "downloadBitsPerSecond",
            2e7,
            "uploadBitsPerSecond",
            1e6,
            "transferSeconds",
            10);
      }
    }
    assertThat(school.verdict("XXT-A").outcome()).isEqualTo(Outcome.MET);
  }

  @Test
  void row09ByWayOfTheDistrictNetworkIsAccess() {
    Verdict verdict = path(good(), 6, 1, 0).verdict("XXT-A");
    assertThat(verdict.outcome()).isEqualTo(Outcome.MET);
    assertThat(codes(verdict)).contains("route-by-district").doesNotContain("route-not-checked");
    assertThat(codes(good().verdict("XXT-A"))).contains("route-not-checked");
    Verdict neither = path(good(), 6, 0, 0).verdict("XXT-A");
    assertThat(neither.outcome()).isEqualTo(Outcome.INSUFFICIENT_DATA);
    assertThat(codes(neither)).startsWith("network-unknown-route");
  }

  @Test
  void row10AVpnOverTheInternetIsNoAccess() {
    Verdict verdict = path(good(), 6, 1, 1).verdict("XXT-A");
    assertThat(verdict.outcome()).isEqualTo(Outcome.NOT_MET);
    assertThat(verdict.evidence()).isEqualTo(Evidence.MEASURED);
    assertThat(codes(verdict)).startsWith("network-fails-vpn");
    assertThat(state(verdict, Asked.NETWORK)).isEqualTo(State.FAILS);
    assertThat(path(good(), 4, 1, 1).verdict("XXT-A").outcome())
        .as("checked on too few school days")
        .isEqualTo(Outcome.MET);
  }

  @Test
  void row11TheWorstCampusDecidesAndEachIsShown() {
    Case slow = new Case().reach("reach:edu", 6, 30, 0).tests(6, 4, 5e6);
    Verdict verdict = good().campus("S2", good()).campus("S3", slow).verdict("XXT-A");
    assertThat(verdict.outcome()).isEqualTo(Outcome.NOT_MET);
    assertThat(verdict.value()).isEqualTo(5.0);
    assertThat(codes(verdict)).startsWith("campus-decides", "bandwidth-fails-by-tests");
    assertThat(codes(verdict)).filteredOn("campus-standing"::equals).hasSize(2);
    assertThat(verdict.parts()).hasSize(9);
    assertThat(verdict.parts().get(0).campus()).isEqualTo("S3");
    assertThat(good().campus("S2", new Case()).verdict("XXT-A").outcome())
        .as("of one campus nothing is known")
        .isEqualTo(Outcome.INSUFFICIENT_DATA);
  }

  @Test
  void row12APlatformCountsInTheClassRoomAndNotInASharedRoom() {
    Case school = new Case().classes(1, 0);
    school.device(new Device("S", "电教室", "terminal", "t1", "10.0.0.7", "snmp"));
    assertThat(school.seen(1, 1, 10, 1).verdict("BBT-A").outcome()).isEqualTo(Outcome.NOT_MET);
  }

  @Test
  void row13ABrokenPlatformIsEquippedAndAfterTenSchoolDaysNotEffective() {
    Case school = new Case().classes(2, 2).terminals(2).seen(1, 2, 10, 1);
    LocalDate eleventh = school.schoolDays(11).get(0);
    Verdict verdict = school.inRepair("terminal:t2", eleventh).verdict("BBT-A");
    assertThat(verdict.outcome()).isEqualTo(Outcome.NOT_MET);
    assertThat(verdict.missing()).containsExactly(Case.className(2));
    assertThat(codes(verdict)).contains("classes-in-repair", "classes-equipped");
    Reason equipped =
        verdict.because().stream()
            .filter(r -> r.code().equals("classes-equipped"))
            .findFirst()
            .orElseThrow();
    assertThat(equipped.params()).containsEntry("percent", "100");
    Case tenth = new Case().classes(2, 2).terminals(2).seen(1, 2, 10, 1);
    tenth.inRepair("terminal:t2", tenth.schoolDays(10).get(0));
    assertThat(tenth.verdict("BBT-A").outcome()).isEqualTo(Outcome.MET);
  }

  @Test
  void row14TeachersAreCountedAsTheSchoolDeclaresThem() {
    Case school = new Case();
    school.declare(DeclaredIndicator.TEACHERS_45_MULTIMEDIA, "29/30", Case.DATE, null);
    assertThat(school.verdict("JS45").outcome()).isEqualTo(Outcome.NOT_MET);
    school.declare(DeclaredIndicator.TEACHERS_45_MULTIMEDIA, "30/30", Case.DATE, null);
    assertThat(school.verdict("JS45").outcome()).isEqualTo(Outcome.MET);
  }

  @Test
  void row15RoutineIsAnActivityInEveryTeachingMonth() {
    Verdict verdict =
        new Case()
            .declare(DeclaredIndicator.COOPERATION_MONTHS, "2/3", Case.DATE, null)
            .verdict(Case.rule(Indicator.DECLARED, "cooperation-months", Case.percent(100)));
    assertThat(verdict.outcome()).isEqualTo(Outcome.NOT_MET);
    assertThat(verdict.value()).isEqualTo(66.66);
  }

  @Test
  void row16WithoutDataNothingIsMet() {
    assertThat(new Case().verdict("XXT-A").outcome()).isEqualTo(Outcome.INSUFFICIENT_DATA);
    assertThat(good().verdict("XXT-A").outcome()).isEqualTo(Outcome.MET);
  }

  @Test
  void row17TheClassRegisterCountsTheClasses() {
    assertThat(new Case().classes(4, 3).verdict("BBT-A").samples()).isEqualTo(4);
  }

  @Test
  void row18ATestOfASkewedClockOrABusyLineIsLeftOutAndCounted() {
    Case school = good();
    for (double skew : new double[] {30, 29.9}) {
      school.days.see(
          "throughput:wan",
          Days.millis(Case.DATE, "20:" + (int) skew),
          "downloadBitsPerSecond",
          1e5,
          "transferSeconds",
          10,
          "clockSkewSeconds",
          skew);
    }
    Verdict verdict = school.verdict("XXT-A");
    assertThat(verdict.samples()).isEqualTo(25);
    assertThat(codes(verdict)).contains("tests-of-skewed-clock");
    assertThat(verdict.passShare()).isEqualTo(0.96);
  }

  @Test
  void row19WhatIsMeasuredWinsUnlessTheCountyCertifies() {
    Case school = new Case().classes(2, 2).terminals(2).seen(1, 2, 10, 0);
    school.declare(DeclaredIndicator.TEACHERS_45_MULTIMEDIA, "30/30", Case.DATE, null);
    Verdict declared = school.verdict("JS45");
    assertThat(declared.outcome()).isEqualTo(Outcome.NOT_MET);
    assertThat(declared.disputed()).isTrue();
    assertThat(codes(declared)).startsWith("no-terminal-on", "measured-wins");
    school.declare(DeclaredIndicator.TEACHERS_45_MULTIMEDIA, "30/30", Case.DATE, "核〔2026〕7号");
    Verdict certified = school.verdict("JS45");
    assertThat(certified.outcome()).isEqualTo(Outcome.MET);
    assertThat(certified.evidence()).isEqualTo(Evidence.CERTIFIED);
    assertThat(codes(certified)).contains("certified-against-measured", "declared-certified");
  }

  @Test
  void row21AWirelessLineIsAllowedForTierB() {
    Case school =
        new Case()
            .tier(Tier.B)
            .medium(Medium.WIRELESS)
            .reach("reach:internet", 6, 30, 0)
            .tests(5, 4, 4e6);
    assertThat(school.verdict("XXT-B").outcome()).isEqualTo(Outcome.MET);
  }

  @Test
  void row22AMegabitIsAMillionBits() {
    Case school = new Case().reach("reach:edu", 6, 30, 0).contract(9.99).tests(5, 4, 10_000_000);
    assertThat(school.verdict("XXT-A").outcome()).isEqualTo(Outcome.MET);
    assertThat(school.verdict("XXT-A").value()).isEqualTo(10.0);
  }

  @Test
  void ofACountysRuleASchoolIsRecordedAndNotBlamed() {
    Case school = new Case().declare(DeclaredIndicator.EXPERIMENTAL_SCHOOL, "no", Case.DATE, null);
    Verdict verdict =
        school.verdict(
            Case.rule(Indicator.DECLARED, "experimental-school", Level.COUNTY, Case.yes()));
    assertThat(verdict.outcome()).isEqualTo(Outcome.NOT_MET);
    assertThat(codes(verdict)).startsWith("recorded-counts-not");
  }
}
