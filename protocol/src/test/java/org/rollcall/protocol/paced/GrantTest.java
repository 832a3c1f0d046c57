package org.rollcall.protocol.paced;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class GrantTest {
  @Test
  void tenMegabitForTenSecondsMoveLessThanFifteenMegabytes() {
    Grant grant = Grant.of(10e6, 10, 15_000_000);

    assertThat(grant).isEqualTo(new Grant(10_500_000, 6_000, 4_000));
    assertThat(grant.bytes()).isEqualTo(13_125_000);
    assertThat((long) grant.datagrams(6_000) + grant.datagrams(4_000))
        .isLessThan(15_000_000 / Datagrams.IP_BYTES);
  }

  @Test
  void whereTheBytesDoNotLastTheUploadIsCutFirst() {
    assertThat(Grant.of(10e6, 10, 9_000_000)).isEqualTo(new Grant(10_500_000, 6_000, 857));
    assertThat(Grant.of(100e6, 10, 15_000_000)).isEqualTo(new Grant(105_000_000, 1_142, 0));
  }

  @Test
  void whatIsNoTestIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> Grant.of(Double.NaN, 10, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> Grant.of(10e6, 61, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> Grant.of(10e6, 10, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Grant(0, 10, 10));
  }

  @Test
  void aSenderThatWasHeldUpMakesNoBurst() {
    Pace pace = new Pace(11_424_000, 0, 10_000, 100_000); // one datagram a millisecond
    assertThat(pace.due(0)).isEqualTo(1);
    pace.sent(0);
    assertThat(pace.due(1_000_000)).isEqualTo(1);
    pace.sent(1_000_000);

    assertThat(pace.due(101_000_000)).isLessThanOrEqualTo(20);
  }

  @Test
  void aDatagramCountsOnceAndOnlyIfItWasGranted() {
    Arrivals arrivals = new Arrivals(10, true);
    arrivals.add(0, 0, 1_000_000);
    arrivals.add(1, 1_000_000, 3_000_000);
    arrivals.add(1, 1_000_000, 3_000_000);
    arrivals.add(10, 0, 3_000_000);
    arrivals.add(-1, 0, 3_000_000);

    assertThat(arrivals.received()).isEqualTo(2);
    assertThat(arrivals.strange()).isEqualTo(3);
    assertThat(arrivals.nanos()).isEqualTo(2_000_000);
    assertThat(arrivals.bytesAfterFirst()).isEqualTo(1_428);
  }
}
