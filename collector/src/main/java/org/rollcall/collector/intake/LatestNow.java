package org.rollcall.collector.intake;

import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The latest time that it can be now. A report that speaks of the future is refused for good, so a
 * clock that was set back must not make honest reports look as if they did: time is taken to have
 * gone on, by the monotonic clock, from the latest that it ever was known to be. A clock that is
 * ahead therefore stays the measure until it is right or the process ends. Any thread.
 */
final class LatestNow {
  /** A clock that is put right by less is no clock that was set back. */
  private static final long JUMP_MILLIS = 60_000;

  private static final long NANOS_A_MILLI = 1_000_000;

  private final InstantSource clock;
  private final LongSupplier nanos;
  private long knownMillis;
  private long knownAtNanos;

  /**
   * @param nanos monotonic, such as {@link System#nanoTime}
   */
  LatestNow(InstantSource clock, LongSupplier nanos) {
    this.clock = clock;
    this.nanos = nanos;
    this.knownMillis = clock.millis();
    this.knownAtNanos = nanos.getAsLong();
  }

  /** It is not earlier than this, milliseconds since 1970. */
  synchronized void notBefore(long millis) {
    if (millis > expected()) {
      know(millis);
    }
  }

  /** Milliseconds since 1970. */
  synchronized long millis() {
    long told = clock.millis();
    if (told < expected() - JUMP_MILLIS) {
      return expected();
    }
    know(told);
    return told;
  }

  private long expected() {
    return knownMillis + (nanos.getAsLong() - knownAtNanos) / NANOS_A_MILLI;
  }

  private void know(long millis) {
    knownMillis = millis;
    knownAtNanos = nanos.getAsLong();
  }
}
