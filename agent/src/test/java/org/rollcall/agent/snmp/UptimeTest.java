package org.rollcall.agent.snmp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class UptimeTest {

  private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
  private static final long WRAP = 1L << 32;

  private final Uptime uptime = new Uptime();

  @Test
  void ticksAreHundredthsOfASecond() {
    assertThat(uptime.seconds(START, 12_345, null)).isEqualTo(123.45);
  }

  /** librenms #13896 and #1426: after 497 days hosts seemed to have started again. */
  @Test
  void aWrapSeenHappeningIsCountedOn() {
    uptime.seconds(START, WRAP - 3_000, null);
    assertThat(uptime.seconds(START.plusSeconds(60), 3_000, null))
        .isEqualTo((WRAP + 3_000) / 100.0);
    assertThat(uptime.seconds(START.plusSeconds(120), 9_000, null))
        .isEqualTo((WRAP + 9_000) / 100.0);
  }

  @Test
  void aRestartBeginsAtNought() {
    uptime.seconds(START, WRAP - 3_000_000, null);
    assertThat(uptime.seconds(START.plusSeconds(60), 3_000, null)).isEqualTo(30.0);
  }

  @Test
  void aWrapBeforeTheFirstLookIsKnownFromTheEngine() {
    long engineSeconds = (2 * WRAP + 100_000) / 100;
    assertThat(uptime.seconds(START, 100_000, engineSeconds))
        .isEqualTo((2 * WRAP + 100_000) / 100.0);
  }

  @Test
  void anEngineThatTellsAnotherStoryIsNotBelieved() {
    assertThat(uptime.seconds(START, 100_000, 90_000_000L)).isEqualTo(1_000.0);
  }
}
