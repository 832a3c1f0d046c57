package org.rollcall.simulator.strangers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.agent.Agent;
import org.rollcall.agent.AgentSettings;
import org.rollcall.agent.enrolment.AgentIdentity;
import org.rollcall.agent.enrolment.Enrolment;
import org.rollcall.agent.enrolment.IdentityFolder;
import org.rollcall.agent.report.ReportSettings;
import org.rollcall.agent.spool.SpoolSettings;
import org.rollcall.agent.status.StatusSettings;
import org.rollcall.agent.throughput.LineTestSettings;
import org.rollcall.agent.uplink.NetworkThreads;
import org.rollcall.agent.uplink.UplinkSettings;
import org.rollcall.agent.uplink.UplinkThreads;
import org.rollcall.config.DataSize;
import org.rollcall.protocol.AgentKey;
import org.rollcall.protocol.EnrolmentCode;
import org.rollcall.protocol.v1.Observation;
import org.rollcall.simulator.district.District;
import org.rollcall.simulator.district.RegisterFiles;
import org.rollcall.simulator.server.Child;
import org.rollcall.simulator.server.ServerFolder;
import org.rollcall.simulator.server.ServerFolder.Command;
import org.rollcall.simulator.server.ServerMetrics;

/**
 * Five thousand connections at a real server's doors that never say who they are, while a real
 * agent reports: what it sees is acknowledged in time, in a small heap, and the strangers go.
 */
class StrangersIT {
  private static final int STRANGERS = 5_000;
  private static final int PATIENCE_SECONDS = 15;

  /** From an observation to its report's acknowledgement, which alone takes up to a second. */
  private static final Duration ACKNOWLEDGED_IN = Duration.ofSeconds(5);

  /** What the server may have; the strangers must fit beside everything else. */
  private static final List<String> FLAGS =
      List.of("-Xmx384m", "-XX:MaxDirectMemorySize=256m", "-XX:+ExitOnOutOfMemoryError");

  /** The beginnings of a TLS record of a ClientHello, and of a CONNECT of MQTT 5. */
  private static final byte[] HALF_HELLO = HexFormat.of().parseHex("1603010200010001fc0303");

  private static final byte[] HALF_CONNECT = HexFormat.of().parseHex("107f00044d51545405c2003c");

  @TempDir private Path folder;
  private final List<SocketChannel> strangers = new ArrayList<>();
  private final ScheduledExecutorService worker = Executors.newScheduledThreadPool(1);
  private final NetworkThreads network = new NetworkThreads(1);
  private ServerFolder place = new ServerFolder(Path.of(""), 0, 0, 0);
  private Child server;
  private Agent agent;

  @BeforeEach
  void serverWithAnAgent() throws Exception {
    place =
        new ServerFolder(
            folder, ServerFolder.freePort(), ServerFolder.freePort(), ServerFolder.freePort());
    place.write();
    String settings = Files.readString(place.config());
    String limits = "mqtt:\n  limits: {connectTimeout: " + PATIENCE_SECONDS + "s}\n";
    Files.writeString(place.config(), settings.replace("mqtt:\n", limits));
    RegisterFiles.write(District.of(3, 1), List.of(), folder, LocalDate.of(2026, 3, 1));
    List<List<String>> answers =
        place.commands(
            List.of(
                Command.of("import", "regions", folder.resolve("regions.csv").toString()),
                Command.of("import", "schools", folder.resolve("schools.csv").toString()),
                Command.of("agents", "code", "--region", District.ROOT)));
    String code =
        answers.get(2).stream()
            .filter(line -> line.contains(",RC1-"))
            .map(line -> line.substring(line.indexOf(',') + 1))
            .findFirst()
            .orElseThrow();
    server = place.startAndAwait(FLAGS);
    network.start();
    agent = enrolled(EnrolmentCode.parse(code));
    agent.start();
  }

  private Agent enrolled(EnrolmentCode code) throws Exception {
    AgentKey key = AgentKey.generate();
    AgentIdentity identity = new Enrolment(network, Clock.systemUTC(), true).enrol(code, key);
    Path data = Files.createDirectories(folder.resolve("agent"));
    IdentityFolder kept = new IdentityFolder(data);
    kept.keep(identity, key);
    AgentSettings settings =
        new AgentSettings(
            data,
            new SpoolSettings(DataSize.parse("16MiB"), Duration.ofMillis(100)),
            new ReportSettings(Duration.ofSeconds(1), Duration.ofSeconds(10)),
            new UplinkSettings(true, Duration.ofMillis(50), Duration.ofSeconds(1)),
            new StatusSettings(false, 0),
            Map.of(),
            null,
            new LineTestSettings(false, null),
            null,
            List.of());
    return new Agent(
        identity,
        key,
        kept.folderOf(identity),
        settings,
        new UplinkThreads(network, worker, Clock.systemUTC(), new SecureRandom()));
  }

  @AfterEach
  void endAll() throws IOException {
    for (SocketChannel each : strangers) {
      each.close();
    }
    agent.close();
    network.close();
    worker.shutdownNow();
    server.close();
  }

  @Test
  void anAgentIsServedWhileFiveThousandStrangersStandAtTheDoor() throws Exception {
    ServerMetrics metrics = new ServerMetrics(place.httpPort());
    acknowledged(0);
    for (int i = 0; i < STRANGERS; i++) {
      strangers.add(stranger(i));
    }
    await()
        .atMost(Duration.ofSeconds(PATIENCE_SECONDS))
        .until(() -> metrics.value("rollcall_mqtt_connections") >= STRANGERS);
    Duration slowest = Duration.ZERO;
    for (int round = 1; round <= 5; round++) {
      Duration took = acknowledged(round);
      slowest = took.compareTo(slowest) > 0 ? took : slowest;
    }
    System.out.println("slowest acknowledgement beside strangers: " + slowest.toMillis() + " ms");
    assertThat(slowest).isLessThan(ACKNOWLEDGED_IN);

    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> metrics.value("rollcall_mqtt_connections") <= 1);
    assertThat(metrics.value("rollcall_mqtt_closed_total{reason=\"too-slow\"}"))
        .isEqualTo(STRANGERS);
    assertThat(metrics.value("rollcall_mqtt_turned_away_total")).isZero();
    acknowledged(6);
    assertThat(server.isAlive()).isTrue();
  }

  /** A third says nothing, a third stops in the TLS handshake, a third in its CONNECT. */
  private SocketChannel stranger(int number) throws IOException {
    int port = number % 3 == 2 ? place.plainPort() : place.tlsPort();
    SocketChannel channel =
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    if (number % 3 == 1) {
      channel.write(ByteBuffer.wrap(HALF_HELLO));
    } else if (number % 3 == 2) {
      channel.write(ByteBuffer.wrap(HALF_CONNECT));
    }
    return channel;
  }

  /** Lets the agent see something and waits until its report is acknowledged. */
  private Duration acknowledged(int round) {
    long begun = System.nanoTime();
    long before = agent.spoolFigures().lastPosition();
    Observation seen =
        Observation.newBuilder()
            .setSubject("link:wan")
            .setTimeMillis(System.currentTimeMillis() + round)
            .putMeasures("up", 1)
            .build();
    assertThat(agent.reporter().report(List.of(seen))).isTrue();
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(10))
        .until(
            () ->
                agent.spoolFigures().lastPosition() > before
                    && agent.spoolFigures().reports() == 0);
    return Duration.ofNanos(System.nanoTime() - begun);
  }
}
