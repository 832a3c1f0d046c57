package org.rollcall.collector.sheet;

import org.rollcall.collector.day.Availability;

/**
 * The numbers of the roll call; no policy gives them, so they are project defaults and stand in
 * docs/judging.md. Shares are compared as whole numbers.
 */
public final class RollRule {
  /** A line is present that was up in at least so many percent of the known minutes. */
  public static final int PRESENT_PERCENT = 90;

  /** At least so many percent of the minutes asked must be known, or nothing is said. */
  public static final int KNOWN_PERCENT = 50;

  private RollRule() {}

  /** Whether enough is known: minutes up or down, of all but the planned ones. */
  static boolean isKnown(Availability minutes) {
    return 100L * known(minutes) >= (long) KNOWN_PERCENT * minutes.judged();
  }

  /** Whether a line was up for long enough, by what is known. */
  static boolean isPresent(Availability minutes) {
    return 100L * minutes.up() >= (long) PRESENT_PERCENT * known(minutes);
  }

  static int known(Availability minutes) {
    return minutes.up() + minutes.down();
  }
}
