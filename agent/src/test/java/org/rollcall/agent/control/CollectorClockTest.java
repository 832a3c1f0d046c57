package org.rollcall.agent.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class CollectorClockTest {
  private static final long SECOND = 1_000_000_000;
  private long localMillis = 1_000_000;
  private long nanos = 5 * SECOND;
  private final CollectorClock clock =
      new CollectorClock(() -> Instant.ofEpochMilli(localMillis), () -> nanos);

  @Test
  void beforeItIsToldItIsThisMachinesAndTheSkewIsUnknown() {
    assertThat(clock.skewSeconds()).isEmpty();
    assertThat(clock.millis()).isEqualTo(1_000_000);
  }

  @Test
  void theTimeToldIsHalfARoundTripOld() {
    clock.told(2_000_000, SECOND / 10, nanos);
    assertThat(clock.millis()).isEqualTo(2_000_050);
    assertThat(clock.skewSeconds()).hasValue(-1_000.05);
  }

  @Test
  void whoSetsThisMachinesClockChangesTheSkewAndNotTheTime() {
    clock.told(1_000_000, 0, nanos);
    nanos += 3 * SECOND;
    localMillis += 3_000;
    assertThat(clock.skewSeconds()).hasValue(0);
    localMillis -= 31_536_000_000L;
    assertThat(clock.skewSeconds()).hasValue(-31_536_000);
    assertThat(clock.millis()).isEqualTo(1_003_000);
  }

  @Test
  void aWorseEstimateDoesNotReplaceABetterOneUntilThatIsOld() {
    clock.told(1_000_000, SECOND / 100, nanos);
    nanos += SECOND;
    clock.told(1_000_000, 10 * SECOND, nanos);
    assertThat(clock.millis()).isEqualTo(1_001_005);
    nanos += 100_000 * SECOND;
    clock.told(200_000_000, 10 * SECOND, nanos);
    assertThat(clock.millis()).isEqualTo(200_005_000);
  }

  @Test
  void aCollectorWhoseClockWasSetIsBelievedAtOnceThoughItAnswersSlowerThanBefore() {
    clock.told(1_000_000, SECOND / 1_000, nanos);
    nanos += SECOND;
    clock.told(1_001_000 + 3_600_000, SECOND / 10, nanos);
    assertThat(clock.millis()).isEqualTo(4_601_050);
    clock.told(1_001_000, SECOND / 10, nanos);
    assertThat(clock.millis()).isEqualTo(1_001_050);
  }
}
