package org.rollcall.simulator.campus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
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
import org.rollcall.config.SettingsReader;
import org.rollcall.protocol.AgentKey;
import org.rollcall.protocol.EnrolmentCode;
import org.rollcall.protocol.Topics;
import org.rollcall.protocol.v1.Command;
import org.rollcall.protocol.v1.Sweep;
import org.rollcall.simulator.district.District;
import org.rollcall.simulator.district.RegisterFiles;
import org.rollcall.simulator.server.Child;
import org.rollcall.simulator.server.ServerFolder;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.OctetString;

/** From a sweep in a school to the queue of the technician, by a real agent and a real server. */
class DevicesFoundIT {
  private static final String LOOPBACK = "rollcall.discovery.loopback";
  private static final Duration LIMIT = Duration.ofMinutes(5);

  @TempDir private Path folder;
  private final District district = District.of(3, 1);
  private final ScheduledExecutorService worker = Executors.newScheduledThreadPool(1);
  private final NetworkThreads network = new NetworkThreads(1);
  private final SnmpDevices devices = new SnmpDevices("public", Clock.systemUTC());
  private ServerFolder place = new ServerFolder(Path.of(""), 0, 0, 0);
  private @Nullable Child server;

  @BeforeEach
  void startServer() throws Exception {
    System.setProperty(LOOPBACK, "true");
    network.start();
    place = new ServerFolder(folder, ServerFolder.freePort(), ServerFolder.freePort(), 0);
    place.write();
    RegisterFiles.write(district, List.of(), folder, LocalDate.of(2026, 3, 1));
  }

  @AfterEach
  void endAll() {
    System.clearProperty(LOOPBACK);
    Child running = server;
    if (running != null) {
      running.close();
    }
    devices.close();
    worker.shutdownNow();
    network.close();
  }

  /** One device in its ARP and forwarding tables: 127.0.0.11 at GE0/0/3. */
  private static Mib accessSwitch() {
    OctetString mac = OctetString.fromHexString("00:1b:00:00:00:11");
    return new Mib()
        .constant("1.3.6.1.2.1.1.1.0", new OctetString("Simulated switch"))
        .constant("1.3.6.1.2.1.1.5.0", new OctetString("floor-1"))
        .constant("1.3.6.1.2.1.2.2.1.8.3", new Integer32(1))
        .constant("1.3.6.1.2.1.4.22.1.2.3.127.0.0.11", mac)
        .constant("1.3.6.1.2.1.17.1.4.1.2.3", new Integer32(3))
        .constant("1.3.6.1.2.1.17.4.3.1.2.0.27.0.0.0.17", new Integer32(3))
        .constant("1.3.6.1.2.1.17.4.3.1.3.0.27.0.0.0.17", new Integer32(3))
        .constant("1.3.6.1.2.1.31.1.1.1.1.3", new OctetString("GE0/0/3"));
  }

  @Test
  void whatAnAgentFindsWaitsInTheQueueOfItsSchool() throws Exception {
    String code =
        place
            .commands(
                List.of(
                    ServerFolder.Command.of(
                        "import", "regions", folder.resolve("regions.csv").toString()),
                    ServerFolder.Command.of(
                        "import", "schools", folder.resolve("schools.csv").toString()),
                    ServerFolder.Command.of("agents", "code", "--region", District.ROOT)))
            .get(2)
            .stream()
            .filter(line -> line.contains(",RC1-"))
            .findFirst()
            .orElseThrow();
    server = place.startAndAwait(List.of("-Xmx512m"));
    AgentKey key = AgentKey.generate();
    AgentIdentity identity =
        new Enrolment(network, Clock.systemUTC(), true)
            .enrol(EnrolmentCode.parse(code.substring(code.indexOf(',') + 1)), key);
    String at = devices.add(accessSwitch(), now -> true);
    devices.start();
    Path own = Files.createDirectories(folder.resolve("agent"));
    try (ServerSocket web = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.2"));
        Agent agent =
            new Agent(
                identity,
                key,
                own,
                settings(at, web.getLocalPort()),
                new UplinkThreads(network, worker, Clock.systemUTC(), new SecureRandom()))) {
      agent.start();
      agent
          .commands()
          .received(
              Topics.command(identity.agent()),
              Command.newBuilder()
                  .setId("c1")
                  .setExpiresMillis(System.currentTimeMillis() + LIMIT.toMillis())
                  .setSweep(Sweep.getDefaultInstance())
                  .build()
                  .toByteArray());
      List<String> queue = new CopyOnWriteArrayList<>();
      await()
          .atMost(LIMIT)
          .pollInterval(Duration.ofSeconds(2))
          .until(
              () -> {
                queue.clear();
                queue.addAll(place.command("discovered", "list", "--school", identity.school()));
                return queue.stream().anyMatch(line -> line.contains("00:1b:00:00:00:11"));
              });
      assertThat(queue)
          .anyMatch(line -> line.contains("127.0.0.11") && line.contains("floor-1 GE0/0/3"))
          .anyMatch(
              line -> line.contains("127.0.0.2 ") && line.contains("tcp " + web.getLocalPort()))
          // The switch itself is configured.
          .noneMatch(line -> line.contains("127.0.0.1 "));
    }
  }

  private AgentSettings settings(String switchAt, int port) throws Exception {
    return SettingsReader.read(
        "agent.yaml",
        """
        data: %s
        report: {interval: 1s}
        credentials: {sw: {community: public}}
        discovery:
          networks: [127.0.0.0/28]
          rate: 200
          ports: [%d]
          switches: [{subject: "switch:floor-1"}]
        devices:
          - {subject: "switch:floor-1", probe: snmp, address: "%s", credential: sw}
        """
            .formatted(folder.resolve("agent-data"), port, switchAt),
        folder,
        AgentSettings.class);
  }
}
