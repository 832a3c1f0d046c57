package org.rollcall.simulator.projector;

/** A manner of a model in the field, or a fault, that differs from the specification. */
public enum Quirk {
  /** {@code CLSS=Class 1}, as Optoma answers. */
  CLASS_IN_WORDS,
  /** {@code CLSS=Version1}, as BenQ answers. */
  CLASS_AS_VERSION,
  /** Every question but CLSS is answered ERR3 in standby and while it warms or cools. */
  UNAVAILABLE_UNLESS_ON,
  /** Nothing is answered in standby and while it warms or cools, as NEC units do. */
  SILENT_UNLESS_ON,
  /** A second connection is closed at once. */
  ONE_CONNECTION,
  /** Greets no more once three connections came within ten seconds, as Sony units do. */
  LOCKS_UP_WHEN_ASKED_OFTEN,
  /** Ends every line with CR and LF. */
  ENDS_LINES_WITH_CRLF,
  /** LAMP is answered ERR1: a laser, as Panasonic's. */
  NO_LAMP_COUNT,
  /** The fourth digit of ERST is always 0, as Panasonic's. */
  NO_COVER_SWITCH,
  /** Closes in the middle of its first answer. */
  HANGS_UP_MID_LINE,
  /** Closes as soon as it is connected to. */
  HANGS_UP_AT_ONCE,
  /** Sends its first answer without an end and waits. */
  NEVER_ENDS_ITS_LINE,
  /** The first answer is a line of 1 MiB. */
  ENDLESS_LINE,
  /** Tells every answer twice. */
  ANSWERS_TWICE,
  /** Answers after three seconds: the specification allows two. */
  ANSWERS_LATE,
  /** Says something else in the place of the greeting. */
  GREETS_WITH_GARBAGE,
  /** Says nothing when connected to. */
  NEVER_GREETS,
  /** Answers nothing when asked for SHA-256, and waits. */
  IGNORES_SHA256
}
