package org.rollcall.agent.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rollcall.agent.switches.Mac;
import org.rollcall.config.SettingsException;
import org.rollcall.config.SettingsReader;

class NetworksTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "192.168.3.0/24, 192.168.3.1, 192.168.3.254, 254",
    "10.0.16.0/20, 10.0.16.1, 10.0.31.254, 4094",
    "10.0.0.4/30, 10.0.0.5, 10.0.0.6, 2",
    "10.0.0.4/31, 10.0.0.4, 10.0.0.5, 2",
    "10.0.0.4, 10.0.0.4, 10.0.0.4, 1",
  })
  void theFirstAndLastOfANetworkAreNobodys(String text, String first, String last, long hosts) {
    Ipv4Network network = Ipv4Network.parse(text);
    assertThat(Ipv4Network.text(network.firstHost())).isEqualTo(first);
    assertThat(Ipv4Network.text(network.lastHost())).isEqualTo(last);
    assertThat(network.hosts()).isEqualTo(hosts);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10.0.0",
        "10.0.0.0/33",
        "10.0.0.0/",
        "10.0.0.256/32",
        "10.0.0.0/-1",
        "a.b.c.d/24",
        "fd00::/64",
        "10.0.0.1.2/24",
        "0.0.0.0/0",
        "224.0.0.0/24",
        "255.255.255.255",
        "0.1.0.0/24"
      })
  void whatIsNoNetworkOfDevicesIsRefused(String text) {
    assertThatThrownBy(() -> Networks.parse(List.of(text)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aNetworkThatDoesNotBeginWhereItSaysIsCorrected() {
    assertThatThrownBy(() -> Ipv4Network.parse("192.168.3.7/24"))
        .hasMessage("192.168.3.7/24 does not begin at 192.168.3.7: write 192.168.3.0/24");
  }

  @Test
  void moreThanASchoolHasIsRefused() {
    assertThat(Networks.parse(List.of("10.0.0.0/20")).addresses()).isEqualTo(4094);
    assertThatThrownBy(() -> Networks.parse(List.of("10.0.0.0/20", "10.1.0.0/24")))
        .hasMessageContaining("hold 4348 addresses, and at most 4096 are looked at");
    assertThatThrownBy(() -> Networks.parse(List.of("10.0.0.0/8")))
        .hasMessageContaining("at most 4096");
    assertThatThrownBy(() -> Networks.parse(List.of("10.0.0.0/24", "10.0.0.128/25")))
        .hasMessageContaining("overlap");
  }

  record File(DiscoverySettings discovery) {}

  @Test
  void theSectionIsReadWithItsDefaults() throws SettingsException {
    DiscoverySettings settings =
        read(
            """
            discovery:
              networks: [192.168.3.0/24]
              switches:
                - {subject: "switch:core"}
                - {address: 192.168.1.2, credential: switches}
            """);
    assertThat(settings.interval()).hasHours(24);
    assertThat(settings.rate()).isEqualTo(20);
    assertThat(settings.triedPorts()).containsExactly(22, 80, 135, 445, 554, 3389, 4352, 9100);
    assertThat(settings.credentials()).isEmpty();
    assertThat(settings.switches()).hasSize(2);
    assertThat(read("discovery: {networks: [10.0.0.0/24], ports: []}").triedPorts()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "discovery: {networks: []}",
        "discovery: {networks: [10.0.0.0/8]}",
        "discovery: {networks: [10.0.0.0/24], rate: 1000}",
        "discovery: {networks: [10.0.0.0/24], interval: 1m}",
        "discovery: {networks: [10.0.0.0/24], ports: [0]}",
        "discovery: {networks: [10.0.0.0/24], ports: [80, 80]}",
        "discovery: {networks: [10.0.0.0/24], switches: [{credential: x}]}",
        "discovery: {networks: [10.0.0.0/24], switches: [{subject: core}]}",
      })
  void aSectionThatCannotBeIsRefused(String yaml) {
    assertThatThrownBy(() -> read(yaml)).isInstanceOf(SettingsException.class);
  }

  private static DiscoverySettings read(String yaml) throws SettingsException {
    return SettingsReader.read("agent.yaml", yaml, Path.of("."), File.class).discovery();
  }

  @Test
  void noMorePacketsGoThanTheRateAllows() {
    AtomicLong now = new AtomicLong(Long.MAX_VALUE - 3); // a monotonic clock may wrap
    Pace pace = new Pace(20, now::get);
    List<Long> sent = new ArrayList<>();
    for (long tick = 0; tick < 2_000; tick++) {
      if (pace.waitNanos() == 0) {
        pace.sent(1);
        sent.add(tick);
      }
      now.addAndGet(1_000_000);
    }
    assertThat(sent).hasSize(40);
    assertThat(pace.packets()).isEqualTo(40);
    // Nothing is saved up while nobody asks.
    now.addAndGet(10_000_000_000L);
    pace.sent(1);
    assertThat(pace.waitNanos()).isEqualTo(50_000_000);
  }

  @Test
  void theMachinesOwnArpTableIsReadWhateverStandsInIt() throws IOException {
    Path arp = folder.resolve("arp");
    Files.writeString(
        arp,
        """
        IP address       HW type     Flags       HW address            Mask     Device
        192.168.3.1      0x1         0x2         00:1b:53:5a:7d:04     *        eth0
        192.168.3.2      0x1         0x0         00:00:00:00:00:00     *        eth0
        192.168.3.3      0x1         0x0         00:1b:53:5a:7d:05     *        eth0
        192.168.3.4      0x1         0xzz        00:1b:53:5a:7d:06     *        eth0
        192.168.3.5
        192.168.3.300    0x1         0x2         00:1b:53:5a:7d:07     *        eth0
        192.168.3.6      0x1         0x6         da:a1:19:00:00:01     *        eth0
        """);
    assertThat(OwnArp.read(arp))
        .containsOnlyKeys(Ipv4Network.number("192.168.3.1"), Ipv4Network.number("192.168.3.6"))
        .containsValue(Mac.parse("00:1b:53:5a:7d:04"));
    assertThat(OwnArp.read(folder.resolve("none"))).isEmpty();
  }
}
