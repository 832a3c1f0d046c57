package org.rollcall.collector.rectification;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.rollcall.collector.judge.Mark;
import org.rollcall.collector.judge.Verdict.Evidence;
import org.rollcall.collector.judge.Verdict.Outcome;
import org.rollcall.collector.rectification.Task.Failed;
import org.rollcall.collector.rectification.Task.Plan;
import org.rollcall.collector.rectification.Task.State;

class RetestTest {
  private static final LocalDate DAY = LocalDate.of(2026, 9, 16);

  private static Task task(
      State state, @Nullable LocalDate done, @Nullable LocalDate closed, LocalDate deadline) {
    return new Task(
        1,
        "S",
        new Failed("P", "R", DAY.minusDays(9), 30.0, 50.0, "Mbps"),
        new Plan("li", "", deadline),
        null,
        state,
        done,
        0,
        closed,
        "tech",
        Instant.EPOCH,
        Instant.EPOCH);
  }

  private static Mark mark(String school, String profile, String rule, int days, Outcome outcome) {
    return new Mark(school, profile, rule, DAY.plusDays(days), outcome, Evidence.MEASURED, false);
  }

  private static Mark mark(int days, Outcome outcome) {
    return mark("S", "P", "R", days, outcome);
  }

  private static final Task DONE = task(State.DONE, DAY, null, DAY);

  @Test
  void aVerdictOfTheSameDayOrBeforeDecidesNothing() {
    assertThat(Retest.of(DONE, List.of(mark(-1, Outcome.MET), mark(0, Outcome.NOT_MET)))).isEmpty();
  }

  @Test
  void theFirstLaterVerdictDecidesInWhateverOrderTheyCome() {
    List<Mark> marks = List.of(mark(3, Outcome.NOT_MET), mark(2, Outcome.MET));
    assertThat(Retest.of(DONE, marks)).contains(new Retest(DAY.plusDays(2), true));
    marks = List.of(mark(2, Outcome.MET), mark(1, Outcome.NOT_MET));
    assertThat(Retest.of(DONE, marks)).contains(new Retest(DAY.plusDays(1), false));
  }

  @Test
  void whatIsUnknownDecidesNothing() {
    List<Mark> marks =
        List.of(
            mark(1, Outcome.INSUFFICIENT_DATA),
            mark(2, Outcome.NOT_APPLICABLE),
            mark(3, Outcome.NO_RULE));
    assertThat(Retest.of(DONE, marks)).isEmpty();
  }

  @Test
  void anotherSchoolRuleOrProfileDecidesNothing() {
    List<Mark> marks =
        List.of(
            mark("T", "P", "R", 1, Outcome.MET),
            mark("S", "Q", "R", 1, Outcome.MET),
            mark("S", "P", "Q", 1, Outcome.MET));
    assertThat(Retest.of(DONE, marks)).isEmpty();
  }

  @Test
  void aTaskThatNobodyCallsMendedIsNotTested() {
    Task open = task(State.OPEN, null, null, DAY);
    assertThat(Retest.of(open, List.of(mark(1, Outcome.MET)))).isEmpty();
  }

  @Test
  void overdueFollowsFromTheDeadline() {
    Task open = task(State.OPEN, null, null, DAY);
    assertThat(open.isOverdue(DAY)).isFalse();
    assertThat(open.isOverdue(DAY.plusDays(1))).isTrue();
    assertThat(task(State.DONE, DAY, null, DAY).isOverdue(DAY.plusDays(9))).isFalse();
    assertThat(task(State.DONE, DAY.plusDays(1), null, DAY).isOverdue(DAY.plusDays(1))).isTrue();
    assertThat(task(State.CANCELLED, null, null, DAY).isOverdue(DAY.plusDays(9))).isFalse();
  }

  @Test
  void aTaskIsClosedInTimeWhenItWasMendedByItsDeadline() {
    LocalDate tested = DAY.plusDays(5);
    assertThat(task(State.CLOSED, DAY, tested, DAY).isClosedInTime()).isTrue();
    assertThat(task(State.CLOSED, DAY.plusDays(1), tested, DAY).isClosedInTime()).isFalse();
    assertThat(DONE.isClosedInTime()).isFalse();
  }
}
