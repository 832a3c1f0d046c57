package org.rollcall.agent.spool;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that goes on when the test says so. */
final class ManualClock implements InstantSource {
  private volatile Instant now;

  ManualClock(String now) {
    this.now = Instant.parse(now);
  }

  @Override
  public Instant instant() {
    return now;
  }

  void goOn(Duration by) {
    now = now.plus(by);
  }
}
