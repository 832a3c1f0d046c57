package org.rollcall.collector.problems;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A cause with what people have written to it.
 *
 * @param acknowledged by whom and when; null while nobody took it on
 * @param ticket null where there is none
 * @param comments how many there are, those to earlier causes of the same id too
 */
public record Case(
    Cause cause, @Nullable Note acknowledged, @Nullable Ticket ticket, int comments) {
  /** What nobody looks after first; then the worst. */
  static final Comparator<Case> FIRST_THINGS_FIRST =
      Comparator.comparing(Case::state).thenComparing(Case::cause, Cause.WORST_FIRST);

  /** Whether somebody has to do something. */
  public enum State {
    /** Nobody has taken it on. */
    OPEN,
    ACKNOWLEDGED,
    /** In a maintenance window: nobody is called. */
    PLANNED
  }

  public State state() {
    if (cause.planned()) {
      return State.PLANNED;
    }
    return acknowledged == null ? State.OPEN : State.ACKNOWLEDGED;
  }
}
