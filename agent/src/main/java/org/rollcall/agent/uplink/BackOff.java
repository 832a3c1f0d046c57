package org.rollcall.agent.uplink;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before trying again: exponential with full jitter, so that two thousand agents
 * cut off at once do not come back at once. Not thread-safe.
 */
final class BackOff {
  private static final int MAX_DOUBLINGS = 30;

  private final Duration from;
  private final Duration to;
  private final RandomGenerator random;
  private int failures;

  /**
   * @param from shortest wait
   * @param to longest wait
   */
  BackOff(Duration from, Duration to, RandomGenerator random) {
    this.from = from;
    this.to = to;
    this.random = random;
  }

  /** Between {@code from} and a ceiling that doubles with every failure up to {@code to}. */
  Duration next() {
    failures = Math.min(failures + 1, MAX_DOUBLINGS);
    double ceiling = Math.min((double) to.toMillis(), from.toMillis() * Math.pow(2, failures));
    double spread = Math.max(0.0, ceiling - from.toMillis());
    return from.plusMillis((long) (random.nextDouble() * spread));
  }

  void reset() {
    failures = 0;
  }
}
