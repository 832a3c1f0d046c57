package org.rollcall.agent.control;

import java.time.InstantSource;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;

/**
 * What time it is at the collector, as well as it can be told from what it says and how long that
 * took to come: the time told plus half the round trip, wrong by at most the other half. Time goes
 * on by the machine's monotonic clock from there, so that somebody who sets this machine's clock is
 * noticed at once. Safe on any thread.
 */
public final class CollectorClock {
  /** How much a better estimate of long ago may have worsened: 100 ms in 1,000 s, a default. */
  private static final double DRIFT = 1e-4;

  private static final long NANOS_A_MILLI = 1_000_000;

  private final InstantSource local;
  private final LongSupplier nanos;

  private boolean told;
  private long toldMillis;
  private long toldAtNanos;
  private double errorMillis;

  /**
   * @param local this machine's clock, which may be wrong
   * @param nanos monotonic, such as {@link System#nanoTime}
   */
  public CollectorClock(InstantSource local, LongSupplier nanos) {
    this.local = local;
    this.nanos = nanos;
  }

  /**
   * The collector's time was told.
   *
   * @param collectorMillis what it said: milliseconds since 1970
   * @param roundTripNanos from the question to the answer
   * @param arrivedNanos when the answer came, by the monotonic clock
   */
  public synchronized void told(long collectorMillis, long roundTripNanos, long arrivedNanos) {
    double error = Math.max(0, roundTripNanos) / 2.0 / NANOS_A_MILLI;
    double aged = errorMillis + DRIFT * (arrivedNanos - toldAtNanos) / NANOS_A_MILLI;
    if (told && error > aged && agrees(collectorMillis + error, arrivedNanos, error + aged)) {
      return;
    }
    told = true;
    toldMillis = collectorMillis + Math.round(error);
    toldAtNanos = arrivedNanos;
    errorMillis = error;
  }

  /** Whether both can be right; if not, somebody has set the collector's clock. */
  private boolean agrees(double millis, long atNanos, double errors) {
    double expected = toldMillis + (double) (atNanos - toldAtNanos) / NANOS_A_MILLI;
    return Math.abs(millis - expected) <= errors + 1;
  }

  /** Milliseconds since 1970 at the collector; this machine's own while nothing was told. */
  public synchronized long millis() {
    return told ? toldMillis + (nanos.getAsLong() - toldAtNanos) / NANOS_A_MILLI : local.millis();
  }

  /**
   * How far this machine's clock is ahead of the collector's, in seconds; behind is negative. Empty
   * while nothing was told.
   */
  public synchronized OptionalDouble skewSeconds() {
    return told ? OptionalDouble.of((local.millis() - millis()) / 1000.0) : OptionalDouble.empty();
  }
}
