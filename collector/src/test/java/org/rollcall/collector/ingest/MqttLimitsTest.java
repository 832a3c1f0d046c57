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
        new MqttSettings.Limits(connections, perAddress, connectTimeout, Duration.ofSeconds(1)));
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
