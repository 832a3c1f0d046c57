package org.rollcall.simulator.faults;

/** Something that must hold under every fault did not; the message says what. */
final class BrokenPromiseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BrokenPromiseException(String message) {
    super(message);
  }
}
