package org.rollcall.collector.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
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

/** One key in two places is held; one honest agent on a bad line never is. */
@OnBothDatabases
class CloneTest {
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

  private RawClient connect(String instance) throws IOException {
    return RawClient.plain(door.ingest.plainPort())
        .connect(5, agent, agent, AgentToken.issue(key, Instant.now()), "instance", instance);
  }

  private RawClient in(String instance) throws IOException {
    RawClient client = connect(instance);
    assertThat(client.read().hex()).startsWith("0000");
    return client;
  }

  private void hold() throws IOException {
    RawClient last = in("x");
    for (int i = 0; i < TwoPlaces.RETURNS; i++) {
      last = in(i % 2 == 0 ? "y" : "x");
    }
    RawClient next = connect(TwoPlaces.RETURNS % 2 == 0 ? "y" : "x");
    await().until(() -> door.agents.list().get(0).held() != null);
    next.close();
    last.close();
  }

  @Test
  void twoThatComeInTurnsAreBothHeldAndTold() throws IOException {
    hold();
    assertThat(door.ingest.counts().held()).isEqualTo(1);
    assertThat(door.agents.list().get(0).heldAddresses()).contains("127.0.0.1:");
    for (String instance : new String[] {"x", "y", "z", ""}) {
      try (RawClient client = connect(instance)) {
        RawClient.Packet refusal = client.read();
        assertThat(refusal.hex()).startsWith("0087");
        assertThat(RawClient.text(refusal)).contains("held");
        assertThat(client.read()).isEqualTo(RawClient.Packet.END);
      }
    }
    assertThat(door.ingest.counts().loginsRefused()).containsEntry("held", 4L);
  }

  @Test
  void whoIsConnectedWhenItIsHeldIsSentAway() throws IOException {
    try (RawClient client = in("x")) {
      door.agents.hold(agent, "here and there");
      RawClient.Packet packet = client.read();
      assertThat(packet.type()).isEqualTo(RawClient.DISCONNECT);
      assertThat(packet.hex()).startsWith("87");
      assertThat(RawClient.text(packet)).contains("held");
    }
  }

  @Test
  void aReleasedAgentReportsAgainAndTheCopyNeedsNewProofToBeHeld() throws IOException {
    hold();
    assertThat(door.agents.release(agent)).isTrue();
    try (RawClient client = in("x")) {
      client.publish(0x32, 5, Topics.report(agent), 9, Reports.numbered(agent, 3, 1).toByteArray());
      assertThat(client.read()).isEqualTo(new RawClient.Packet(RawClient.PUBACK, "0009"));
    }
    in("y").close();
    in("x").close();
    assertThat(door.agents.list().get(0).held()).isNull();
  }

  @Test
  void aFlappingLineOfOneAgentIsNeverHeld() throws IOException {
    RawClient last = in("x");
    for (int i = 0; i < 20; i++) {
      RawClient next = in("x");
      assertThat(last.read().hex()).startsWith("8e");
      last.close();
      last = next;
    }
    last.close();
    assertThat(door.ingest.counts().held()).isZero();
  }

  @Test
  void anAgentRestartedAgainAndAgainIsNeverHeld() throws IOException {
    for (int restart = 0; restart < 10; restart++) {
      in("run-" + restart).close();
      in("run-" + restart).close();
    }
    assertThat(door.ingest.counts().held()).isZero();
  }

  @Test
  void anAddressThatChangesWithTheNatIsNoSecondPlace() {
    TwoPlaces places = new TwoPlaces(Clock.systemUTC(), new IngestTally());
    for (int i = 0; i < 50; i++) {
      InetSocketAddress address =
          InetSocketAddress.createUnresolved("10.0." + i % 3 + ".1", 1_000 + i);
      assertThat(places.entered(agent, "x", address)).isNull();
    }
  }

  @Test
  void oneLatePacketOfAProcessThatHasEndedIsNoSecondPlace() {
    TwoPlaces places = new TwoPlaces(Clock.systemUTC(), new IngestTally());
    InetSocketAddress address = InetSocketAddress.createUnresolved("10.0.0.1", 1);
    for (String instance : new String[] {"x", "y", "x", "y", "z", "w"}) {
      assertThat(places.entered(agent, instance, address)).isNull();
    }
  }

  @Test
  void whoNamesNoInstanceIsNotHeld() {
    TwoPlaces places = new TwoPlaces(Clock.systemUTC(), new IngestTally());
    InetSocketAddress address = InetSocketAddress.createUnresolved("10.0.0.1", 1);
    for (int i = 0; i < 50; i++) {
      assertThat(places.entered(agent, "", address)).isNull();
    }
  }
}
