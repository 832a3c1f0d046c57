package org.rollcall.agent.reach.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.rollcall.agent.reach.Looks.assertUnknown;
import static org.rollcall.agent.reach.Looks.entry;
import static org.rollcall.agent.reach.Looks.look;

import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rollcall.agent.probe.NameLookup;
import org.rollcall.agent.reach.ping.PingProgram;
import org.rollcall.protocol.v1.Observation;

/** A route over three hops, real but for its length: the last of them is the anchor. */
class PathIT {
  private static final Clock CLOCK = Clock.systemUTC();
  private static final NameLookup NAMES = new NameLookup(CLOCK);

  @SuppressWarnings("NullAway.Init")
  private static RoutedNetworks networks;

  @SuppressWarnings("NullAway.Init")
  private static PingProgram ping;

  @BeforeAll
  static void build() throws IOException {
    networks = new RoutedNetworks();
    ping = new PingProgram(networks.inSchool("ping"), CLOCK);
    // Neighbours are found first; until then a hop may be silent.
    await().until(() -> hops(RoutedNetworks.ANCHOR) == 3 && hops(RoutedNetworks.ANCHOR_V6) == 3);
  }

  @AfterAll
  static void remove() throws IOException {
    ping.close();
    NAMES.close();
    networks.close();
  }

  private static double hops(String anchor) {
    return check(anchor, "districtNetworks", "10.0.0.0/8").getMeasuresOrDefault("hops", 0);
  }

  private static Observation check(String anchor, String... options) {
    return look(
        new PathProbes(ping, NAMES, CLOCK).probe(entry("path", "path:edu", anchor, options)));
  }

  @ParameterizedTest
  @CsvSource({
    "10.71.3.2, '10.71.2.2', 172.16.0.0/12, 1, 0",
    "10.71.3.2, '192.0.2.0/24,10.71.2.0/24', 172.16.0.0/12, 1, 0",
    "10.71.3.2, 192.0.2.0/24, 172.16.0.0/12, 0, 0",
    "10.71.3.2, 10.71.3.2, 172.16.0.0/12, 0, 0",
    "10.71.3.2, 192.0.2.0/24, 10.71.2.0/24, 0, 1",
    "10.71.3.2, 10.71.1.0/24, 10.71.2.0/24, 1, 1",
    "fd71:3::2, fd71:2::/64, 172.16.0.0/12, 1, 0",
    "fd71:3::2, 2001:db8::/32, fd71:2::2, 0, 1"
  })
  void theRoutersOnTheWayTellWhoseNetworkItIs(
      String anchor, String district, String vpn, double viaDistrict, double overVpn) {
    Observation seen = check(anchor, "districtNetworks", district, "vpnNetworks", vpn);
    assertThat(seen.getReason()).isEmpty();
    assertThat(seen.getMeasuresMap())
        .isEqualTo(Map.of("hops", 3.0, "viaDistrict", viaDistrict, "vpn", overVpn));
    assertThat(seen.getThroughList()).hasSize(2).doesNotContain(anchor);
  }

  @Test
  void onlyTheFirstHopsAreLookedAt() {
    Observation seen = check(RoutedNetworks.ANCHOR, "districtNetworks", "10.71.2.2", "hops", "1");
    assertThat(seen.getReason()).isEmpty();
    assertThat(seen.getMeasuresMap()).isEqualTo(Map.of("hops", 1.0, "viaDistrict", 0.0));
    assertThat(seen.getThroughList())
        .hasSize(1)
        .allMatch(gateway -> gateway.startsWith("10.71.1."));
  }

  @Test
  void theWayToAPartnerSchoolIsToldUnderItsName() {
    Observation seen =
        look(
            new PathProbes(ping, NAMES, CLOCK)
                .probe(
                    entry(
                        "path",
                        "path:partner-no2",
                        RoutedNetworks.ANCHOR,
                        "districtNetworks",
                        "10.71.2.0/24")));
    assertThat(seen.getSubject()).isEqualTo("path:partner-no2");
    assertThat(seen.getMeasuresMap()).isEqualTo(Map.of("hops", 3.0, "viaDistrict", 1.0));
  }

  /** Who says that there is no way on may be the school's own gateway: it proves nothing. */
  @Test
  void aWayThatEndsProvesNothing() {
    Observation seen = check(RoutedNetworks.NOWHERE, "districtNetworks", "10.71.0.0/16");
    assertThat(seen.getReason()).isEqualTo("unreachable");
    assertThat(seen.getMeasuresMap()).isEqualTo(Map.of("hops", 0.0));
  }

  @Test
  void busyboxDoesNotSayWhoAnswered() {
    try (PingProgram busybox = new PingProgram(networks.inSchool("busybox", "ping"), CLOCK)) {
      assertUnknown(
          look(
              new PathProbes(busybox, NAMES, CLOCK)
                  .probe(
                      entry(
                          "path",
                          "path:edu",
                          RoutedNetworks.ANCHOR,
                          "districtNetworks",
                          "10.71.2.2"))),
          "ping-cannot-trace");
    }
  }
}
