package org.rollcall.simulator.projector;

/** What POWR tells. */
public enum Power {
  STANDBY('0'),
  ON('1'),
  COOLING('2'),
  WARMING('3');

  private final char digit;

  Power(char digit) {
    this.digit = digit;
  }

  /** As it stands on the wire. */
  char digit() {
    return digit;
  }

  /** Whether a projector in this state is between two others. */
  boolean changing() {
    return this == COOLING || this == WARMING;
  }
}
