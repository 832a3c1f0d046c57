package org.rollcall.collector.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rollcall.collector.judge.Verdict.Evidence;
import org.rollcall.collector.judge.Verdict.Outcome;
import org.rollcall.collector.registry.Device;
import org.rollcall.collector.registry.School.Tier;

class ClassRuleTest {
  private static List<String> codes(Verdict verdict) {
    return verdict.because().stream().map(Reason::code).toList();
  }

  private static Case tierB() {
    return new Case().tier(Tier.B);
  }

  @ParameterizedTest(name = "{0} of {1} classes are {2} %: {3}")
  @CsvSource({
    "6, 10, 60.0, MET",
    "3, 5, 60.0, MET",
    "2999, 5000, 59.98, NOT_MET",
    "5999, 10000, 59.99, NOT_MET",
    "1, 2, 50.0, NOT_MET",
    "2, 3, 66.66, MET",
  })
  void theShareIsComparedInWholeNumbers(int n, int of, double percent, Outcome expected) {
    Verdict verdict = tierB().classes(of, n).verdict("BBT-B");
    assertThat(verdict.outcome()).isEqualTo(expected);
    assertThat(verdict.value()).isEqualTo(percent);
    assertThat(verdict.samples()).isEqualTo(of);
    assertThat(verdict.evidence()).isEqualTo(Evidence.DECLARED);
  }

  @Test
  void withoutClassesTheRuleDoesNotApply() {
    Verdict verdict = new Case().verdict("BBT-A");
    assertThat(verdict.outcome()).isEqualTo(Outcome.NOT_APPLICABLE);
    assertThat(codes(verdict)).startsWith("classes-none");
  }

  @Test
  void aPlatformSeenOnOnceInTenSchoolDaysCounts() {
    Case school = new Case().classes(3, 3).terminals(3).seen(1, 2, 10, 1).seen(3, 3, 9, 0);
    LocalDate tenth = school.schoolDays(10).get(0);
    school.days.see("terminal:t3", tenth, "07:00", "up", 1);
    Verdict verdict = school.verdict("BBT-A");
    assertThat(verdict.outcome()).isEqualTo(Outcome.MET);
    assertThat(verdict.evidence()).isEqualTo(Evidence.MEASURED);
    assertThat(verdict.from()).isEqualTo(tenth);
  }

  @Test
  void aPlatformSeenOnElevenSchoolDaysAgoDoesNot() {
    Case school = new Case().classes(3, 3).terminals(3).seen(1, 2, 10, 1).seen(3, 3, 10, 0);
    school.days.see("terminal:t3", school.schoolDays(11).get(0), "09:00", "up", 1);
    Verdict verdict = school.verdict("BBT-A");
    assertThat(verdict.outcome()).isEqualTo(Outcome.NOT_MET);
    assertThat(verdict.value()).isEqualTo(66.66);
    assertThat(verdict.disputed()).as("the school declares all of them").isTrue();
    assertThat(codes(verdict))
        .startsWith("classes-fail", "classes-missing", "classes-declared-more");
    assertThat(verdict.because().get(1).params()).containsEntry("named", "班0003");
  }

  @Test
  void fourDaysOfDataAreTooFewUnlessTheTargetIsReached() {
    Case few = new Case().classes(4, 4).terminals(4).seen(1, 3, 4, 1);
    assertThat(few.verdict("BBT-A").outcome()).isEqualTo(Outcome.INSUFFICIENT_DATA);
    Case reached = new Case().classes(4, 4).terminals(4).seen(1, 4, 1, 1);
    assertThat(reached.verdict("BBT-A").outcome()).isEqualTo(Outcome.MET);
  }

  @Test
  void ofManyMissingClassesTenAreNamed() {
    Verdict verdict = new Case().classes(30, 30).terminals(30).seen(1, 1, 10, 1).verdict("BBT-A");
    Reason missing = verdict.because().get(1);
    assertThat(missing.code()).isEqualTo("classes-missing-among");
    assertThat(missing.params().get("missing")).isEqualTo("29");
    assertThat(missing.params().getOrDefault("named", "").split("\\|", -1)).hasSize(10);
  }

  @Test
  void oneTerminalBoundToTwoClassesCountsOnce() {
    Case school = new Case().classes(2, 2);
    school.device(new Device("S", Case.className(1), "terminal", "t1", "10.0.0.7", "snmp"));
    school.device(new Device("S", Case.className(2), "terminal", "t2", "10.0.0.7", "snmp"));
    school.seen(1, 2, 10, 1);
    assertThat(school.verdict("BBT-A").value()).isEqualTo(50.0);
    school.device(new Device("S", Case.className(1), "terminal", "t3", "10.0.0.8", "snmp"));
    school.seen(3, 3, 10, 1);
    assertThat(school.verdict("BBT-A").value())
        .as("the class with a second terminal gives the shared one away")
        .isEqualTo(100.0);
  }

  @Test
  void aTerminalInARoomThatIsNoClassDoesNotCount() {
    Case school = new Case().classes(1, 1);
    school.device(new Device("S", "电教室", "terminal", "t1", "10.0.0.7", "snmp"));
    assertThat(school.seen(1, 1, 10, 1).verdict("BBT-A").outcome()).isEqualTo(Outcome.NOT_MET);
  }

  @Test
  void anAgentThatWatchesNoTerminalLeavesTheClassesUnknown() {
    Case school = new Case().classes(2, 2).traffic(10, 5, 1e6);
    Verdict verdict = school.verdict("BBT-A");
    assertThat(verdict.outcome()).isEqualTo(Outcome.INSUFFICIENT_DATA);
    assertThat(codes(verdict)).startsWith("classes-unknown-no-terminal");
    Verdict admitted = new Case().classes(2, 1).traffic(10, 5, 1e6).verdict("BBT-A");
    assertThat(admitted.outcome()).as("the school itself lacks one").isEqualTo(Outcome.NOT_MET);
    assertThat(admitted.evidence()).isEqualTo(Evidence.DECLARED);
  }

  @Test
  void inAHolidayTheLastSchoolDaysBeforeItCount() {
    LocalDate august = LocalDate.of(2026, 8, 10);
    Case school = new Case().on(august).classes(1, 1).terminals(1);
    school.days.see("terminal:t1", LocalDate.of(2026, 7, 8), "09:00", "up", 1);
    assertThat(school.verdict("BBT-A").outcome()).isEqualTo(Outcome.MET);
  }
}
