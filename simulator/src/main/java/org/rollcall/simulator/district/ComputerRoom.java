package org.rollcall.simulator.district;

import java.time.LocalDate;

/**
 * When a school's computer room is in use, as a pure function of the day: four school days in five,
 * all of its computers but those that are broken and, now and then, one that was left off.
 *
 * @param pcs how many computers stand in it
 * @param broken how many of them never answer; the first by number
 */
record ComputerRoom(long seed, int pcs, int broken) {
  private static final double USED = 0.8;
  private static final double ONE_LEFT_OFF = 0.15;

  /** Whether anybody switches the room on that day. */
  boolean isUsed(LocalDate day) {
    return Dice.unit(seed, 2 * day.toEpochDay()) < USED;
  }

  /** Whether the n-th computer, from 1, is on when the room is used. */
  boolean isOn(int number, LocalDate day) {
    return number > broken && number != leftOff(day);
  }

  /**
   * The computer left off that day; 0: none. Where one is broken all others are needed, and
   * everybody sees to it that they are on.
   */
  private int leftOff(LocalDate day) {
    double chance = Dice.unit(seed, 2 * day.toEpochDay() + 1);
    return broken > 0 || chance >= ONE_LEFT_OFF ? 0 : 1 + (int) (chance / ONE_LEFT_OFF * pcs);
  }
}
