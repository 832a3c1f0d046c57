package org.rollcall.agent.snmp;

/**
 * How much a device is asked for at once when its tables are walked: values a column, and columns.
 * Both are halved when the device does not answer or says that its answer would be too big, first
 * the values, and grow back while it answers, but not to what failed in the same walk. Kept from
 * walk to walk, so that a weak device is not overfed each time. Its numbers are project defaults.
 * Walks of one device may overlap: any thread.
 */
final class Appetite {

  static final int FIRST_REPETITIONS = 10;
  static final int MOST_REPETITIONS = 32;
  static final int FIRST_COLUMNS = 4;

  /** So many good answers in a row, and it is asked for twice as much. */
  private static final int GOOD_ANSWERS = 4;

  private final boolean bulk;
  private int repetitions;
  private int ceiling;
  private int columns = FIRST_COLUMNS;
  private int mostColumns = FIRST_COLUMNS;
  private int good;

  /** For a device with GETBULK, or without: then it is asked for one value a column. */
  Appetite(boolean bulk) {
    this.bulk = bulk;
    this.repetitions = bulk ? FIRST_REPETITIONS : 1;
    this.ceiling = bulk ? MOST_REPETITIONS : 1;
  }

  synchronized int repetitions() {
    return repetitions;
  }

  synchronized int columns() {
    return columns;
  }

  /** A walk begins: one try above what once failed is allowed. */
  synchronized void sitDown() {
    if (bulk) {
      ceiling = Math.min(MOST_REPETITIONS, ceiling * 2);
      mostColumns = Math.min(FIRST_COLUMNS, mostColumns * 2);
    }
  }

  /** It answered. */
  synchronized void fed() {
    if (++good < GOOD_ANSWERS) {
      return;
    }
    good = 0;
    if (columns < mostColumns) {
      columns = Math.min(mostColumns, columns * 2);
    } else {
      repetitions = Math.min(ceiling, repetitions * 2);
    }
  }

  /** It did not; false when it cannot be asked for less. */
  synchronized boolean less() {
    good = 0;
    if (repetitions > 1) {
      repetitions /= 2;
      ceiling = repetitions;
      return true;
    }
    if (columns > 1) {
      columns /= 2;
      mostColumns = columns;
      return true;
    }
    return false;
  }

  /** One value of one column: the smallest question there is, to see whether anybody is there. */
  synchronized void least() {
    good = 0;
    repetitions = 1;
    columns = 1;
  }

  /** It is there after all. */
  synchronized void recover() {
    repetitions = bulk ? FIRST_REPETITIONS / 2 : 1;
    columns = FIRST_COLUMNS / 2;
  }
}
