package org.rollcall.collector.sheet;

import java.util.Collection;

/**
 * How many marks of each kind; those called are all but {@link RollMark#NO_SCHOOL}.
 *
 * @param called present, absent, disputed and without data together: what a share is of
 */
public record Roll(int called, int present, int absent, int disputed, int noData) {

  public Roll {
    if (called != present + absent + disputed + noData) {
      throw new IllegalArgumentException(
          called + " are not " + present + " + " + absent + " + " + disputed + " + " + noData);
    }
  }

  /** Of a row or of a column. */
  public static Roll of(Collection<Cell> cells) {
    int present = 0;
    int absent = 0;
    int disputed = 0;
    int noData = 0;
    for (Cell cell : cells) {
      switch (cell.mark()) {
        case PRESENT -> present++;
        case ABSENT -> absent++;
        case DISPUTED -> disputed++;
        case NO_DATA -> noData++;
        case NO_SCHOOL -> {
          // Nobody was called.
        }
      }
    }
    return new Roll(present + absent + disputed + noData, present, absent, disputed, noData);
  }

  /** Whether anybody who was called was not simply there. */
  public boolean hasGap() {
    return called > present;
  }
}
