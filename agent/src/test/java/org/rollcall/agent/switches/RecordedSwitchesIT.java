package org.rollcall.agent.switches;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables of real switches and routers, asked for over loopback; numbers counted by hand. */
class RecordedSwitchesIT {

  private static <T> T await(CompletableFuture<T> table) {
    try {
      return table.get(180, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException failed) {
      throw new AssertionError("no table", failed);
    }
  }

  /** An address that stands in several VLANs is one. */
  @ParameterizedTest(name = "{0}: {1} addresses, {3} of them on {2}")
  @CsvSource({
    "dcn-dcs-3726c, 3, Port1, 3",
    "dlink-des3038, 28, 1/28, 8",
    "dlink-des3038, 28, 1/25, 5",
    "h3c-e528, 2, GigabitEthernet1/0/24, 2",
    "huawei-s5720, 48, XGigabitEthernet0/0/1, 24",
    "huawei-s5720, 48, GigabitEthernet0/0/2, 12",
    "maipu-sm4200, 24, Ethernet1/1, 24",
    "ruijie-s5750, 381, Gi0/13, 63",
    "ruijie-s5750, 381, Gi0/1, 60",
  })
  void everyAddressIsAtItsPort(String recording, int addresses, String port, int there) {
    try (SwitchOnLoopback device = SwitchOnLoopback.recorded(recording)) {
      ForwardingTable table = await(device.reader().forwarding(device.device()));
      PortTable ports = await(device.reader().ports(device.device()));
      assertThat(table.places()).hasSize(addresses);
      assertThat(table.places().values())
          .filteredOn(place -> ports.name(ports.ifIndex(place.basePort())).equals(port))
          .hasSize(there);
      assertThat(table.reason() + ports.reason()).isEmpty();
    }
  }

  @Test
  void aSwitchThatShowsATableForEachVlanAloneShowsNone() {
    try (SwitchOnLoopback device = SwitchOnLoopback.recorded("cisco-c3560")) {
      ForwardingTable table = await(device.reader().forwarding(device.device()));
      assertThat(table.places()).isEmpty();
      assertThat(table.reason()).isEmpty();
    }
  }

  /** Without those whose hardware address is all zeros: they did not answer. */
  @ParameterizedTest(name = "{0}: {1} addresses")
  @CsvSource({
    "cisco-c3560, 15",
    "dlink-des3038, 4",
    "h3c-e528, 10",
    "huawei-s5720, 49",
    "maipu-sm4200, 51",
    "ruijie-s5750, 408",
    "topsec-ngfw4000, 845",
    "windows-xp, 2"
  })
  void everyIpv4AddressHasItsHardwareAddress(String recording, int addresses) {
    try (SwitchOnLoopback device = SwitchOnLoopback.recorded(recording)) {
      AddressTable table = await(device.reader().addresses(device.device()));
      assertThat(table.macs()).hasSize(addresses);
      assertThat(table.reason()).isEmpty();
    }
  }

  @Test
  void theNeighbourOfARealSwitchIsASwitchAtItsPort() {
    try (SwitchOnLoopback device = SwitchOnLoopback.recorded("h3c-e528")) {
      NeighbourTable table = await(device.reader().neighbours(device.device()));
      // Its time mark is 1169175.
      assertThat(table.neighbours())
          .singleElement()
          .satisfies(
              neighbour -> {
                assertThat(neighbour.localPort()).isEqualTo(24);
                assertThat(neighbour.mac()).isEqualTo(Mac.parse("38:91:d5:fb:74:2c"));
                assertThat(neighbour.address()).isEqualTo(10L << 24 | 1 << 16 | 123 << 8 | 2);
                assertThat(neighbour.name()).isEqualTo("WRD-Huiju-2");
                assertThat(neighbour.description()).startsWith("H3C Comware Platform Software");
                assertThat(neighbour.forwards()).isTrue();
              });
    }
  }

  @Test
  void aDeviceTellsItsNameAndDescriptionOnOneLine() {
    try (SwitchOnLoopback device = SwitchOnLoopback.recorded("huawei-s5720")) {
      SystemNames system = await(device.reader().system(device.device()));
      assertThat(system.name()).isEqualTo("DUMSYS-05");
      assertThat(system.description()).startsWith("S5720-36C-EI-AC Huawei Versatile Routing");
    }
  }
}
