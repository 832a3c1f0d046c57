package org.rollcall.simulator.campus;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.agent.Agent;
import org.rollcall.agent.AgentSettings;
import org.rollcall.agent.enrolment.AgentIdentity;
import org.rollcall.agent.enrolment.Enrolment;
import org.rollcall.agent.uplink.NetworkThreads;
import org.rollcall.agent.uplink.UplinkThreads;
import org.rollcall.collector.Collector;
import org.rollcall.config.SettingsReader;
import org.rollcall.protocol.AgentKey;
import org.rollcall.protocol.EnrolmentCode;
import org.rollcall.protocol.v1.Command;
import org.rollcall.protocol.v1.LineTest;
import org.rollcall.protocol.v1.Observation;
import org.rollcall.protocol.v1.Sweep;
import org.rollcall.simulator.district.District;
import org.rollcall.simulator.district.RegisterFiles;
import org.rollcall.simulator.server.ServerFolder;
import org.rollcall.web.Server;
import org.rollcall.web.ServerSettings;

/** What a technician pushes, from the command line to a real agent, over MQTT and TLS. */
class PushedConfigurationIT {
  private static final String LOOPBACK = "rollcall.discovery.loopback";
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final String GOOD =
      """
      devices:
        - {subject: "terminal:pushed", probe: tcp, address: "127.0.0.2:%1$d", interval: 1s}
      lineTests: {enabled: false}
      discovery: {networks: [127.0.0.0/29], rate: 200, ports: [%1$d]}
      """;
  private static final String BAD =
      """
      devices:
        - {subject: "terminal:pushed", probe: telnet, address: "127.0.0.2:%1$d"}
      lineTests: {enabled: true}
      """;

  @TempDir private Path folder;
  private final District district = District.of(3, 1);
  private final String school = district.schools().get(0).code();
  private final ScheduledExecutorService worker = Executors.newScheduledThreadPool(1);
  private final NetworkThreads network = new NetworkThreads(1);
  private final AgentKey key = AgentKey.generate();
  private int commands;

  @SuppressWarnings("NullAway.Init")
  private ServerFolder place;

  @BeforeEach
  void writeServer() throws Exception {
    System.setProperty(LOOPBACK, "true");
    network.start();
    place = new ServerFolder(folder, ServerFolder.freePort(), ServerFolder.freePort(), 0);
    place.write();
    RegisterFiles.write(district, List.of(), folder, LocalDate.of(2026, 3, 1));
    place.commands(
        List.of(
            ServerFolder.Command.of("import", "regions", folder.resolve("regions.csv").toString()),
            ServerFolder.Command.of(
                "import", "schools", folder.resolve("schools.csv").toString())));
  }

  @AfterEach
  void endAll() {
    System.clearProperty(LOOPBACK);
    worker.shutdownNow();
    network.close();
  }

  private Server server() throws Exception {
    return Server.start(
        SettingsReader.read(place.config(), ServerSettings.class), Clock.systemUTC());
  }

  private AgentIdentity enrol(Collector collector) throws Exception {
    EnrolmentCode code =
        new EnrolmentCode(
            "127.0.0.1",
            collector.ingest().tlsPort(),
            HexFormat.of().formatHex(collector.identity().spkiSha256()),
            collector.agents().issueCode(school, Duration.ofDays(2)));
    return new Enrolment(network, Clock.systemUTC(), true).enrol(code, key);
  }

  private Agent agent(AgentIdentity identity) throws Exception {
    AgentSettings settings =
        SettingsReader.read("agent.yaml", "report: {interval: 1s}\n", folder, AgentSettings.class);
    return new Agent(
        identity,
        key,
        Files.createDirectories(folder.resolve("agent")),
        settings,
        new UplinkThreads(network, worker, Clock.systemUTC(), new SecureRandom()));
  }

  private void push(String yaml, int port) throws Exception {
    Path file = Files.writeString(folder.resolve("pushed.yaml"), yaml.formatted(port));
    place.command("agents", "config", key.agentId(), "--file", file.toString());
  }

  /** What a technician is told of all revisions. */
  private String told() throws Exception {
    return String.join("\n", place.command("agents", "config", key.agentId()));
  }

  private static void await(Callable<Boolean> condition) {
    Awaitility.await().atMost(LIMIT).pollInterval(Duration.ofMillis(500)).until(condition);
  }

  private @Nullable Observation seen(Collector collector, String subject) {
    return collector.pulse().school(school).get(subject);
  }

  private long health(Collector collector, String measure) {
    Observation health = seen(collector, "agent:" + key.agentId());
    return health == null ? 0 : (long) health.getMeasuresOrDefault(measure, 0);
  }

  private void tell(Collector collector, Command.Builder command) {
    Command whole =
        command
            .setId("c" + ++commands)
            .setExpiresMillis(System.currentTimeMillis() + LIMIT.toMillis())
            .build();
    await(() -> collector.ingest().command(key.agentId(), whole));
  }

  /** What became of a line test, as the collector hears it. */
  private String lineTest(Collector collector) {
    String line = "line" + commands;
    tell(
        collector,
        Command.newBuilder().setLineTest(LineTest.newBuilder().setLine(line).setHost("127.0.0.1")));
    await(() -> seen(collector, "throughput:" + line) != null);
    Observation seen = seen(collector, "throughput:" + line);
    return seen == null ? "" : seen.getReason();
  }

  private void sweepIsDone(Collector collector) {
    long before = System.currentTimeMillis();
    tell(collector, Command.newBuilder().setSweep(Sweep.getDefaultInstance()));
    await(
        () -> {
          Observation seen = seen(collector, "agent:" + key.agentId());
          return seen != null
              && seen.getTimeMillis() > before
              && seen.getMeasuresOrDefault("sweepAddresses", 0) == 6;
        });
  }

  private void runs(Collector collector) {
    long before = System.currentTimeMillis();
    await(
        () -> {
          Observation seen = seen(collector, "terminal:pushed");
          return seen != null
              && seen.getTimeMillis() > before
              && seen.getMeasuresOrDefault("up", 0) == 1;
        });
    assertThat(lineTest(collector)).isEqualTo("switched-off");
    sweepIsDone(collector);
  }

  @Test
  void whatIsGoodHoldsAtOnceAndABadOneIsRefusedWithItsReasonsAlsoAfterARestart() throws Exception {
    try (ServerSocket device = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.2"));
        Server server = server()) {
      Collector collector = server.collector();
      AgentIdentity identity = enrol(collector);
      try (Agent agent = agent(identity)) {
        agent.start();
        await(() -> health(collector, "uptimeSeconds") > 0);
        assertThat(lineTest(collector)).isNotEqualTo("switched-off");
        push(GOOD, device.getLocalPort());
        await(() -> told().contains("the agent took it"));
        runs(collector);

        push(BAD, device.getLocalPort());
        await(() -> told().contains("the agent refused it"));
        assertThat(told())
            .matches(
                "(?s)revision 2.*refused it.*\\n  terminal:pushed has the unknown probe"
                    + " 'telnet': known are .*\\nrevision 1.*the agent took it.*");
        runs(collector);
      }
      try (Agent again = agent(identity)) {
        again.start();
        assertThat(again.status().configRevision()).isEqualTo(1);
        runs(collector);
        assertThat(told()).contains("the agent refused it");
        push("", device.getLocalPort());
        await(() -> told().matches("(?s)revision 3[^\\n]*the agent took it.*"));
        await(() -> !again.status().looks().isEmpty() || again.status().configRevision() == 3);
        assertThat(again.status().looks()).isEmpty();
        assertThat(lineTest(collector)).isNotEqualTo("switched-off");
      }
    }
  }
}
