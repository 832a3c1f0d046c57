package org.rollcall.simulator.district;

/**
 * A class and what stands in its room.
 *
 * @param name e.g. 三(2)班; unique in the school
 * @param grade 1 to 9
 * @param terminal name of its terminal, the second half of its subject, e.g. c0302
 * @param fate what is the matter with the terminal
 */
public record ClassPlan(String name, int grade, String terminal, Fate fate) {

  /** What is the matter with a class's terminal. */
  public enum Fate {
    /** It is on in school hours and answers. */
    WORKS,
    /** Declared and registered, but nobody ever saw it. */
    NEVER_SEEN,
    /** It worked until it was taken away twelve school days ago. */
    IN_REPAIR,
    /** The class has none. */
    ABSENT
  }

  /** Whether the school declares a platform in this class. */
  public boolean declared() {
    return fate != Fate.ABSENT;
  }
}
