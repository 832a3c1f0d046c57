package org.rollcall.agent.snmp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LinkSpeedTest {

  private static final long ETHERNET = 6;
  private static final long PPP = 23;

  @Test
  void highSpeedIsMegabits() {
    assertThat(LinkSpeed.of(1_000L, 1_000_000_000L, ETHERNET)).isEqualTo(1_000_000_000L);
  }

  @Test
  void beyondTheCapOfIfSpeedHighSpeedDecides() {
    assertThat(LinkSpeed.of(10_000L, 4_294_967_295L, ETHERNET)).isEqualTo(10_000_000_000L);
  }

  @Test
  void whereHighSpeedIsRoundedTheExactSpeedDecides() {
    assertThat(LinkSpeed.of(2L, 2_048_000L, PPP)).isEqualTo(2_048_000L);
  }

  @Test
  void whereTheTwoDisagreeHighSpeedDecides() {
    assertThat(LinkSpeed.of(100L, 1_000_000_000L, ETHERNET)).isEqualTo(100_000_000L);
  }

  @Test
  void withoutHighSpeedOrWithZeroIfSpeedDecides() {
    assertThat(LinkSpeed.of(null, 54_000_000L, ETHERNET)).isEqualTo(54_000_000L);
    assertThat(LinkSpeed.of(0L, 1_000_000_000L, ETHERNET)).isEqualTo(1_000_000_000L);
    assertThat(LinkSpeed.of(0L, 64_000L, PPP)).isEqualTo(64_000L);
  }

  /** As recorded on a D-Link DES-30xx: 100,000,000 in a place for Mbit/s. */
  @Test
  void aHighSpeedInBitsIsNotAHundredTerabits() {
    assertThat(LinkSpeed.of(100_000_000L, 100_000_000L, ETHERNET)).isEqualTo(100_000_000L);
    assertThat(LinkSpeed.of(1_000_000_000L, null, ETHERNET)).isEqualTo(1_000_000_000L);
  }

  /** As recorded on a Topsec firewall: 10000 in a place for bit/s. */
  @Test
  void anEthernetOfTenKilobitsIsTenGigabits() {
    assertThat(LinkSpeed.of(null, 10_000L, ETHERNET)).isEqualTo(10_000_000_000L);
    assertThat(LinkSpeed.of(null, 9_600L, PPP)).isEqualTo(9_600L);
  }

  @Test
  void nothingToldIsUnknown() {
    assertThat(LinkSpeed.of(null, null, null)).isZero();
    assertThat(LinkSpeed.of(0L, 0L, ETHERNET)).isZero();
  }
}
