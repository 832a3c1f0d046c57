package org.rollcall.collector.rectification;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What is to be mended at a school, by whom, and by when (整改任务).
 *
 * @param failed what the school failed by
 * @param firstDeadline when it was to be mended at first; null where that was never moved
 * @param done the day it was last said to be mended; null before, and after a failed re-test
 * @param failedRetests how many re-tests it has failed
 * @param closed the day of the verdict that closed it; null before
 * @param account who made it
 */
public record Task(
    long id,
    String school,
    Failed failed,
    Plan plan,
    @Nullable LocalDate firstDeadline,
    State state,
    @Nullable LocalDate done,
    int failedRetests,
    @Nullable LocalDate closed,
    String account,
    Instant at,
    Instant changed) {

  public Task {
    if (failedRetests < 0 || (state == State.DONE && done == null)) {
      throw new IllegalArgumentException(
          "Task " + id + " is " + state + " since " + done + " after " + failedRetests);
    }
    if ((state == State.CLOSED) != (closed != null)) {
      throw new IllegalArgumentException("Task " + id + " is " + state + ", closed " + closed);
    }
  }

  /** How far it is; the names are those of the API. */
  public enum State {
    OPEN,
    DONE,
    CLOSED,
    CANCELLED;

    /** Whether something is still to come of it. */
    public boolean isPending() {
      return this == OPEN || this == DONE;
    }
  }

  /**
   * The verdict it was made from, as it was.
   *
   * @param date last day of the verdict's window
   * @param value what was found, in {@code unit}; null when nothing could be
   * @param threshold what the policy asks, in {@code unit}; null when it asks no number
   */
  public record Failed(
      String profile,
      String rule,
      LocalDate date,
      @Nullable Double value,
      @Nullable Double threshold,
      String unit) {}

  /**
   * What is to be done.
   *
   * @param person who is responsible; may be empty
   * @param measure may be empty
   */
  public record Plan(String person, String measure, LocalDate deadline) {
    /** Characters of a measure. Project default. */
    public static final int LONGEST = 500;

    public Plan {
      if (measure.length() > LONGEST) {
        throw new IllegalArgumentException("A measure of " + measure.length() + " characters");
      }
    }
  }

  /**
   * One line of its history.
   *
   * @param account who; empty for the judge
   * @param text may be empty
   */
  public record Step(State state, String account, Instant at, String text) {}

  /** Whether it is late: open after its deadline, or said to be mended after it. */
  public boolean isOverdue(LocalDate today) {
    return switch (state) {
      case OPEN -> today.isAfter(plan.deadline());
      case DONE -> done != null && done.isAfter(plan.deadline());
      case CLOSED, CANCELLED -> false;
    };
  }

  /** Whether it was closed and had been mended by its deadline. */
  public boolean isClosedInTime() {
    return state == State.CLOSED && done != null && !done.isAfter(plan.deadline());
  }
}
