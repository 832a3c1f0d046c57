package org.rollcall.collector.sheet;

/** What the roll call of one school, class or seat came to on one day, the worst first. */
public enum RollMark {
  /** It was called and was not there. */
  ABSENT,
  /** What is declared of it and what was seen contradict each other. */
  DISPUTED,
  /** Too little is known to say either. */
  NO_DATA,
  /** It was there. */
  PRESENT,
  /**
   * No roll was called: no lessons, nothing but maintenance, lessons not begun, a room not used.
   */
  NO_SCHOOL;

  /** Whether it was called and is not simply there. */
  public boolean isGap() {
    return this == ABSENT || this == DISPUTED || this == NO_DATA;
  }
}
