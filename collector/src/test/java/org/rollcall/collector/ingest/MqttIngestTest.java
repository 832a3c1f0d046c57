package org.rollcall.collector.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.rollcall.collector.database.OnBothDatabases;
import org.rollcall.collector.database.RegisterHome;
import org.rollcall.collector.identity.ForeignLogin;
import org.rollcall.collector.identity.Redemption;
import org.rollcall.collector.intake.IntakeCounts;
import org.rollcall.collector.intake.Reports;
import org.rollcall.collector.store.StoreUnavailableException;
import org.rollcall.protocol.AgentKey;
import org.rollcall.protocol.AgentToken;
import org.rollcall.protocol.Limits;
import org.rollcall.protocol.Topics;

@OnBothDatabases
class MqttIngestTest {
  @Parameter RegisterHome home = RegisterHome.SQLITE;

  private static final String OK_5 = "0000";

  @TempDir Path folder;
  private Door door;
  private final AgentKey key = AgentKey.generate();
  private final String agent = key.agentId();

  @BeforeEach
  void open() throws IOException {
    door = new Door(home, folder);
    String code = door.agents.issueCode("00701", Duration.ofHours(1));
    assertThat(door.agents.redeem(code, key.publicKey(), AgentToken.issue(key, Instant.now())))
        .isInstanceOf(Redemption.Enrolled.class);
  }

  @AfterEach
  void close() {
    door.close();
  }

  private RawClient client() throws IOException {
    return RawClient.plain(door.ingest.plainPort());
  }

  private RawClient agentClient(int version) throws IOException {
    RawClient client =
        client().connect(version, agent, agent, AgentToken.issue(key, Instant.now()));
    assertThat(client.read().hex()).startsWith("0000");
    return client;
  }

  private byte[] report(long seq) {
    return Reports.numbered(agent, 3, seq).toByteArray();
  }

  private void assertServerGoesOn() throws IOException {
    try (RawClient client = agentClient(5)) {
      client.publish(0x32, 5, Topics.report(agent), 9, report(77));
      assertThat(client.read()).isEqualTo(new RawClient.Packet(RawClient.PUBACK, "0009"));
    }
  }

  @Test
  void bothVersionsPublishAndAreAcknowledgedOnceDurable() throws IOException {
    for (int version : new int[] {4, 5}) {
      try (RawClient client = agentClient(version)) {
        door.memory.block();
        client.publish(0x32, version, Topics.report(agent), 5, report(version));
        await().until(() -> door.intake.counts().inFlight() == 1);
        door.memory.unblock();
        assertThat(client.read()).isEqualTo(new RawClient.Packet(RawClient.PUBACK, "0005"));
        assertThat(door.memory.writes()).isEqualTo(version - 3);
      }
    }
  }

  @Test
  void theConnackAnnouncesTheLimits() throws IOException {
    try (RawClient client =
        client().connect(5, agent, agent, AgentToken.issue(key, Instant.now()))) {
      String connack = client.read().hex();
      assertThat(connack).startsWith("0000");
      assertThat(connack)
          .as("receive maximum, maximum QoS, no retain, packet size, no wildcards, no shared")
          .contains("210040", "2401", "2500", "2700020000", "2800", "2a00");
    }
  }

  @Test
  void acknowledgementsLeaveInTheOrderOfThePublishes() throws IOException {
    try (RawClient client = agentClient(5)) {
      door.memory.block();
      client.publish(0x32, 5, Topics.report(agent), 1, report(1));
      client.publish(0x32, 5, Topics.report(agent), 2, new byte[] {1, 2, 3});
      client.publish(0x32, 5, Topics.report("a-other"), 3, report(3));
      await().until(() -> door.intake.counts().received() == 3);
      door.memory.unblock();

      assertThat(client.read().hex()).isEqualTo("0001");
      assertThat(client.read().hex()).startsWith("000299");
      RawClient.Packet third = client.read();
      assertThat(third.hex()).startsWith("000387");
      assertThat(RawClient.text(third)).contains("wrong-topic");
    }
  }

  @Test
  void on311RefusedReportsAreAcknowledgedAndCounted() throws IOException {
    try (RawClient client = agentClient(4)) {
      client.publish(0x32, 4, Topics.report(agent), 1, new byte[] {1, 2, 3});
      client.publish(0x32, 4, Topics.report("a-other"), 2, report(3));
      assertThat(client.read().hex()).isEqualTo("0001");
      assertThat(client.read().hex()).isEqualTo("0002");
      assertThat(door.intake.counts().rejected())
          .containsEntry("not-a-report", 1L)
          .containsEntry("wrong-topic", 1L);
    }
  }

  @Test
  void whenTheStoreFailsNothingIsAcknowledgedAndTheClientIsSentAway() throws IOException {
    door.memory.fail(new StoreUnavailableException("disk full", new IllegalStateException()));
    try (RawClient client = agentClient(5)) {
      client.publish(0x32, 5, Topics.report(agent), 1, report(1));
      RawClient.Packet packet = client.read();
      assertThat(packet.type()).isEqualTo(RawClient.DISCONNECT);
      assertThat(packet.hex()).startsWith("89");
      assertThat(client.read()).isEqualTo(RawClient.Packet.END);
    }
    try (RawClient client = agentClient(4)) {
      client.publish(0x32, 4, Topics.report(agent), 1, report(2));
      assertThat(client.read()).isEqualTo(RawClient.Packet.END);
    }
    door.memory.recover();
    assertServerGoesOn();
    IntakeCounts counts = door.intake.counts();
    assertThat(counts.unavailable()).isEqualTo(2);
    assertThat(counts.stored()).isEqualTo(1);
  }

  @Test
  void badLoginsAreRefusedWithTheRightCode() throws IOException {
    AgentKey wrong = AgentKey.generate();
    Instant now = Instant.now();
    assertRefused(5, agent, agent, AgentToken.issue(wrong, now), "86");
    assertRefused(5, agent, agent, AgentToken.issue(key, now.minusSeconds(7_200)), "86");
    assertRefused(5, agent, agent, "no token", "86");
    assertRefused(5, wrong.agentId(), wrong.agentId(), AgentToken.issue(wrong, now), "86");
    assertRefused(5, "other", agent, AgentToken.issue(key, now), "85");
    assertRefused(4, agent, agent, AgentToken.issue(wrong, now), "04");
    assertRefused(4, "other", agent, AgentToken.issue(key, now), "02");
    ForeignLogin foreign = door.agents.addForeign("00701");
    assertRefused(5, "any", foreign.userName(), "wrong", "86");
    assertRefused(4, "any", foreign.userName(), "wrong", "04");
    door.agents.revoke(agent);
    assertRefused(5, agent, agent, AgentToken.issue(key, now), "87");
    assertThat(door.ingest.counts().loginsRefused())
        .containsEntry("bad-signature", 2L)
        .containsEntry("expired", 1L)
        .containsEntry("malformed", 1L)
        .containsEntry("unknown-agent", 1L)
        .containsEntry("client-id-is-not-user-name", 2L)
        .containsEntry("wrong-password", 2L)
        .containsEntry("revoked", 1L);
  }

  private void assertRefused(int version, String id, String user, String password, String code)
      throws IOException {
    try (RawClient client = client().connect(version, id, user, password)) {
      RawClient.Packet connack = client.read();
      assertThat(connack.type()).isEqualTo(RawClient.CONNACK);
      assertThat(connack.hex()).startsWith("00" + code);
      assertThat(client.read()).isEqualTo(RawClient.Packet.END);
    }
  }

  @Test
  void subscriptionsToAnythingButOnesOwnTopicsAreRefused() throws IOException {
    try (RawClient client = agentClient(5)) {
      client.subscribe(5, 1, Topics.config(agent));
      client.subscribe(5, 2, Topics.config("a-other"));
      client.subscribe(5, 3, "#");
      client.subscribe(5, 4, "$share/g/" + Topics.config(agent));
      assertThat(client.read().hex()).startsWith("0001").endsWith("01");
      assertThat(client.read().hex()).startsWith("0002").endsWith("87");
      assertThat(client.read().hex()).startsWith("0003").endsWith("a2");
      assertThat(client.read().hex()).startsWith("0004").endsWith("9e");
    }
    try (RawClient client = agentClient(4)) {
      client.subscribe(4, 2, Topics.report(agent));
      assertThat(client.read().hex()).isEqualTo("000280");
    }
    assertThat(door.ingest.counts().subscriptionsRefused()).isEqualTo(4);
  }

  @Test
  void whatTheConnackForbadeEndsTheConnectionWithItsCode() throws IOException {
    assertSentAway("9b", client -> client.publish(0x34, 5, Topics.report(agent), 1, report(1)));
    assertSentAway("9a", client -> client.publish(0x33, 5, Topics.report(agent), 1, report(1)));
    byte[] tooLarge = {0x32, (byte) 0xff, (byte) 0xff, 0x7f, 0, 1, 'a', 0, 1, 0};
    assertSentAway("95", client -> client.raw(tooLarge));
    assertSentAway("82", client -> client.connect(5, agent, agent, "again"));
    assertSentAway("81", client -> client.publish(0x32, 5, "a/#", 1, report(1)));
    assertServerGoesOn();
  }

  /** Something a client does. */
  private interface Act {
    void on(RawClient client) throws IOException;
  }

  private void assertSentAway(String code, Act act) throws IOException {
    try (RawClient client = agentClient(5)) {
      act.on(client);
      RawClient.Packet packet = client.read();
      assertThat(packet.type()).as(code).isEqualTo(RawClient.DISCONNECT);
      assertThat(packet.hex()).startsWith(code);
    }
  }

  @Test
  void moreThanTheReceiveMaximumInFlightEndsTheConnection() throws IOException {
    door.memory.block();
    assertSentAway(
        "93",
        client -> {
          for (int i = 1; i <= Limits.RECEIVE_MAXIMUM + 1; i++) {
            client.publish(0x32, 5, Topics.report(agent), i, report(i));
          }
        });
    door.memory.unblock();
    assertServerGoesOn();
  }

  @Test
  void on311ReadingPausesInsteadAndEverythingIsStored() throws IOException {
    try (RawClient client = agentClient(4)) {
      door.memory.block();
      int many = 5 * Limits.RECEIVE_MAXIMUM;
      for (int i = 1; i <= many; i++) {
        client.publish(0x32, 4, Topics.report(agent), i, report(i));
      }
      door.memory.unblock();
      for (int i = 1; i <= many; i++) {
        assertThat(client.read().hex()).isEqualTo("%04x".formatted(i));
      }
    }
  }

  @Test
  void strangersThatSpeakNoMqttAreClosedAtOnce() throws IOException {
    assertClosed("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(UTF_8));
    assertClosed(RawClient.many((byte) 0xff, 100));
    assertClosed(new byte[] {0x10, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 1});
    assertClosed(new byte[] {0x10, (byte) 0xff, (byte) 0xff, 0x7f});
    assertClosed(RawClient.packet(0x10, RawClient.many((byte) 0, 40)));
    assertThat(door.ingest.counts().malformed()).isEqualTo(4);
    assertThat(door.ingest.counts().loginsRefused()).containsEntry("protocol-version", 1L);
    assertServerGoesOn();
  }

  private void assertClosed(byte[] bytes) throws IOException {
    try (RawClient client = client()) {
      client.raw(bytes);
      assertThat(client.read().type()).isIn(-1, RawClient.CONNACK);
    }
  }

  @Test
  void aReportPublishedBeforeTheConnackIsTaken() throws IOException {
    try (RawClient client = client()) {
      client.connect(5, agent, agent, AgentToken.issue(key, Instant.now()));
      client.publish(0x32, 5, Topics.report(agent), 4, report(1));
      assertThat(client.read().hex()).startsWith(OK_5);
      assertThat(client.read().hex()).isEqualTo("0004");
    }
  }

  @Test
  void aSecondConnectionTakesOverAndAKeyInTwoPlacesIsNoticed() throws IOException {
    RawClient older = agentClient(5);
    for (int i = 0; i < TwoPlaces.TAKE_OVERS; i++) {
      RawClient newer = agentClient(5);
      RawClient.Packet packet = older.read();
      assertThat(packet.type()).isEqualTo(RawClient.DISCONNECT);
      assertThat(packet.hex()).startsWith("8e");
      older.close();
      older = newer;
    }
    older.close();
    await().untilAsserted(() -> assertThat(door.ingest.counts().twoPlaces()).isEqualTo(1));
    assertThat(door.ingest.counts().takenOver()).isEqualTo(TwoPlaces.TAKE_OVERS);
  }

  @Test
  void aRevokedAgentIsDroppedWithinSeconds() throws IOException {
    try (RawClient client = agentClient(5)) {
      door.agents.revoke(agent);
      RawClient.Packet packet = client.read();
      assertThat(packet.type()).isEqualTo(RawClient.DISCONNECT);
      assertThat(packet.hex()).startsWith("87");
    }
  }

  @Test
  void enrolmentGivesAnIdAndASchoolOnceOnly() throws IOException {
    AgentKey fresh = AgentKey.generate();
    String code = door.agents.issueCode("00701", Duration.ofHours(1));
    RawClient.Packet answer = enrol(code, fresh, fresh);
    assertThat(answer.hex()).startsWith(OK_5);
    assertThat(RawClient.text(answer)).contains(fresh.agentId(), "00701", "旗城第一小学");
    assertThat(enrol(code, fresh, fresh).hex()).as("its answer was lost").startsWith(OK_5);

    AgentKey late = AgentKey.generate();
    assertThat(RawClient.text(enrol(code, late, late))).contains("code already used");
    assertThat(RawClient.text(enrol("none", late, late))).contains("unknown code");
    assertThat(RawClient.text(enrol("none", late, fresh))).contains("key does not match its proof");
    assertThat(enrol("none", late, late).hex()).startsWith("0086");
    try (RawClient client =
        client()
            .connect(5, fresh.agentId(), fresh.agentId(), AgentToken.issue(fresh, Instant.now()))) {
      assertThat(client.read().hex()).startsWith(OK_5);
    }
  }

  private RawClient.Packet enrol(String code, AgentKey key, AgentKey signer) throws IOException {
    String publicKey = Base64.getUrlEncoder().withoutPadding().encodeToString(key.publicKey());
    String proof = AgentToken.issue(signer, Instant.now());
    try (RawClient client =
        client().connect(5, "", "enrol", code, "key", publicKey, "proof", proof)) {
      RawClient.Packet answer = client.read();
      assertThat(client.read()).as("closed after").isEqualTo(RawClient.Packet.END);
      return answer;
    }
  }

  @Test
  void anOldProtocolVersionIsToldSo() throws IOException {
    assertRefusedOldVersion();
    assertServerGoesOn();
  }

  private void assertRefusedOldVersion() throws IOException {
    try (RawClient client = client().connect(6, "x", "x", "x")) {
      assertThat(client.read().hex()).isEqualTo("0001");
    }
  }
}
