package org.rollcall.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.agent.enrolment.AgentIdentity;
import org.rollcall.agent.uplink.NetworkThreads;
import org.rollcall.agent.uplink.ScriptedServer;
import org.rollcall.agent.uplink.UplinkThreads;
import org.rollcall.config.SettingsException;
import org.rollcall.config.SettingsReader;
import org.rollcall.protocol.AgentKey;
import org.rollcall.protocol.Topics;
import org.rollcall.protocol.v1.Command;
import org.rollcall.protocol.v1.Configuration;
import org.rollcall.protocol.v1.LineTest;
import org.rollcall.protocol.v1.LookNow;
import org.rollcall.protocol.v1.Observation;
import org.rollcall.protocol.v1.Report;
import org.rollcall.protocol.v1.Sweep;

/** A whole agent against a scripted collector that pushes configurations to it. */
class PushedConfigurationTest {
  @TempDir private Path folder;
  private final AgentKey key = AgentKey.generate();
  private final NetworkThreads network = new NetworkThreads(1);
  private final ScheduledExecutorService worker = Executors.newScheduledThreadPool(1);
  private final ScriptedServer server = new ScriptedServer();
  private final List<Agent> agents = new ArrayList<>();

  @SuppressWarnings("NullAway.Init")
  private ServerSocket device;

  @BeforeEach
  void startServer() throws IOException {
    network.start();
    server.start();
    device = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void stopAll() throws IOException, InterruptedException {
    agents.forEach(Agent::close);
    worker.shutdown();
    assertThat(worker.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    network.close();
    server.close();
    device.close();
  }

  private Agent start() throws SettingsException {
    return start("");
  }

  /**
   * @param more sections of its own file
   */
  private Agent start(String more) throws SettingsException {
    AgentSettings settings =
        SettingsReader.read(
            "agent.yaml",
            """
            report: {interval: 1s}
            uplink: {tls: false, retryFrom: 20ms, retryTo: 50ms}
            devices:
              - {subject: "reach:edu", probe: tcp, address: "127.0.0.1:%d", interval: 24h}
            """
                    .formatted(device.getLocalPort())
                + more,
            folder,
            AgentSettings.class);
    Agent agent =
        new Agent(
            new AgentIdentity(
                "127.0.0.1", server.port(), "0".repeat(64), key.agentId(), "00701", null),
            key,
            folder,
            settings,
            new UplinkThreads(network, worker, Clock.systemUTC(), new Random(1)));
    agents.add(agent);
    agent.start();
    return agent;
  }

  private void push(long revision, String yaml) {
    server.publish(
        Topics.config(key.agentId()),
        Configuration.newBuilder().setRevision(revision).setYaml(yaml).build().toByteArray());
  }

  private String deviceOf(String subject) {
    return "devices:\n  - {subject: '"
        + subject
        + "', probe: tcp, address: '127.0.0.1:"
        + device.getLocalPort()
        + "', interval: 24h}\n";
  }

  private List<Observation> seen(String subject) {
    List<Observation> all = new ArrayList<>();
    for (byte[] payload : server.received) {
      try {
        Report.parseFrom(payload).getObservationsList().stream()
            .filter(observation -> observation.getSubject().equals(subject))
            .forEach(all::add);
      } catch (InvalidProtocolBufferException e) {
        throw new AssertionError(e);
      }
    }
    return all;
  }

  private Observation health() {
    List<Observation> all = seen("agent:" + key.agentId());
    return all.isEmpty() ? Observation.getDefaultInstance() : all.get(all.size() - 1);
  }

  private double revisionTold() {
    return health().getMeasuresMap().getOrDefault("configRevision", 0.0);
  }

  private void awaitConnected() {
    await().until(() -> agents.get(agents.size() - 1).uplinkFigures().connected());
  }

  @Test
  void pushedDevicesAreLookedAtBesidesTheLocalOnes() throws Exception {
    Agent agent = start();
    await().until(() -> seen("reach:edu").size() == 1);
    push(4, deviceOf("terminal:c1"));
    await().until(() -> seen("terminal:c1").size() == 1 && revisionTold() == 4);
    assertThat(seen("reach:edu")).as("not looked at anew").hasSize(1);
    assertThat(agent.looks().subjects()).containsExactly("reach:edu", "terminal:c1");

    push(5, "");
    await().until(() -> revisionTold() == 5);
    assertThat(agent.looks().subjects()).containsExactly("reach:edu");
  }

  @Test
  void aBadConfigurationIsRefusedAsAWholeAndToldAndTheGoodOneStays() throws Exception {
    Agent agent = start();
    awaitConnected();
    push(1, deviceOf("terminal:c1"));
    await().until(() -> revisionTold() == 1);
    String two = deviceOf("terminal:c2") + "  - {subject: 'pc:1', probe: telnet, address: h}\n";
    List<String> bad =
        List.of(
            "devices: [",
            "uplink: {tls: true}\n",
            "data: /tmp\n",
            two,
            deviceOf("reach:edu"),
            "#".repeat(64 * 1024 + 1));
    for (int i = 0; i < bad.size(); i++) {
      push(2 + i, bad.get(i));
      String revision = "revision " + (2 + i);
      await().until(() -> String.valueOf(agent.looks().problem()).startsWith(revision));
      assertThat(agent.looks().subjects()).containsExactly("reach:edu", "terminal:c1");
    }
    await().until(() -> health().getReason().equals(AgentHealth.CONFIG_REFUSED));
    assertThat(revisionTold()).isEqualTo(1);

    push(9, deviceOf("terminal:c3"));
    await().until(() -> revisionTold() == 9 && health().getReason().isEmpty());
  }

  @Test
  void theLastGoodOneHoldsAfterARestartWithoutTheCollector() throws Exception {
    Agent agent = start();
    awaitConnected();
    push(3, deviceOf("terminal:c1"));
    await().until(() -> revisionTold() == 3);
    push(4, "devices: [");
    await().until(() -> agent.looks().problem() != null);
    agent.close();
    server.stopListening();

    Agent again = start();
    assertThat(again.looks().revision()).isEqualTo(3);
    assertThat(again.looks().subjects()).containsExactly("reach:edu", "terminal:c1");
    await().until(() -> again.looks().newest().containsKey("terminal:c1"));
  }

  /** What the scripted collector was answered to a revision. */
  private String answerTo(long revision, String yaml) {
    int before = server.pubAcks.size();
    push(revision, yaml);
    await().until(() -> server.pubAcks.size() > before);
    return server.pubAcks.get(before);
  }

  private void command(Command.Builder command) {
    server.publish(
        Topics.command(key.agentId()),
        command.setExpiresMillis(Long.MAX_VALUE).build().toByteArray());
  }

  /** What became of a line test without a good token: bad-command where it is tried at all. */
  private String lineTest(String id) {
    command(
        Command.newBuilder()
            .setId(id)
            .setLineTest(
                LineTest.newBuilder()
                    .setLine(id)
                    .setHost("no such host")
                    .setUdpPort(1)
                    .setSeconds(1)
                    .setMaxBytes(10_000)));
    await().until(() -> seen("throughput:" + id).size() == 1);
    return seen("throughput:" + id).get(0).getReason();
  }

  @Test
  void whatLineTestsMayCostIsPushedAndTakenBackWhileItRuns() throws Exception {
    start();
    awaitConnected();
    assertThat(lineTest("one")).isEqualTo("bad-command");
    assertThat(answerTo(1, "lineTests: {enabled: false}\n")).isEqualTo("7 0 ");
    assertThat(lineTest("two")).isEqualTo("switched-off");
    assertThat(answerTo(2, "lineTests: {monthlyBytes: 9KiB}\n")).isEqualTo("7 0 ");
    assertThat(lineTest("three")).isEqualTo("budget-spent");
    assertThat(answerTo(3, "")).isEqualTo("7 0 ");
    assertThat(lineTest("four")).isEqualTo("bad-command");
  }

  @Test
  void aPushedSweepLooksWhereItSaysAndNoMoreWhenItIsTakenBack() throws Exception {
    System.setProperty("rollcall.discovery.loopback", "true");
    try {
      Agent agent = start();
      awaitConnected();
      Command.Builder sweep = Command.newBuilder().setSweep(Sweep.getDefaultInstance());
      String section = "discovery: {networks: [127.0.0.%s], rate: 200, ports: [1]}\n";
      assertThat(answerTo(1, section.formatted("0/29"))).isEqualTo("7 0 ");
      command(sweep.setId("a"));
      await().until(() -> sweeps().equals(List.of(6.0)));
      assertThat(answerTo(2, section.formatted("0/30"))).isEqualTo("7 0 ");
      command(sweep.setId("b"));
      await().until(() -> sweeps().equals(List.of(6.0, 2.0)));
      agent.close();
      start();
      awaitConnected();
      command(sweep.setId("c"));
      await().until(() -> sweeps().equals(List.of(6.0, 2.0, 2.0)));
      assertThat(answerTo(3, "")).isEqualTo("7 0 ");
      int before = seen("reach:edu").size();
      command(sweep.setId("d"));
      command(
          Command.newBuilder()
              .setId("e")
              .setLookNow(LookNow.newBuilder().addSubjects("reach:edu")));
      await().until(() -> seen("reach:edu").size() > before);
      assertThat(sweeps()).as("none by the command that came after").hasSize(3);
    } finally {
      System.clearProperty("rollcall.discovery.loopback");
    }
  }

  private List<Double> sweeps() {
    return seen("agent:" + key.agentId()).stream()
        .map(told -> told.getMeasuresMap().get("sweepAddresses"))
        .filter(Objects::nonNull)
        .toList();
  }

  @Test
  void aSectionOfTheOwnFileIsNeverOverruledAndEveryReasonIsTold() throws Exception {
    Agent agent = start("lineTests: {monthlyBytes: 1GiB}\ndiscovery: {enabled: false}\n");
    awaitConnected();
    String answer =
        answerTo(
            1,
            deviceOf("reach:edu")
                + "lineTests: {enabled: true}\ndiscovery: {networks: [192.168.3.0/24]}\n");
    assertThat(answer)
        .startsWith("7 153 ")
        .contains("reach:edu was pushed", "lineTests was pushed", "discovery was pushed");
    assertThat(agent.looks().revision()).isZero();
  }

  @Test
  void aPushedSweepStaysInPrivateNetworksAndNamesOnlyWhatIsThere() throws Exception {
    Agent agent = start();
    awaitConnected();
    assertThat(answerTo(1, deviceOf("terminal:c1"))).isEqualTo("7 0 ");
    assertThat(answerTo(2, "discovery: {networks: [192.168.3.0/24, 8.8.8.0/24]}\n"))
        .contains("discovery.networks", "8.8.8.0/24", "no private network");
    assertThat(
            answerTo(
                3,
                "discovery: {networks: [10.1.0.0/24], credentials: [gone], switches: [{subject:"
                    + " 'switch:core'}]}\n"))
        .contains("no credential 'gone'", "no device switch:core");
    assertThat(
            answerTo(
                6,
                "devices: [{subject: 'service:course', probe: http, address: h, trust:"
                    + " 'file:/etc/passwd'}]\n"))
        .contains("service:course.trust", "the agent's own file alone")
        .doesNotContain("passwd");
    assertThat(answerTo(4, "snmp: {community: public}\n")).contains("snmp", "no such setting");
    assertThat(answerTo(5, "lineTests: {monthlyBytes: much}\n")).contains("lineTests.monthlyBytes");
    assertThat(agent.looks().revision()).isEqualTo(1);
    assertThat(agent.looks().subjects()).containsExactly("reach:edu", "terminal:c1");
  }

  @Test
  void aDamagedKeptOneFallsBackToTheLocalFileAlone() throws Exception {
    Agent agent = start();
    awaitConnected();
    push(3, deviceOf("terminal:c1"));
    await().until(() -> revisionTold() == 3);
    agent.close();
    Files.writeString(folder.resolve("pushed.yaml"), "devices: []\n");

    Agent again = start();
    assertThat(again.looks().subjects()).containsExactly("reach:edu");
    assertThat(again.looks().problem()).contains("pushed.yaml");
    awaitConnected();
    push(3, deviceOf("terminal:c1"));
    await().until(() -> again.looks().problem() == null);
    assertThat(again.looks().subjects()).containsExactly("reach:edu", "terminal:c1");
  }

  @Test
  void theCollectorMayAskForALook() throws Exception {
    start();
    await().until(() -> seen("reach:edu").size() == 1);
    command(
        Command.newBuilder().setId("1").setLookNow(LookNow.newBuilder().addSubjects("reach:edu")));
    await().until(() -> seen("reach:edu").size() == 2);
  }

  @Test
  void itsHealthSaysHowItIs() throws Exception {
    start();
    await().until(() -> health().getMeasuresMap().containsKey("clockSkewSeconds"));
    assertThat(health().getMeasuresMap())
        .containsKeys(
            "spoolBytes",
            "spoolReports",
            "uptimeSeconds",
            "heapBytes",
            "residentBytes",
            "cpuSeconds",
            "looksStarted",
            "looksFailed",
            "looksStuck",
            "looksSkipped",
            "observationsDropped",
            "reconnects",
            "diskFreeBytes")
        .doesNotContainKey("configRevision");
    assertThat(health().getMeasuresMap().get("clockSkewSeconds"))
        .as("the scripted server's is behind")
        .isBetween(900.0, 1_100.0);
  }
}
