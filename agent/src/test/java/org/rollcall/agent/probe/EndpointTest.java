package org.rollcall.agent.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {

  @ParameterizedTest
  @CsvSource({
    "10.1.0.1, 10.1.0.1, 161",
    "10.1.0.1:1161, 10.1.0.1, 1161",
    "router.school.cn:162, router.school.cn, 162",
    "[fe80::1]:1161, fe80::1, 1161",
    "[2001:db8::7], 2001:db8::7, 161",
    "2001:db8::7, 2001:db8::7, 161",
  })
  void anAddressIsAHostAndAPort(String text, String host, int port) {
    assertThat(Endpoint.parse(text, 161)).isEqualTo(new Endpoint(host, port));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "10.1.0.1:0", "10.1.0.1:70000", "a:b:c", "http://x", "[1:2", "a b", "x:"})
  void whatIsNoAddressIsRefusedAndNamed(String text) {
    assertThatThrownBy(() -> Endpoint.parse(text, 161))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + text + "'");
  }

  @Test
  void aPortThatMustBeNamedIsAskedFor() {
    assertThatThrownBy(() -> Endpoint.parse("10.0.0.1", Endpoint.NO_DEFAULT_PORT))
        .hasMessage("address '10.0.0.1' names no port: write host:port");
  }

  @Test
  void onlyAddressesAreLiteral() {
    assertThat(new Endpoint("10.1.0.1", 1).literal()).isNotNull();
    assertThat(new Endpoint("2001:db8::7", 1).literal()).isNotNull();
    assertThat(new Endpoint("router", 1).literal()).isNull();
    assertThat(new Endpoint("10.1.0", 1).literal()).isNull();
    assertThat(new Endpoint("10.1.0.1.cn", 1).literal()).isNull();
    assertThat(new Endpoint("10.1.0.256", 1).literal()).isNull();
  }
}
