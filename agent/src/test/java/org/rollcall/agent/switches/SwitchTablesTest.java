package org.rollcall.agent.switches;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rollcall.agent.probe.Credential;
import org.rollcall.agent.switches.TableSource.Device;

class SwitchTablesTest {
  private static final String Q_PORT = "1.3.6.1.2.1.17.7.1.2.2.1.2.";

  private static <T> T await(CompletableFuture<T> table) {
    try {
      return table.get(180, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException failed) {
      throw new AssertionError("no table", failed);
    }
  }

  private static ForwardingTable forwarding(SwitchOnLoopback at) {
    return await(at.reader().forwarding(at.device()));
  }

  @Test
  void aTableOfFiftyThousandRowsIsCutShortAndSaysSo() {
    TableSource huge =
        (device, columns, cells) -> {
          for (long i = 0; i < 50_000 && columns.get(0).startsWith("1.3.6.1.2.1.17.7"); i++) {
            long[] index = {1, 0, 0x1b, 0, i >> 16, i >> 8 & 255, i & 255};
            if (i == 16_384) {
              return CompletableFuture.completedFuture("too-many-rows");
            }
            cells.cell(0, index, 1 + i % 48, null);
          }
          return CompletableFuture.completedFuture("");
        };
    try (SwitchOnLoopback any = new SwitchOnLoopback()) {
      ForwardingTable table = await(new SwitchReader(huge).forwarding(any.device()));
      assertThat(table.places()).hasSize(16_384);
      assertThat(table.reason()).isEqualTo("too-many-rows");
    }
  }

  @Test
  void theCapHoldsOnTheWireToo() {
    try (SwitchOnLoopback device = new SwitchOnLoopback()) {
      for (int i = 0; i < 20_000; i++) {
        device.number(Q_PORT + "1.0.27.0.0." + (i >> 8) + "." + (i & 255), 1 + i % 48);
      }
      ForwardingTable table = forwarding(device);
      assertThat(table.places()).hasSizeBetween(10_000, 16_384);
      assertThat(table.reason()).isEqualTo("too-many-rows");
    }
  }

  @Test
  void rowsThatCannotBeAreLeftOutAndTheOthersKept() {
    try (SwitchOnLoopback device = new SwitchOnLoopback()) {
      device.forwards("00:1b:00:00:00:01", 3, 3);
      device.number(Q_PORT + "1.0.27.0.0.0", 4); // five octets
      device.number(Q_PORT + "1.0.27.0.0.0.2.9", 4); // seven
      device.number(Q_PORT + "1.0.27.0.0.0.300", 4); // no octet
      device.number(Q_PORT + "1.0.27.0.0.0.5", -4);
      device.text(Q_PORT + "1.0.27.0.0.0.6", "port four");
      device.number(Q_PORT + "1.0.27.0.0.0.7", 0); // learnt, port unknown
      device.octets("1.3.6.1.2.1.4.22.1.2.1.10.0.0.1", new byte[] {1, 2, 3});
      device.octets("1.3.6.1.2.1.4.22.1.2.1.10.0.0", new byte[6]);
      device.octets("1.3.6.1.2.1.4.22.1.2.1.10.0.0.2", new byte[] {0, 0x1b, 0, 0, 0, 9});
      device.octets("1.3.6.1.2.1.4.35.1.4.1.2.16.1.2.3", new byte[] {0, 0x1b, 0, 0, 0, 9});
      device.number("1.0.8802.1.1.2.1.4.1.1.4.0.1", 4);
      device.number("1.0.8802.1.1.2.1.4.1.1.5.0.1.1", 4);

      ForwardingTable table = forwarding(device);
      assertThat(table.places())
          .containsOnlyKeys(Mac.parse("00:1b:00:00:00:01"))
          .hasValueSatisfying(new Condition<>(place -> place.basePort() == 3, "port 3"));
      AddressTable addresses = await(device.reader().addresses(device.device()));
      assertThat(addresses.macs()).containsOnlyKeys(0x0a_00_00_02L);
      assertThat(await(device.reader().neighbours(device.device())).neighbours()).isEmpty();
    }
  }

  @Test
  void ofASwitchThatFallsSilentTheRowsBeforeAreKept() {
    try (SwitchOnLoopback device = new SwitchOnLoopback(Duration.ofMillis(500))) {
      for (int i = 0; i < 200; i++) {
        device.forwards("00:1b:00:00:01:%02x".formatted(i), 1 + i % 24, 3);
      }
      device.responder().manner(answer -> List.of(answer).subList(0, spoken(device) ? 0 : 1));
      ForwardingTable table = forwarding(device);
      assertThat(table.places()).isNotEmpty().hasSizeLessThan(200);
      assertThat(table.reason()).isEqualTo("timeout");
    }
  }

  private static boolean spoken(SwitchOnLoopback device) {
    return device.responder().requests.get() > 3;
  }

  @Test
  void aSwitchThatIsNotThereHasEmptyTables() {
    try (SwitchOnLoopback device = new SwitchOnLoopback(Duration.ofMillis(200))) {
      device.responder().manner(answer -> List.of());
      assertThat(forwarding(device)).isEqualTo(new ForwardingTable(Map.of(), "timeout"));
      assertThat(await(device.reader().ports(device.device())).reason()).isEqualTo("timeout");
    }
  }

  @Test
  void withoutAnythingToAskWithNobodyIsAsked() {
    try (SwitchOnLoopback device = new SwitchOnLoopback()) {
      Device unknown = new Device(device.device().at(), passwordAlone());
      assertThat(await(device.reader().forwarding(unknown)).reason()).isEqualTo("no-credential");
      assertThat(device.responder().requests.get()).isZero();
    }
  }

  private static Credential passwordAlone() {
    return new Credential(null, null, null, null, null, null, "secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"00:1b:53:5a:7d:04", "001b-535a-7d04", "001b.535a.7d04", "00-1B-53-5A-7D-04"})
  void aHardwareAddressIsReadAsLabelsAndDevicesShowIt(String text) {
    assertThat(Mac.parse(text)).hasToString("00:1b:53:5a:7d:04");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "00:1b", "00:1b:53:5a:7d:0g", "00:1b:53:5a:7d:04:05", "10.0.0.1"})
  void whatIsNoHardwareAddressIsNone(String text) {
    assertThat(Mac.parse(text)).isNull();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "00:1b:53:5a:7d:04, true",
    "da:a1:19:00:00:01, false", // made up, as telephones do
    "01:00:5e:00:00:fb, false",
    "ff:ff:ff:ff:ff:ff, false",
    "00:00:00:00:00:00, false",
    "00:00:5e:00:01:0a, false", // VRRP
    "00:00:0c:07:ac:01, false", // HSRP
  })
  void onlyWhatAMakerGaveIsADevices(String text, boolean expected) {
    Mac mac = Objects.requireNonNull(Mac.parse(text));
    assertThat(mac.isADevices()).isEqualTo(expected);
  }
}
