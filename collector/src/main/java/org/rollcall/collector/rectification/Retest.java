package org.rollcall.collector.rectification;

import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.rollcall.collector.judge.Mark;
import org.rollcall.collector.judge.Verdict.Outcome;

/**
 * What the judge's verdicts say of a task that is said to be mended.
 *
 * @param date of the verdict that decides
 * @param passed whether it is met: closes the task; else it is open again
 */
public record Retest(LocalDate date, boolean passed) {

  /**
   * The first verdict of the task's rule after the day it was said to be mended that says met or
   * not met. What is unknown decides nothing. A pure function: when it is asked changes nothing.
   *
   * @param marks of any schools, rules and days, in any order
   * @return empty while none decides, and for a task that is not said to be mended
   */
  public static Optional<Retest> of(Task task, Collection<Mark> marks) {
    LocalDate done = task.done();
    if (task.state() != Task.State.DONE || done == null) {
      return Optional.empty();
    }
    return marks.stream()
        .filter(mark -> mark.school().equals(task.school()))
        .filter(mark -> mark.profile().equals(task.failed().profile()))
        .filter(mark -> mark.rule().equals(task.failed().rule()))
        .filter(mark -> mark.date().isAfter(done))
        .filter(mark -> mark.outcome() == Outcome.MET || mark.outcome() == Outcome.NOT_MET)
        .min(Comparator.comparing(Mark::date))
        .map(mark -> new Retest(mark.date(), mark.outcome() == Outcome.MET));
  }
}
