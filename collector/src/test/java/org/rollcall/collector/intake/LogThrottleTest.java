package org.rollcall.collector.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class LogThrottleTest {
  private Instant now = Instant.parse("2026-03-01T08:00:00Z");
  private final LogThrottle throttle = new LogThrottle(new Moved(), Duration.ofSeconds(10));

  private final class Moved extends Clock {
    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  @Test
  void oneLineAPeriodSaysHowManyWereHeldBack() {
    assertThat(throttle.pass()).hasValue(0);
    assertThat(throttle.pass()).isEmpty();
    now = now.plusSeconds(9);
    assertThat(throttle.pass()).isEmpty();
    now = now.plusSeconds(1);
    assertThat(throttle.pass()).hasValue(2);
  }

  @Test
  void aClockSetBackSilencesNothing() {
    assertThat(throttle.pass()).hasValue(0);
    now = now.minus(Duration.ofDays(365));
    assertThat(throttle.pass()).hasValue(0);
    assertThat(throttle.pass()).isEmpty();
  }
}
