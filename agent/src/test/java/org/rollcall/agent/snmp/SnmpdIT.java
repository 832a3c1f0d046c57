package org.rollcall.agent.snmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.agent.Daemon;
import org.rollcall.agent.LocalPort;
import org.rollcall.agent.probe.Credentials;
import org.rollcall.agent.probe.DeviceSettings;
import org.rollcall.agent.probe.Endpoint;
import org.rollcall.agent.probe.NameLookup;
import org.rollcall.agent.probe.Probe;
import org.rollcall.agent.snmp.InterfaceTable.Interface;
import org.rollcall.protocol.v1.Observation;

/** Debian's snmpd, asked by the probes and by snmpget in turn: both must tell the same. */
class SnmpdIT {

  private static final String COMMUNITY = "school-3f";
  private static final String SYS_UP_TIME = "1.3.6.1.2.1.1.3.0";
  private static final String HR_SYSTEM_UPTIME = "1.3.6.1.2.1.25.1.1.0";
  private static final String IF_TABLE = "1.3.6.1.2.1.2.2.1.";
  private static final String IF_X_TABLE = "1.3.6.1.2.1.31.1.1.1.";

  @TempDir static Path work;

  private static Daemon daemon;
  private static int port;
  private static SnmpProbes probes;

  @BeforeAll
  static void startTheDaemon() throws IOException {
    port = LocalPort.udp();
    Path settings =
        Files.writeString(
            work.resolve("snmpd.conf"),
            """
            agentaddress udp:127.0.0.1:%d
            rocommunity %s 127.0.0.1
            """
                .formatted(port, COMMUNITY));
    ProcessBuilder command =
        new ProcessBuilder(
            "/usr/sbin/snmpd", "-f", "-Lo", "-C", "-c", settings.toString(), "-I", "-smux");
    command.environment().put("SNMP_PERSISTENT_DIR", work.resolve("state").toString());
    daemon = Daemon.start(command, work.resolve("snmpd.log"));
    Clock clock = Clock.systemUTC();
    probes =
        new SnmpProbes(
            SnmpSettings.of(COMMUNITY, Duration.ofSeconds(5), 5),
            Credentials.none(),
            new NameLookup(clock),
            clock);
    probes.start();
    Probe host = host();
    await("snmpd answers")
        .atMost(Duration.ofMinutes(2))
        .until(
            () -> {
              daemon.mustBeAlive();
              return LocalDevice.look(host).getReason().isEmpty();
            });
  }

  @AfterAll
  static void stop() {
    probes.close();
    daemon.close();
  }

  private static Probe host() {
    return probes.probe(settings("terminal:c0301", null));
  }

  private static DeviceSettings settings(String subject, @Nullable String ifName) {
    return new DeviceSettings(
        subject,
        "snmp",
        "127.0.0.1:" + port,
        Duration.ofSeconds(60),
        ifName == null ? Map.of() : Map.of("ifName", ifName));
  }

  private static String snmpget(String oid) {
    try {
      Process asked =
          new ProcessBuilder(
                  "/usr/bin/snmpget",
                  "-v2c",
                  "-c",
                  COMMUNITY,
                  "-t",
                  "5",
                  "-r",
                  "5",
                  "-Oqvtn",
                  "127.0.0.1:" + port,
                  oid)
              // On a machine's first day it tells there of the folders it makes.
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String said = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(asked.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return said.strip().replace("\"", "");
    } catch (IOException | InterruptedException failed) {
      throw new AssertionError(failed);
    }
  }

  private static long number(String oid) {
    return Long.parseLong(snmpget(oid));
  }

  private static InterfaceTable table() {
    return LocalDevice.await(
        probes.interfaces(new Endpoint("127.0.0.1", port), null).toCompletableFuture());
  }

  private static long index(String name) {
    return table().interfaces().stream()
        .filter(row -> row.name().equals(name))
        .findFirst()
        .orElseThrow()
        .ifIndex();
  }

  @Test
  void theTableIsTheOneSnmpgetTells() {
    InterfaceTable table = table();
    assertThat(table.reason()).isEmpty();
    assertThat(table.interfaces()).extracting(Interface::name).contains("lo");
    for (Interface row : table.interfaces()) {
      assertThat(row.name()).isEqualTo(snmpget(IF_X_TABLE + "1." + row.ifIndex()));
      assertThat(row.speedBitsPerSecond()).isEqualTo(number(IF_TABLE + "5." + row.ifIndex()));
      assertThat(row.state() == InterfaceTable.State.UP)
          .isEqualTo(snmpget(IF_TABLE + "8." + row.ifIndex()).matches("1|up"));
      assertThat(row.counterBits()).isEqualTo(64);
    }
  }

  @Test
  void theUptimeIsTheOneSnmpgetTells() {
    Probe host = host();
    double before = number(HR_SYSTEM_UPTIME) / 100.0;
    double seen = LocalDevice.look(host).getMeasuresOrThrow("uptimeSeconds");
    double after = number(HR_SYSTEM_UPTIME) / 100.0;
    assertThat(seen).isBetween(before, after);
    assertThat(number(SYS_UP_TIME)).isPositive();
  }

  /**
   * Others may use lo too, and the daemon reads its counters every few seconds only: each look is
   * taken between two readings of snmpget's, and what it counts must lie between them.
   */
  @Test
  void theRateIsTheOneOfSnmpgetsCounters() {
    long lo = index("lo");
    Probe link = probes.probe(settings("link:wan", "lo"));
    Look[] last = {Look.at(link, lo)};
    Observation first = last[0].seen;
    assertThat(first.getReason()).isEqualTo("first-sample");
    assertThat(first.getMeasuresMap()).containsEntry("up", 1.0).containsEntry("counterBits", 64.0);

    await("a look counts what was sent")
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofSeconds(1))
        .until(
            () -> {
              send(100);
              Look look = Look.at(link, lo);
              long counted = look.counted(last[0]);
              last[0] = look;
              return counted > 100_000;
            });
  }

  private record Counters(long in, long out) {
    static Counters of(long index) {
      return new Counters(number(IF_X_TABLE + "6." + index), number(IF_X_TABLE + "10." + index));
    }
  }

  /** A look of the probe's, and the counters before and after it. */
  private record Look(Counters before, Observation seen, Counters after) {
    static Look at(Probe link, long index) {
      Counters before = Counters.of(index);
      Observation seen = LocalDevice.look(link);
      return new Look(before, seen, Counters.of(index));
    }

    /** The octets received since the last look, after a check; 0 where lo was too busy to tell. */
    long counted(Look last) {
      if (seen.getReason().equals("rate-above-speed")) {
        return 0;
      }
      assertThat(seen.getReason()).isEmpty();
      long in = octets("inBitsPerSecond");
      assertThat(in).isBetween(before.in - last.after.in, after.in - last.before.in);
      assertThat(octets("outBitsPerSecond"))
          .isBetween(before.out - last.after.out, after.out - last.before.out);
      return in;
    }

    private long octets(String rate) {
      return Math.round(
          seen.getMeasuresOrThrow(rate) * seen.getMeasuresOrThrow("intervalSeconds") / 8);
    }
  }

  private static void send(int packets) throws IOException {
    try (java.net.DatagramSocket socket = new java.net.DatagramSocket()) {
      byte[] bytes = new byte[1_000];
      for (int i = 0; i < packets; i++) {
        socket.send(
            new java.net.DatagramPacket(
                bytes, bytes.length, InetAddress.getLoopbackAddress(), socket.getLocalPort()));
      }
    }
  }

  @Test
  void aWrongCommunityIsSilence() {
    DeviceSettings wrong =
        new DeviceSettings(
            "terminal:x",
            "snmp",
            "127.0.0.1:" + port,
            Duration.ofSeconds(60),
            Map.of("community", "not-this-one"));
    SnmpProbes hasty =
        new SnmpProbes(
            LocalDevice.hasty(),
            Credentials.none(),
            new NameLookup(Clock.systemUTC()),
            Clock.systemUTC());
    hasty.start();
    try {
      assertThat(LocalDevice.look(hasty.probe(wrong)).getReason()).isEqualTo("timeout");
    } finally {
      hasty.close();
    }
  }
}
