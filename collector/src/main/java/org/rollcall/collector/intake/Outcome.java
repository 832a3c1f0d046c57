package org.rollcall.collector.intake;

/**
 * What became of one report.
 *
 * @param reason stable code of a refusal, such as {@code bad-subject}; empty unless refused
 */
public record Outcome(Kind kind, String reason) {
  static final Outcome STORED = new Outcome(Kind.STORED, "");
  static final Outcome DUPLICATE = new Outcome(Kind.DUPLICATE, "");
  static final Outcome UNAVAILABLE = new Outcome(Kind.UNAVAILABLE, "");

  /** What the sender should do next. */
  public enum Kind {
    /** It is durable: forget it. */
    STORED,
    /** The same report was durable already: forget it. */
    DUPLICATE,
    /** It will never be accepted as it is: set it aside. */
    MALFORMED,
    /** It speaks in another agent's name: set it aside. */
    NOT_YOURS,
    /** The queue is full beyond what pausing could hold back: send it again later. */
    BUSY,
    /** The store could not take it, nothing is known of it: send it again later. */
    UNAVAILABLE
  }

  /** Whether the sender may forget the report. */
  public boolean durable() {
    return kind == Kind.STORED || kind == Kind.DUPLICATE;
  }
}
