package org.rollcall.collector.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LatestNowTest {
  private static final long START = 1_800_000_000_000L;
  private static final long YEAR = Duration.ofDays(365).toMillis();

  private long clock = START;
  private long nanos = 7;
  private final LatestNow now = new LatestNow(() -> Instant.ofEpochMilli(clock), () -> nanos);

  private void pass(Duration time) {
    clock += time.toMillis();
    nanos += time.toNanos();
  }

  @Test
  void aClockThatGoesRightIsTheMeasure() {
    pass(Duration.ofHours(5));
    assertThat(now.millis()).isEqualTo(START + 5 * 3_600_000);
    clock -= 2_000;
    assertThat(now.millis()).as("put right by seconds").isEqualTo(clock);
  }

  @Test
  void aClockSetBackChangesNothing() {
    clock -= YEAR;
    pass(Duration.ofHours(1));
    assertThat(now.millis()).isEqualTo(START + 3_600_000);
    clock += YEAR;
    assertThat(now.millis()).isEqualTo(clock);
  }

  @Test
  void aClockSetBackBeforeTheStartIsHeldAgainstWhatIsKnown() {
    now.notBefore(START + YEAR);
    pass(Duration.ofMinutes(1));
    assertThat(now.millis()).isEqualTo(START + YEAR + 60_000);
    now.notBefore(START);
    assertThat(now.millis()).isEqualTo(START + YEAR + 60_000);
  }
}
