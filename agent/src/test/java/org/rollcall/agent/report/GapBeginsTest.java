package org.rollcall.agent.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.rollcall.protocol.Limits;
import org.rollcall.protocol.v1.Gap;

class GapBeginsTest {
  private static final long TIME = 1_800_000_000_000L;

  private final GapBegins begins = new GapBegins();

  private Gap told(long from, long to) {
    return begins.apart(Gap.newBuilder().setFromMillis(from).setToMillis(to).build());
  }

  @Test
  void whatBeginsTogetherIsToldAsBegunEarlier() {
    assertThat(told(TIME, TIME + 500).getFromMillis()).isEqualTo(TIME);
    assertThat(told(TIME, TIME + 300).getFromMillis()).isEqualTo(TIME - 1);
    assertThat(told(TIME, TIME + 400).getFromMillis()).isEqualTo(TIME - 2);
    assertThat(told(TIME + 7, TIME + 400).getFromMillis()).isEqualTo(TIME + 7);
  }

  @Test
  void nothingBeginsBeforeTheEarliestTime() {
    long earliest = Limits.EARLIEST_MILLIS;
    assertThat(told(earliest, TIME).getFromMillis()).isEqualTo(earliest);
    assertThat(told(earliest, TIME).getFromMillis()).isEqualTo(earliest + 1);
    assertThat(told(earliest + 1, TIME).getFromMillis()).isEqualTo(earliest + 2);
    assertThat(told(earliest, earliest).getFromMillis()).isEqualTo(earliest);
  }

  @Test
  void itForgetsWhatWasToldLongAgo() {
    for (int n = 0; n < 2_000; n++) {
      told(TIME + 10L * n, TIME + 10L * n);
    }
    assertThat(told(TIME, TIME).getFromMillis()).isEqualTo(TIME);
    assertThat(told(TIME + 19_990, TIME + 19_990).getFromMillis()).isEqualTo(TIME + 19_989);
  }
}
