package org.rollcall.agent.reach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworksTest {

  @ParameterizedTest
  @CsvSource({
    "10.12.0.0/16, 10.12.255.255, true",
    "10.12.0.0/16, 10.13.0.0, false",
    "10.12.16.0/20, 10.12.31.255, true",
    "10.12.16.0/20, 10.12.32.0, false",
    "172.16.0.0/12, 172.31.1.1, true",
    "172.16.0.0/12, 172.32.1.1, false",
    "0.0.0.0/0, 203.0.113.9, true",
    "192.0.2.7, 192.0.2.7, true",
    "192.0.2.7, 192.0.2.6, false",
    "2001:db8::/33, 2001:db8:7fff::1, true",
    "2001:db8::/33, 2001:db8:8000::1, false",
    "::/0, 10.0.0.1, false",
    "0.0.0.0/0, ::1, false"
  })
  void anAddressLiesInANetworkOrDoesNot(String network, String address, boolean inside)
      throws UnknownHostException {
    assertThat(Networks.parse(network).contains(InetAddress.getByName(address))).isEqualTo(inside);
  }

  @Test
  void anyOfSeveralWillDo() throws UnknownHostException {
    Networks networks = Networks.parse("10.1.0.0/16, 2001:db8::/32 ,192.0.2.7");
    assertThat(networks.contains(InetAddress.getByName("2001:db8::5"))).isTrue();
    assertThat(networks.contains(InetAddress.getByName("192.0.2.7"))).isTrue();
    assertThat(networks.contains(InetAddress.getByName("10.2.0.1"))).isFalse();
    assertThat(networks.contains(null)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10.0.0.0/33",
        "10.0.0.0/",
        "10.0.0.0/-1",
        "2001:db8::/129",
        "www.example.org",
        "10.0.0.0/8,",
        "10.0.0/8",
        "10.0.0.0/8/8",
        "10.0.0.0/٣"
      })
  void whatIsNoNetworkIsRefused(String text) {
    assertThatThrownBy(() -> Networks.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is no network: write 10.12.0.0/16");
  }
}
