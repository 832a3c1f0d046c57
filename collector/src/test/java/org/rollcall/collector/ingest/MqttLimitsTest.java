package org.rollcall.collector.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.collector.identity.ForeignLogin;

class MqttLimitsTest {
  @TempDir Path folder;

  /** Long enough for a client that means to connect, however busy the machine is. */
  private static final Duration PATIENT = Duration.ofMinutes(1);

  private Door door(int connections, int perAddress, Duration connectTimeout) throws IOException {
    return new Door(
        folder,
        new MqttSettings.Limits(
            connections, perAddress, connections, connectTimeout, Duration.ofSeconds(1)));
  }

  @Test
  void whoeverSendsTheConnectTooSlowlyIsClosed() throws IOException {
    try (Door door = door(10, 0, Duration.ofMillis(300));
        RawClient silent = RawClient.plain(door.ingest.plainPort());
        RawClient drip = RawClient.plain(door.ingest.plainPort());
        RawClient noHandshake = RawClient.plain(door.ingest.tlsPort())) {
      drip.raw(new byte[] {0x10, 0x20, 0});
      assertThat(silent.read()).isEqualTo(RawClient.Packet.END);
      assertThat(drip.read()).isEqualTo(RawClient.Packet.END);
      assertThat(noHandshake.read()).isEqualTo(RawClient.Packet.END);
      await().untilAsserted(() -> assertThat(door.ingest.counts().open()).isZero());
      assertThat(door.ingest.counts().tooSlow()).isPositive();
    }
  }

  @Test
  void connectionsBeyondTheLimitAreTurnedAway() throws IOException {
    try (Door door = door(2, 0, PATIENT);
        RawClient one = RawClient.plain(door.ingest.plainPort());
        RawClient two = RawClient.plain(door.ingest.tlsPort())) {
      await().until(() -> door.ingest.counts().open() == 2);
      try (RawClient three = RawClient.plain(door.ingest.plainPort())) {
        assertThat(three.read()).isEqualTo(RawClient.Packet.END);
      }
      assertThat(door.ingest.counts().turnedAway()).isEqualTo(1);
      one.hangUp();
      two.hangUp();
      await().until(() -> door.ingest.counts().open() == 0);
    }
  }

  @Test
  void oneAddressCannotTakeAllConnections() throws IOException {
    try (Door door = door(10, 1, PATIENT);
        RawClient one = RawClient.plain(door.ingest.plainPort())) {
      await().until(() -> door.ingest.counts().open() == 1);
      try (RawClient two = RawClient.plain(door.ingest.plainPort())) {
        assertThat(two.read()).isEqualTo(RawClient.Packet.END);
      }
      await().until(() -> door.ingest.counts().turnedAway() == 1);
      one.hangUp();
      await().until(() -> door.ingest.counts().open() == 0);
    }
  }

  @Test
  void theStrangerWhoWaitsLongestGoesForANewOneAndNoClientDoes() throws IOException {
    MqttSettings.Limits twoStrangers =
        new MqttSettings.Limits(10, 0, 2, PATIENT, Duration.ofMinutes(10));
    try (Door door = new Door(folder, twoStrangers);
        RawClient client = RawClient.plain(door.ingest.plainPort())) {
      ForeignLogin login = door.agents.addForeign("00701");
      client.raw(
          RawClient.packet(
              0x10, RawClient.connectBody(5, 60, "x", login.userName(), login.password())));
      assertThat(client.read().hex()).startsWith("0000");
      RawClient first = RawClient.plain(door.ingest.plainPort());
      await().until(() -> door.ingest.counts().open() == 2);
      RawClient second = RawClient.plain(door.ingest.tlsPort());
      await().until(() -> door.ingest.counts().open() == 3);
      RawClient third = RawClient.plain(door.ingest.plainPort());
      assertThat(first.read()).isEqualTo(RawClient.Packet.END);
      await().until(() -> door.ingest.counts().crowdedOut() == 1);
      client.raw(new byte[] {(byte) 0xc0, 0});
      assertThat(client.read().type()).isEqualTo(0xd0);
      assertThat(door.ingest.counts().turnedAway()).isZero();
      second.close();
      third.close();
    }
  }

  @Test
  void aHandshakeThatStopsHalfWayIsTooSlow() throws IOException {
    try (Door door = door(10, 0, Duration.ofMillis(300));
        RawClient half = RawClient.plain(door.ingest.tlsPort())) {
      half.raw(new byte[] {0x16, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc, 3, 3});
      assertThat(half.read()).isEqualTo(RawClient.Packet.END);
      await().untilAsserted(() -> assertThat(door.ingest.counts().tooSlow()).isEqualTo(1));
      assertThat(door.ingest.counts().malformed()).isZero();
    }
  }

  @Test
  void aQuarterOfTheDescriptorsIsLeftToTheStore() {
    assertThat(Descriptors.roomFor(20_000, 1_024)).isEqualTo(768);
    assertThat(Descriptors.roomFor(500, 1_024)).isEqualTo(500);
    assertThat(Descriptors.roomFor(20_000, Long.MAX_VALUE)).isEqualTo(20_000);
    assertThat(Descriptors.most()).isPositive();
  }

  @Test
  void aClientWithoutKeepAliveIsGivenOneAndHeldToIt() throws IOException {
    try (Door door = door(10, 0, PATIENT);
        RawClient client = RawClient.plain(door.ingest.plainPort())) {
      ForeignLogin login = door.agents.addForeign("00701");
      client.raw(
          RawClient.packet(
              0x10, RawClient.connectBody(5, 0, "x", login.userName(), login.password())));
      assertThat(client.read().hex()).startsWith("0000").contains("130001");
      RawClient.Packet packet = client.read();
      assertThat(packet.type()).isEqualTo(RawClient.DISCONNECT);
      assertThat(packet.hex()).startsWith("8d");
      assertThat(door.ingest.counts().silent()).isEqualTo(1);
    }
  }
}
