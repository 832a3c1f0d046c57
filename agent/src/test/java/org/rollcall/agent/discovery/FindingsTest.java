package org.rollcall.agent.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.rollcall.agent.switches.ForwardingTable;
import org.rollcall.agent.switches.ForwardingTable.Place;
import org.rollcall.agent.switches.Mac;
import org.rollcall.agent.switches.NeighbourTable;
import org.rollcall.agent.switches.NeighbourTable.Neighbour;
import org.rollcall.agent.switches.PortTable;
import org.rollcall.agent.switches.PortTable.Port;
import org.rollcall.agent.switches.SystemNames;
import org.rollcall.protocol.ReportCheck;
import org.rollcall.protocol.v1.Report;
import org.rollcall.protocol.v1.Sighting;

class FindingsTest {
  private static final long TIME = 1_767_225_600_000L;

  private final Networks networks = Networks.parse(List.of("192.168.3.0/24"));
  private final Known known = new Known();
  private final Hosts hosts = new Hosts(networks);
  private final Map<Long, Mac> macs = new HashMap<>();
  private final Cabling cabling = new Cabling();

  private static Mac mac(int last) {
    return new Mac(0x00_1b_00_00_00_00L + last);
  }

  private static long at(int last) {
    return 0xc0_a8_03_00L + last;
  }

  private static NeighbourTable nobody() {
    return new NeighbourTable(List.of(), "");
  }

  /** A switch with so many ports, GE1 and on. */
  private static PortTable ports(int count) {
    Map<Long, Port> ports = new HashMap<>();
    Map<Long, Long> bridge = new HashMap<>();
    for (long i = 1; i <= count; i++) {
      ports.put(100 + i, new Port("GE" + i, "", true));
      bridge.put(i, 100 + i);
    }
    return new PortTable(ports, bridge, "");
  }

  private static ForwardingTable forwarding(Map<Mac, Long> ports) {
    Map<Mac, Place> places = new HashMap<>();
    ports.forEach((mac, port) -> places.put(mac, new Place(port, true)));
    return new ForwardingTable(places, "");
  }

  private List<Sighting> sightings() {
    List<Sighting> all = new Findings(networks, known, hosts, macs, cabling).sightings(TIME);
    Report.Builder report = Report.newBuilder().setAgent("a-1").addAllSightings(all);
    assertThat(ReportCheck.fault(report.build(), TIME)).isNull();
    return all;
  }

  @Test
  void whatIsKnownOfADeviceFromAllSidesIsOneSighting() {
    hosts.open(at(7), 80);
    hosts.open(at(7), 554);
    hosts.answered(at(7), "ping");
    macs.put(at(7), mac(7));
    cabling.add("core", forwarding(Map.of(mac(7), 3L)), ports(4), nobody());
    assertThat(sightings())
        .containsExactly(
            Sighting.newBuilder()
                .setTimeMillis(TIME)
                .setMac("00:1b:00:00:00:07")
                .setAddress("192.168.3.7")
                .setDescription("tcp 80 554")
                .addAllFoundBy(List.of("arp", "fdb", "ping", "tcp"))
                .setSeenAt("core GE3")
                .build());
  }

  @Test
  void whatADeviceSaysOfItselfIsBetterThanItsPorts() {
    hosts.open(at(7), 80);
    hosts.named(at(7), new SystemNames("printer-2", "x".repeat(300), ""));
    assertThat(sightings())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.getName()).isEqualTo("printer-2");
              assertThat(one.getDescription()).hasSize(255);
              assertThat(one.getMac()).isEmpty();
            });
  }

  @Test
  void aDeviceIsAtAnEdgeAndNotOnTheWayThere() {
    Map<Mac, Long> atCore = new HashMap<>();
    for (int i = 1; i <= 9; i++) {
      atCore.put(mac(i), 1L); // nine addresses: the way to the floor
    }
    cabling.add("core", forwarding(atCore), ports(4), nobody());
    cabling.add(
        "floor", forwarding(Map.of(mac(1), 2L, mac(2), 2L, mac(3), 4L)), ports(4), nobody());
    assertThat(sightings())
        .extracting(Sighting::getSeenAt)
        .containsExactly("floor GE2", "floor GE2", "floor GE4");
  }

  @Test
  void behindAPortWithASwitchNobodyStands() {
    Neighbour floor = new Neighbour(2, "GE2", "", mac(200), at(200), "floor", "S5720", true);
    cabling.add(
        "core",
        forwarding(Map.of(mac(1), 2L, mac(3), 4L)),
        ports(4),
        new NeighbourTable(List.of(floor), ""));
    // The switch itself is there, though.
    assertThat(sightings())
        .extracting(s -> s.getMac() + " " + s.getAddress() + " " + s.getSeenAt())
        .containsExactly("00:1b:00:00:00:03  core GE4", "00:1b:00:00:00:c8 192.168.3.200 core GE2");
  }

  @Test
  void aTelephoneWithASwitchInsideIsAnEdge() {
    // Bridge and telephone: a PC hangs on it.
    Neighbour phone = new Neighbour(2, "GE2", "", mac(50), null, "phone", "", false);
    cabling.add(
        "core", forwarding(Map.of(mac(1), 2L)), ports(4), new NeighbourTable(List.of(phone), ""));
    assertThat(sightings()).extracting(Sighting::getSeenAt).containsExactly("core GE2", "core GE2");
  }

  @Test
  void aNeighbourIsOneDeviceThoughItsChassisHasAnotherAddress() {
    macs.put(at(200), mac(201));
    hosts.answered(at(200), "ping");
    Neighbour floor = new Neighbour(2, "", "", mac(200), at(200), "floor", "S5720", true);
    cabling.add("core", forwarding(Map.of()), ports(4), new NeighbourTable(List.of(floor), ""));
    assertThat(sightings())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.getMac()).isEqualTo("00:1b:00:00:00:c9");
              assertThat(one.getFoundByList()).containsExactly("arp", "lldp", "ping");
              assertThat(one.getName()).isEqualTo("floor");
            });
  }

  @Test
  void whatIsConfiguredIsLeftOutByAddressHardwareAddressAndName() {
    known.address(at(7));
    known.name("Core");
    macs.put(at(7), mac(7));
    macs.put(at(8), mac(7)); // its second address
    hosts.answered(at(7), "ping");
    hosts.answered(at(8), "ping");
    Neighbour core = new Neighbour(1, "", "", mac(99), null, "core", "", true);
    cabling.add(
        "floor", forwarding(Map.of(mac(7), 3L)), ports(4), new NeighbourTable(List.of(core), ""));
    assertThat(sightings()).isEmpty();
  }

  @Test
  void whereWhatIsConfiguredStandsIsToldAllTheSame() {
    known.address(at(7));
    known.address(at(2));
    macs.put(at(7), mac(7));
    macs.put(at(8), mac(8));
    Neighbour floor = new Neighbour(1, "GE1", "", mac(2), at(2), "floor", "", true);
    cabling.add("core", forwarding(Map.of()), ports(4), new NeighbourTable(List.of(floor), ""));
    cabling.add("floor", forwarding(Map.of(mac(7), 3L, mac(8), 4L)), ports(4), nobody());
    Findings findings = new Findings(networks, known, hosts, macs, cabling);
    findings.sightings(TIME);
    List<Sighting> placed = findings.placed(TIME);
    Report.Builder report = Report.newBuilder().setAgent("a-1").addAllSightings(placed);
    assertThat(ReportCheck.fault(report.build(), TIME)).isNull();
    assertThat(placed).allMatch(Sighting::getConfigured);
    assertThat(placed)
        .extracting(each -> each.getAddress() + " at " + each.getSeenAt())
        .containsExactly("192.168.3.2 at core GE1", "192.168.3.7 at floor GE3");
  }

  @Test
  void peoplesOwnDevicesAreLeftOut() {
    Mac madeUp = Objects.requireNonNull(Mac.parse("da:a1:19:00:00:01"));
    macs.put(at(9), madeUp);
    hosts.open(at(9), 80);
    cabling.add("core", forwarding(Map.of(madeUp, 2L)), ports(4), nobody());
    Findings findings = new Findings(networks, known, hosts, macs, cabling);
    assertThat(findings.sightings(TIME)).isEmpty();
    assertThat(findings.personal()).isEqualTo(1);
  }

  @Test
  void whatIsOutsideTheNetworksIsNotTold() {
    hosts.answered(0x0a_00_00_01L, "ping");
    macs.put(0x0a_00_00_01L, mac(1));
    macs.put(0x0a_00_00_02L, mac(2));
    Neighbour elsewhere = new Neighbour(3, "", "", mac(4), 0x0a_00_00_04L, "elsewhere", "", false);
    cabling.add(
        "core",
        forwarding(Map.of(mac(2), 2L)),
        ports(4),
        new NeighbourTable(List.of(elsewhere), ""));
    assertThat(sightings()).isEmpty();
  }

  @Test
  void aRouterThatAnswersForOthersIsNotTheirHardwareAddress() {
    for (int i = 1; i <= 40; i++) {
      macs.put(at(i), mac(1));
    }
    hosts.answered(at(5), "ping");
    hosts.answered(at(6), "ping");
    assertThat(sightings())
        .extracting(s -> s.getMac() + s.getAddress())
        .containsExactly("192.168.3.5", "192.168.3.6");
  }

  @Test
  void aGatewayThatRefusesForAllIsNotTwoHundredDevices() {
    networks.forEach(hosts::refused);
    hosts.open(at(7), 80);
    hosts.answered(at(8), "ping");
    assertThat(hosts.forgetOneThatRefusesForAll()).isEqualTo(252);
    assertThat(sightings()).hasSize(2);
  }
}
