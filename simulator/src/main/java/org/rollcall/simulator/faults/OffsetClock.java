package org.rollcall.simulator.faults;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The machine's clock, set ahead or back by whoever breaks it. Any thread. */
final class OffsetClock extends Clock {
  private volatile Duration ahead = Duration.ZERO;

  void ahead(Duration by) {
    ahead = by;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return Clock.system(zone);
  }

  @Override
  public Instant instant() {
    return Instant.now().plus(ahead);
  }
}
