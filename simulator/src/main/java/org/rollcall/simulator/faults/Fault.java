package org.rollcall.simulator.faults;

import java.time.Duration;

/** What can befall a part of a run. */
enum Fault {
  /** A line: connections break, and new ones are closed at once. */
  CUT,
  /** A line: connections stay, and no byte passes. */
  STALL,
  /** A line: a few KiB a second pass. */
  SLOW,
  /** A line: bits of what passes are turned over. */
  CORRUPT,
  /** A line: one side is closed, and the other is not told. */
  HALF_OPEN,
  /** A line: cut until spools with little room have lost something. */
  OUTGROWN,
  /** A process: kill -9, then started again. */
  KILLED,
  /** A process: SIGSTOP, then SIGCONT. */
  FROZEN,
  /** A disk: not a byte is left. */
  DISK_FULL,
  /** A disk: full, and the process on it is killed and started again meanwhile. */
  DISK_FULL_AND_KILLED,
  /** A store: comes back with nothing in it. */
  EMPTIED,
  /** A clock: one hour ahead, then right again; so for the others. */
  HOUR_AHEAD,
  HOUR_BACK,
  YEAR_AHEAD,
  YEAR_BACK;

  /** How far the clock is set ahead; zero for what is no fault of a clock. */
  Duration ahead() {
    return switch (this) {
      case HOUR_AHEAD -> Duration.ofHours(1);
      case HOUR_BACK -> Duration.ofHours(-1);
      case YEAR_AHEAD -> Duration.ofDays(365);
      case YEAR_BACK -> Duration.ofDays(-365);
      default -> Duration.ZERO;
    };
  }

  /**
   * What a line does under it.
   *
   * @throws IllegalStateException for what is no fault of a line
   */
  FaultyLine.Mode mode() {
    return switch (this) {
      case CUT, OUTGROWN -> FaultyLine.Mode.CUT;
      case STALL -> FaultyLine.Mode.STALL;
      case SLOW -> FaultyLine.Mode.SLOW;
      case CORRUPT -> FaultyLine.Mode.CORRUPT;
      case HALF_OPEN -> FaultyLine.Mode.HALF_OPEN;
      default -> throw new IllegalStateException("BUG: no fault of a line: " + this);
    };
  }

  boolean isOfClock() {
    return !ahead().isZero();
  }
}
