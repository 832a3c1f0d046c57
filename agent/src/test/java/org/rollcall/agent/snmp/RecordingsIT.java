package org.rollcall.agent.snmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rollcall.agent.Daemon;
import org.rollcall.agent.LocalPort;
import org.rollcall.agent.snmp.InterfaceTable.Interface;
import org.rollcall.protocol.v1.Observation;

/**
 * Recordings of real devices, served by Debian's snmpsim and read as if they stood in a school.
 * {@code -Drollcall.recordings=DIR} tries other ones.
 */
class RecordingsIT {

  @TempDir static Path work;

  private static Daemon simulator;
  private static int port;
  private static SnmpSession session;

  private static Path folder() {
    String other = System.getProperty("rollcall.recordings");
    return other != null
        ? Path.of(other)
        : Path.of(System.getProperty("rollcall.root"), "..", "shared", "devices").normalize();
  }

  static List<String> recordings() throws IOException {
    try (Stream<Path> files = Files.list(folder())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".snmprec"))
          .map(name -> name.substring(0, name.length() - ".snmprec".length()))
          .sorted()
          .toList();
    }
  }

  @BeforeAll
  static void serveTheRecordings() throws IOException {
    port = LocalPort.udp();
    Path cache = Files.createDirectory(work.resolve("cache"));
    String group =
        Files.readAttributes(cache, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
            .group()
            .getName();
    simulator =
        Daemon.start(
            new ProcessBuilder(
                "/usr/bin/snmpsimd",
                "--data-dir=" + folder().toAbsolutePath(),
                "--cache-dir=" + cache,
                "--agent-udpv4-endpoint=127.0.0.1:" + port,
                "--process-user=" + System.getProperty("user.name"),
                "--process-group=" + group,
                "--logging-method=null"),
            work.resolve("snmpsimd.log"));
    session = new SnmpSession(Clock.systemUTC());
    session.start();
    // It reads every recording before it answers the first question.
    await("snmpsimd answers")
        .atMost(Duration.ofMinutes(5))
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> {
              simulator.mustBeAlive();
              SnmpDevice any = device(recordings().get(0), LocalDevice.hasty());
              return LocalDevice.await(any.get(Oids.SYS_UP_TIME)).fault() == null;
            });
  }

  @AfterAll
  static void stop() {
    session.close();
    simulator.close();
  }

  private static SnmpDevice device(String community, SnmpSettings settings) {
    return LocalDevice.at(session, port, community, settings);
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void everyLinkOfTheRecordingHasItsNameSpeedStateAndCounterWidth(String name) throws IOException {
    Recording recording = new Recording(folder().resolve(name + ".snmprec"));
    InterfaceTable table =
        LocalDevice.await(InterfaceTable.read(device(name, LocalDevice.patient())));

    if (recording.indexes().isEmpty()) {
      assertThat(table.interfaces()).isEmpty();
      assertThat(table.reason()).isEqualTo("no-interfaces");
      return;
    }
    List<Interface> expected = new ArrayList<>();
    for (long index : recording.indexes()) {
      expected.add(
          new Interface(
              index,
              recording.name(index),
              recording.speed(index),
              InterfaceTable.State.valueOf(recording.state(index)),
              recording.switchedOff(index),
              recording.counterBits(index)));
    }
    assertThat(table.interfaces()).containsExactlyElementsOf(expected);
    assertThat(table.reason()).isEmpty();
  }

  /** Read off the recordings by hand, where the devices keep least to the MIB. */
  record Fact(String recording, long ifIndex, String name, long speed, String state, int bits) {}

  static List<Fact> facts() throws IOException {
    List<String> there = recordings();
    return Stream.of(
            new Fact("cisco-c3560", 10_501, "Nu0", 10_000_000_000L, "UP", 32),
            new Fact("dcn-dcs-3726c", 2, "Port2", 100_000_000, "LOWER_LAYER_DOWN", 64),
            new Fact("dlink-des3038", 2, "1/2", 100_000_000, "UP", 32),
            new Fact("h3c-e528", 1, "GigabitEthernet1/0/1", 1_000_000_000, "DOWN", 64),
            new Fact("huawei-s5720", 34, "XGigabitEthernet0/0/1", 10_000_000_000L, "UP", 64),
            new Fact("linux-a", 5, "LAN2", 1_000_000_000, "UP", 64),
            new Fact("topsec-ngfw4000", 33_554_442, "feth10", 10_000_000_000L, "UP", 64),
            new Fact("ubiquiti-m5", 2, "eth0", 100_000_000, "UP", 32),
            new Fact("windows-xp", 1, "MS TCP Loopback interface", 10_000_000, "UP", 32))
        .filter(fact -> there.contains(fact.recording))
        .toList();
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("facts")
  void whatWasReadByHandIsWhatIsTold(Fact fact) {
    InterfaceTable table =
        LocalDevice.await(InterfaceTable.read(device(fact.recording, LocalDevice.patient())));
    assertThat(table.interfaces())
        .filteredOn(row -> row.ifIndex() == fact.ifIndex)
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.name()).isEqualTo(fact.name);
              assertThat(row.speedBitsPerSecond()).isEqualTo(fact.speed);
              assertThat(row.state()).isEqualTo(InterfaceTable.State.valueOf(fact.state));
              assertThat(row.counterBits()).isEqualTo(fact.bits);
            });
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void aLinkIsFoundByItsNameAndSeenTwice(String name) throws IOException {
    Recording recording = new Recording(folder().resolve(name + ".snmprec"));
    SnmpDevice device = device(name, LocalDevice.patient());
    if (recording.indexes().isEmpty()) {
      PortsProbe probe = PortsProbe.link("link:wan", "eth0", Duration.ofSeconds(60), device);
      assertThat(LocalDevice.look(probe).getReason()).isEqualTo("no-interfaces");
      return;
    }
    long index = recording.indexes().iterator().next();
    PortsProbe probe =
        PortsProbe.link("link:wan", recording.name(index), Duration.ofSeconds(60), device);

    Observation first = LocalDevice.look(probe);
    assertThat(first.getReason())
        .isIn(
            "first-sample", "no-counters", "no-uptime", "ambiguous-interface", "no-such-interface");
    if (first.getMeasuresMap().containsKey("up")) {
      assertThat(first.getMeasuresOrThrow("up"))
          .isEqualTo(recording.state(index).equals("UP") ? 1 : 0);
    }
    if (first.getReason().equals("first-sample")) {
      assertThat(first.getMeasuresOrThrow("counterBits")).isEqualTo(recording.counterBits(index));
      assertThat(first.getMeasuresOrDefault("speedBitsPerSecond", 0))
          .isEqualTo((double) recording.speed(index));
      // A recording's uptime stands still, or runs by the simulator's clock: a rate or a reason, no
      // guess.
      Observation second = LocalDevice.look(probe);
      assertThat(second.containsMeasures("inBitsPerSecond"))
          .isEqualTo(second.getReason().isEmpty());
    }
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void allPortsOfASwitchAreReadInAFewRequests(String name) throws IOException {
    Recording recording = new Recording(folder().resolve(name + ".snmprec"));
    Map<String, Long> wanted = new LinkedHashMap<>();
    Set<String> twice = new HashSet<>();
    for (long index : recording.indexes()) {
      String ifName = recording.name(index);
      if (wanted.put(ifName, index) != null) {
        twice.add(ifName);
      }
    }
    List<Port> ports = new ArrayList<>();
    wanted.forEach((ifName, index) -> ports.add(new Port("link:p" + index, ifName)));
    PortsProbe probe =
        new PortsProbe(
            new HostState("switch:s1"),
            ports,
            Duration.ofSeconds(60),
            device(name, LocalDevice.patient()));
    List<Observation> seen = LocalDevice.await(probe.run(Instant.now()));
    assertThat(seen)
        .extracting(Observation::getSubject)
        .containsExactlyInAnyOrderElementsOf(probe.subjects());
    for (Observation observation : seen) {
      if (observation.getSubject().equals("switch:s1")) {
        assertThat(observation.getMeasuresMap()).containsEntry("up", 1.0);
        continue;
      }
      long index = Long.parseLong(observation.getSubject().substring("link:p".length()));
      if (twice.contains(recording.name(index))) {
        assertThat(observation.getReason()).isEqualTo("ambiguous-interface");
      } else if (observation.getReason().equals("first-sample")) {
        assertThat(observation.getMeasuresMap())
            .containsEntry("counterBits", (double) recording.counterBits(index));
        assertThat(observation.getMeasuresOrDefault("speedBitsPerSecond", 0))
            .isEqualTo((double) recording.speed(index));
      } else {
        assertThat(observation.getReason())
            .isIn("no-counters", "no-uptime", "no-such-interface", "ambiguous-interface");
      }
    }
  }

  /** Windows lists its printers; any other device must say that it is none. */
  @ParameterizedTest
  @MethodSource("recordings")
  void onlyWhoListsAPrinterIsOne(String name) throws IOException {
    Observation seen =
        LocalDevice.look(
            new PrinterProbe(
                "printer:p", Duration.ofSeconds(60), device(name, LocalDevice.patient())));
    assertThat(seen.getMeasuresMap()).containsEntry("up", 1.0).doesNotContainKey("lifeCount");
    boolean lists =
        Files.readString(folder().resolve(name + ".snmprec"), StandardCharsets.ISO_8859_1)
            .contains("\n1.3.6.1.2.1.25.3.5.1.1.");
    if (lists) {
      assertThat(seen.getReason()).isEmpty();
      assertThat(seen.getMeasuresMap())
          .containsEntry("printerStatus", 1.0)
          .containsEntry("noPaper", 0.0)
          .containsEntry("serviceRequested", 0.0);
    } else {
      assertThat(seen.getReason()).isEqualTo("no-printer");
    }
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void theHostIsUpAndTellsSinceWhen(String name) {
    HostProbe probe =
        new HostProbe("switch:s1", Duration.ofSeconds(60), device(name, LocalDevice.patient()));
    Observation seen = LocalDevice.look(probe);
    assertThat(seen.getMeasuresOrThrow("up")).isEqualTo(1);
    assertThat(seen.getReason()).isIn("", "no-uptime");
  }

  @Test
  void aDeviceThatIsNotThereIsATimeoutAndTheOthersStillAnswer() throws IOException {
    SnmpDevice nobody = device("no-such-community", LocalDevice.hasty());
    InterfaceTable table = LocalDevice.await(InterfaceTable.read(nobody));
    assertThat(table.reason()).isEqualTo("timeout");
    assertThat(recordings()).isNotEmpty();
    SnmpDevice there = device(recordings().get(0), LocalDevice.patient());
    assertThat(LocalDevice.await(there.get(Oids.SYS_UP_TIME)).fault()).isNull();
  }
}
