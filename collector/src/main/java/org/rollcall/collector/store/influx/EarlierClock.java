package org.rollcall.collector.store.influx;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * The earlier of this machine's clock and InfluxDB's, as its last answer told it. What is too old
 * goes by this: a clock that is ahead would refuse what is of today, for good, and call days rolled
 * up that have not come. Any thread.
 */
final class EarlierClock extends Clock {
  private final Clock own;
  private volatile @Nullable Heard heard;

  private record Heard(Instant time, long nanos) {}

  EarlierClock(Clock own) {
    this.own = own;
  }

  /** InfluxDB says that it is this late now. */
  void heard(Instant time) {
    heard = new Heard(time, System.nanoTime());
  }

  @Override
  public Instant instant() {
    Instant here = own.instant();
    Heard last = heard;
    if (last == null) {
      return here;
    }
    Instant there = last.time().plusNanos(System.nanoTime() - last.nanos());
    return there.isBefore(here) ? there : here;
  }

  @Override
  public ZoneId getZone() {
    return own.getZone();
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
