package org.rollcall.collector.intake;

import java.time.Clock;
import java.time.Duration;
import java.util.OptionalLong;

/** Lets a repeating log line through once a period and says how many it held back. Any thread. */
public final class LogThrottle {
  private final Clock clock;
  private final long periodMillis;
  private long nextMillis = Long.MIN_VALUE;
  private long heldBack;

  public LogThrottle(Clock clock, Duration period) {
    this.clock = clock;
    this.periodMillis = period.toMillis();
  }

  /** Empty if the line is to be held back; else how many were held back since the last one. */
  public synchronized OptionalLong pass() {
    long now = clock.millis();
    // Further away than a period: the clock was set back.
    if (now < nextMillis && now >= nextMillis - periodMillis) {
      heldBack++;
      return OptionalLong.empty();
    }
    long before = heldBack;
    heldBack = 0;
    nextMillis = now + periodMillis;
    return OptionalLong.of(before);
  }
}
