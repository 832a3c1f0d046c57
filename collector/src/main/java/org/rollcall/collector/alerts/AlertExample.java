package org.rollcall.collector.alerts;

import java.time.LocalTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.config.Default;

/**
 * What a rule must say of a signal's course over one day, with lessons from 08:00 to 16:30.
 *
 * @param on what day it is
 * @param steps values from a time on, in the order of time; a value stays until the next step
 * @param until when the example ends
 * @param told when people are told first, not counting what their way adds; null: not before the
 *     end
 */
public record AlertExample(
    String name,
    @Default("school-day") Day on,
    List<Step> steps,
    LocalTime until,
    @Nullable LocalTime told) {

  /** What day it is. */
  public enum Day {
    SCHOOL_DAY,
    HOLIDAY
  }

  /** What is said. */
  public enum Expect {
    /** No alert. */
    QUIET,
    PENDING,
    FIRING,
    RESOLVED
  }

  /**
   * From a time on.
   *
   * @param value of the signal; null: the signal is gone
   * @param expect what is said at that minute
   */
  public record Step(LocalTime at, @Nullable Double value, Expect expect) {}

  public AlertExample {
    steps = List.copyOf(steps);
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("the example " + name + " has no steps");
    }
    LocalTime before = null;
    for (Step step : steps) {
      if (before != null && !step.at().isAfter(before)) {
        throw new IllegalArgumentException(
            "the steps of the example " + name + " are not in the order of time");
      }
      before = step.at();
    }
    if (before != null && until.isBefore(before)) {
      throw new IllegalArgumentException("the example " + name + " ends before its last step");
    }
  }
}
