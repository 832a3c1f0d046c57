package org.rollcall.collector.registry;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;

/** A clock that a test sets, in Asia/Shanghai. */
public final class SetClock extends Clock {
  private volatile Instant now;

  public SetClock(LocalDate date, LocalTime time) {
    now = instant(date, time);
  }

  public void set(LocalDate date, LocalTime time) {
    now = instant(date, time);
  }

  /** Goes on, or back. */
  public void advance(Duration by) {
    now = now.plus(by);
  }

  private static Instant instant(LocalDate date, LocalTime time) {
    return date.atTime(time).atZone(Registry.ZONE).toInstant();
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return Registry.ZONE;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
