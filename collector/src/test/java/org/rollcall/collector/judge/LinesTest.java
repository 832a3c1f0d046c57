package org.rollcall.collector.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rollcall.collector.judge.Verdict.Outcome;
import org.rollcall.collector.registry.School.Medium;
import org.rollcall.collector.registry.School.Tier;

/** Schools with several lines. */
class LinesTest {
  private static List<String> codes(Verdict verdict) {
    return verdict.because().stream().map(Reason::code).toList();
  }

  private static Case tests(Case school, String line, double bits) {
    for (var day : school.schoolDays(5)) {
      for (int i = 0; i < 4; i++) {
        school.days.see(
            "throughput:" + line,
            day,
            "18:1" + i,
            "downloadBitsPerSecond",
            bits,
            "transferSeconds",
            10,
            "utilisation",
            0.1);
      }
    }
    return school;
  }

  @Test
  void conditionsAreNeverTakenFromTwoLines() {
    Case school = new Case().reach("reach:edu", 6, 30, 0);
    school.line("wan", Medium.FIBRE, 1000.0, false, false);
    school.line("edu", Medium.FIBRE, 4.0, true, false);
    tests(tests(school, "wan", 9e8), "edu", 4e6);
    Verdict verdict = school.verdict("XXT-A");
    assertThat(verdict.outcome()).isEqualTo(Outcome.NOT_MET);
    assertThat(codes(verdict)).contains("line-decides", "line-standing");
    assertThat(verdict.parts()).hasSize(6);
  }

  @Test
  void oneLineThatMeetsAllThreeIsEnough() {
    Case school = new Case().reach("reach:edu", 6, 30, 0);
    school.line("edu", Medium.FIBRE, 20.0, true, false);
    school.line("wan", Medium.WIRELESS, 2.0, false, false);
    Verdict verdict = tests(tests(school, "edu", 2e7), "wan", 2e6).verdict("XXT-A");
    assertThat(verdict.outcome()).isEqualTo(Outcome.MET);
    assertThat(verdict.parts().get(0).line()).isEqualTo("edu");
  }

  @Test
  void probesCountForNoLineThatTheRegisterDoesNotName() {
    Case school = new Case().eduNetwork(true).reach("reach:edu", 6, 30, 0);
    Verdict verdict = tests(tests(school, "wan", 2e7), "wan2", 2e7).verdict("XXT-A");
    assertThat(verdict.outcome()).isEqualTo(Outcome.INSUFFICIENT_DATA);
    assertThat(codes(verdict)).startsWith("network-unknown-which-line");
  }

  @Test
  void onlyLinesThatShareTheLoadAddUpAndOnlyToTheInternet() {
    for (boolean shared : new boolean[] {true, false}) {
      Case school = new Case().tier(Tier.B).reach("reach:internet", 6, 30, 0);
      school.line("a", Medium.WIRED, null, null, shared);
      school.line("b", Medium.WIRELESS, null, null, shared);
      Verdict verdict = tests(tests(school, "a", 2e6), "b", 2e6).verdict("XXT-B");
      assertThat(verdict.outcome()).isEqualTo(shared ? Outcome.MET : Outcome.NOT_MET);
      assertThat(verdict.value()).isEqualTo(shared ? 4.0 : 2.0);
    }
    Case tierA = new Case().reach("reach:edu", 6, 30, 0);
    tierA.line("a", Medium.FIBRE, null, true, true).line("b", Medium.FIBRE, null, true, true);
    assertThat(tests(tests(tierA, "a", 6e6), "b", 6e6).verdict("XXT-A").outcome())
        .isEqualTo(Outcome.NOT_MET);
  }
}
