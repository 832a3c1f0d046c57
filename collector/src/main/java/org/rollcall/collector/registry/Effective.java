package org.rollcall.collector.registry;

import java.time.LocalDate;

/**
 * Since when a change of the register is in force.
 *
 * @param date its first day; may lie in the past or in the future
 * @param stated whether somebody named that day. If nobody did, a record that is quite new is taken
 *     to have been so ever since: a district that registers today has its older days judged too
 */
record Effective(LocalDate date, boolean stated) {
  /** The beginning of what has always been so. */
  static final LocalDate EVER = LocalDate.of(1, 1, 1);

  /** The end of what is so until further notice. */
  static final LocalDate OPEN_END = LocalDate.of(9999, 12, 31);

  /** The first day of a record that was never there before. */
  LocalDate first() {
    return stated ? date : EVER;
  }
}
