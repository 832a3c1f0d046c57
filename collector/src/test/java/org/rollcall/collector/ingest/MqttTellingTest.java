package org.rollcall.collector.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.rollcall.collector.database.OnBothDatabases;
import org.rollcall.collector.database.RegisterHome;
import org.rollcall.collector.intake.Reports;
import org.rollcall.protocol.AgentKey;
import org.rollcall.protocol.AgentToken;
import org.rollcall.protocol.Topics;
import org.rollcall.protocol.v1.Command;
import org.rollcall.protocol.v1.Configuration;
import org.rollcall.protocol.v1.LookNow;

/** What the collector tells agents: configurations and commands. */
@OnBothDatabases
class MqttTellingTest {
  @Parameter RegisterHome home = RegisterHome.SQLITE;

  @TempDir Path folder;
  private Door door;
  private AgentKey key;
  private String agent;

  @BeforeEach
  void open() throws IOException {
    door = new Door(home, folder);
    key = door.enrolled();
    agent = key.agentId();
  }

  @AfterEach
  void close() {
    door.close();
  }

  private RawClient client() throws IOException {
    return client(16, 1 << 20);
  }

  private RawClient client(int receiveMaximum, int largestPacket) throws IOException {
    RawClient client =
        RawClient.plain(door.ingest.plainPort())
            .connectTaking(
                receiveMaximum, largestPacket, agent, AgentToken.issue(key, Instant.now()));
    assertThat(client.read().hex()).startsWith("0000");
    return client;
  }

  private RawClient.Packet subscribe(RawClient client, String topic) throws IOException {
    client.subscribe(5, 1, topic);
    RawClient.Packet answer = client.read();
    assertThat(answer.type()).isEqualTo(RawClient.SUBACK);
    return answer;
  }

  private static Command command(String id) {
    return Command.newBuilder()
        .setId(id)
        .setExpiresMillis(Instant.now().plusSeconds(60).toEpochMilli())
        .setLookNow(LookNow.newBuilder().addSubjects("link:wan"))
        .build();
  }

  private Configuration configuration(int revision) {
    return Configuration.newBuilder().setRevision(revision).setYaml("devices: []\n").build();
  }

  /** Topic, packet id, payload of a QoS 1 publish on MQTT 5 without properties. */
  private record Told(String topic, int packetId, byte[] payload) {
    static Told read(RawClient client) throws IOException {
      RawClient.Packet packet = client.read();
      assertThat(packet.type()).isEqualTo(0x32);
      byte[] body = HexFormat.of().parseHex(packet.hex());
      int length = (body[0] << 8) | body[1];
      int at = 2 + length;
      byte[] payload = Arrays.copyOfRange(body, at + 3, body.length);
      return new Told(
          new String(body, 2, length, StandardCharsets.UTF_8),
          ((body[at] & 0xff) << 8) | (body[at + 1] & 0xff),
          payload);
    }

    Command command() throws InvalidProtocolBufferException {
      return Command.parseFrom(payload);
    }
  }

  @Test
  void aCommandReachesTheSubscribedAgentWithTheTimeItWasSent() throws IOException {
    try (RawClient client = client()) {
      subscribe(client, Topics.command(agent));
      assertThat(door.ingest.command(agent, command("c1"))).isTrue();
      Told told = Told.read(client);
      assertThat(told.topic()).isEqualTo(Topics.command(agent));
      assertThat(told.command().getId()).isEqualTo("c1");
      assertThat(told.command().getLookNow().getSubjectsList()).containsExactly("link:wan");
      assertThat(told.command().getSentMillis())
          .isBetween(Instant.now().minusSeconds(60).toEpochMilli(), Instant.now().toEpochMilli());
    }
  }

  @Test
  void nobodyIsToldWhoIsNotConnectedOrDidNotSubscribe() throws IOException {
    assertThat(door.ingest.command(agent, command("c1"))).isFalse();
    try (RawClient client = client()) {
      assertThat(door.ingest.command(agent, command("c2"))).isFalse();
      subscribe(client, Topics.config(agent));
      assertThat(door.ingest.command(agent, command("c3"))).as("the other topic").isFalse();
    }
    assertThat(door.ingest.counts().notTold()).isEqualTo(3);
    assertThat(door.ingest.counts().told()).isZero();
  }

  @Test
  void noMoreIsUnderWayThanTheAgentTakesAndAFullQueueSaysSo() throws IOException {
    try (RawClient client = client(2, 1 << 20)) {
      subscribe(client, Topics.command(agent));
      assertThat(door.ingest.command(agent, command("c0"))).isTrue();
      assertThat(door.ingest.command(agent, command("c1"))).isTrue();
      Told first = Told.read(client);
      Told second = Told.read(client);
      assertThat(first.packetId()).isNotEqualTo(second.packetId());
      for (int i = 0; i < Outbox.MAX_WAITING; i++) {
        assertThat(door.ingest.command(agent, command("w" + i))).isTrue();
      }
      assertThat(door.ingest.command(agent, command("too many"))).isFalse();
      assertThat(door.ingest.counts().told()).isEqualTo(2);

      client.pubAck(second.packetId());
      Told third = Told.read(client);
      assertThat(third.command().getId()).isEqualTo("w0");
      assertThat(third.packetId()).isEqualTo(second.packetId());
      client.pubAck(77);
      client.pubAck(first.packetId());
      assertThat(Told.read(client).command().getId()).isEqualTo("w1");
    }
  }

  @Test
  void theConfigurationIsToldOnSubscribingAndWhenItChanges() throws IOException {
    door.ingest.configurations(of -> of.equals(agent) ? configuration(4) : null);
    try (RawClient client = client()) {
      subscribe(client, Topics.config(agent));
      Told told = Told.read(client);
      assertThat(told.topic()).isEqualTo(Topics.config(agent));
      assertThat(Configuration.parseFrom(told.payload())).isEqualTo(configuration(4));
      client.pubAck(told.packetId());

      assertThat(door.ingest.configuration(agent, configuration(5))).isTrue();
      assertThat(Configuration.parseFrom(Told.read(client).payload()).getRevision()).isEqualTo(5);
    }
  }

  @Test
  void whatAnAgentSaysOfItsConfigurationIsHandedOn() throws IOException {
    List<String> said = new CopyOnWriteArrayList<>();
    door.ingest.configurations(
        new ConfigurationSource() {
          @Override
          public Configuration current(String of) {
            return configuration(4);
          }

          @Override
          public void answered(String of, long revision, @Nullable String problem) {
            said.add(of + " " + revision + " " + problem);
          }
        });
    try (RawClient client = client()) {
      subscribe(client, Topics.config(agent));
      client.pubAck(Told.read(client).packetId());
      await().untilAsserted(() -> assertThat(said).containsExactly(agent + " 4 null"));
      assertThat(door.ingest.configuration(agent, configuration(5))).isTrue();
      int five = Told.read(client).packetId();
      client.pubAck(five, 0x99, "devices[0]: no such probe");
      client.pubAck(five);
      // Whoever answers a ping has read what came before it.
      client.raw(new byte[] {(byte) 0xc0, 0});
      assertThat(client.read()).isEqualTo(new RawClient.Packet(0xd0, ""));
      assertThat(door.ingest.configuration(agent, configuration(6))).isTrue();
      client.pubAck(Told.read(client).packetId(), 0x83, "");
      await()
          .untilAsserted(
              () -> // by workers, so in any order: each names its revision
              assertThat(said)
                      .containsExactlyInAnyOrder(
                          agent + " 4 null",
                          agent + " 5 devices[0]: no such probe",
                          agent + " 6 reason code 131"));
    }
  }

  @Test
  void anAgentThatTakesNoLargePacketsIsNotSentOne() throws IOException {
    try (RawClient client = client(16, 1_000)) {
      subscribe(client, Topics.config(agent));
      Configuration large =
          Configuration.newBuilder().setRevision(1).setYaml("#".repeat(1_000)).build();
      assertThat(door.ingest.configuration(agent, large)).isFalse();
      assertThat(door.ingest.configuration(agent, configuration(2))).isTrue();
      assertThat(Configuration.parseFrom(Told.read(client).payload()).getRevision()).isEqualTo(2);
    }
  }

  @Test
  void aConfigurationThatCannotBeReadHarmsNobody() throws IOException {
    door.ingest.configurations(
        of -> {
          throw new IllegalStateException("no database");
        });
    try (RawClient client = client()) {
      subscribe(client, Topics.config(agent));
      subscribe(client, Topics.command(agent));
      client.publish(0x32, 5, Topics.report(agent), 9, Reports.numbered(agent, 3, 1).toByteArray());
      assertThat(client.read()).isEqualTo(new RawClient.Packet(RawClient.PUBACK, "0009"));
    }
  }

  @Test
  void theSubackTellsTheTime() throws IOException {
    try (RawClient client = client()) {
      String text = RawClient.text(subscribe(client, Topics.config(agent)));
      assertThat(text).contains("time");
      long told = Long.parseLong(text.replaceAll("(?s).*?(\\d{13}).*", "$1"));
      assertThat(told)
          .isBetween(Instant.now().minusSeconds(60).toEpochMilli(), Instant.now().toEpochMilli());
    }
  }

  @Test
  void whoUnsubscribesIsToldNoMore() throws IOException {
    try (RawClient client = client()) {
      subscribe(client, Topics.command(agent));
      byte[] topic = Topics.command(agent).getBytes(StandardCharsets.UTF_8);
      byte[] body = new byte[5 + topic.length];
      body[1] = 2;
      body[4] = (byte) topic.length;
      System.arraycopy(topic, 0, body, 5, topic.length);
      client.raw(RawClient.packet(0xa2, body));
      assertThat(client.read().type()).isEqualTo(0xb0);
      assertThat(door.ingest.command(agent, command("c1"))).isFalse();
    }
  }

  @Test
  void theNewerConnectionIsTheOneThatIsTold() throws IOException {
    RawClient older = client();
    subscribe(older, Topics.command(agent));
    try (RawClient newer = client()) {
      assertThat(older.read().type()).isEqualTo(RawClient.DISCONNECT);
      older.close();
      subscribe(newer, Topics.command(agent));
      await().until(() -> door.ingest.command(agent, command("c1")));
      assertThat(Told.read(newer).command().getId()).isEqualTo("c1");
    }
  }
}
