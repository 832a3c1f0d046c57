package org.rollcall.simulator.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.simulator.server.ServerFolder;
import picocli.CommandLine;

/** Short runs of the load generators against the real server and a real broker. */
class BenchIT {
  private static final String FIGURES =
      "\\{\"reportsPerSecond\":\\d+,\"observationsPerSecond\":\\d+,\"ackP50Ms\":[0-9.]+,"
          + "\"ackP99Ms\":[0-9.]+,\"collectorRssMiB\":%s,\"collectorCpuSeconds\":%s,"
          + "\"bytesPerObservation\":%s,\"closedDayBytesPerRow\":%s}";

  private static final String LESS_THAN_22 = "(1?[0-9]|2[01])\\.[0-9]{2}";

  @TempDir private Path folder;

  @Test
  void everythingTheServerAcknowledgesItHasStored() {
    assertThat(lastLine("ingest", "--agents", "5", "--seconds", "2", "--warm-up", "1"))
        .matches(FIGURES.formatted("[0-9.]+", "[0-9.]+", "[0-9.]+", LESS_THAN_22));
  }

  @Test
  void theSameHoldsForAStoreOfItsOwnThatStandsStillForAWhile() {
    assertThat(
            lastLine(
                "ingest",
                "--agents",
                "5",
                "--seconds",
                "4",
                "--warm-up",
                "1",
                "--store",
                "influx",
                "--stall",
                "2"))
        .matches(FIGURES.formatted("[0-9.]+", "[0-9.]+", "[0-9.]+", LESS_THAN_22));
  }

  /** 500 schools; the form for 2,000 is run by hand. */
  @Test
  void ofADayOfFaultsNoneIsMissedAndNoneIsToldTwice() {
    assertThat(lastLine("alerts", "--schools", "500"))
        .matches(
            "\\{\"causes\":[1-9]\\d*,\"raised\":\\d+,\"notifications\":\\d+,"
                + "\"notificationsPerCause\":(0\\.\\d+|1\\.[01]\\d|1\\.20),\"missed\":0,"
                + "\"stuck\":0,\"recoveries\":\\d+,\"letters\":\\d+}");
  }

  @Test
  void idleConnectionsAreWeighed() {
    assertThat(lastLine("idle", "--connections", "50", "--seconds", "1"))
        .contains("\"connections\":50", "mibPer1000");
  }

  @Test
  void switchesArePolledByTheAgentsOwnProbes() {
    assertThat(lastLine("snmp", "--devices", "8", "--seconds", "1", "--warm-up", "1"))
        .matches(
            "\\{\"devicesPerSecond\":[1-9]\\d*,\"cpuSecondsPer1000Polls\":[0-9.]+,"
                + "\"bareSnmp4jDevicesPerSecond\":[1-9]\\d*,.*\"valuesPerPoll\":22}");
  }

  /** The aim is 48 MiB; what is above it is for other kernels, which map more at once. */
  @Test
  void theAgentFitsASchoolsOldestComputer() {
    String line = lastLine("agent", "--devices", "60", "--warm-up", "70", "--seconds", "10");
    Matcher rss =
        Pattern.compile("\\{\"rssMiB\":([0-9.]+),\"cpuPercent\":[0-9.]+,.*}").matcher(line);
    assertThat(rss.matches()).as(line).isTrue();
    assertThat(Double.parseDouble(rss.group(1))).isBetween(20.0, 52.0);
  }

  @Test
  void aProvinceIsJudgedFromItsSchoolDays() {
    String line = lastLine("judge", "--schools", "14", "--days", "5", "--rounds", "1");
    assertThat(line)
        .matches("\\{\"seconds\":[0-9.]+,\"peakHeapMiB\":\\d+,\"rejudgeSchoolSeconds\":[0-9.]+,.*}")
        .contains("\"schools\":14,\"days\":5,\"rules\":17,\"verdicts\":" + 14 * 17 + ",");
  }

  /** 300 ms is the aim for 25,000 schools; a few must take no longer on any machine. */
  @Test
  void aProvincesMapIsAnsweredAtOnceAfterAChangeToo() {
    String line = lastLine("map", "--schools", "45", "--calls", "30", "--rounds", "3");
    Matcher map =
        Pattern.compile(
                "\\{\"p50Ms\":([0-9.]+),\"p99Ms\":[0-9.]+,\"bytes\":[1-9]\\d*,\"coldMs\":([0-9.]+),.*}")
            .matcher(line);
    assertThat(map.matches()).as(line).isTrue();
    assertThat(line).contains("\"schools\":45,");
    assertThat(Double.parseDouble(map.group(1))).isBetween(0.1, 300.0);
    assertThat(Double.parseDouble(map.group(2))).isBetween(0.1, 2_000.0);
  }

  @Test
  void ndt7MovesAtLeastWhatAnyMachineMoves() {
    String line = lastLine("ndt7");
    assertThat(line)
        .matches(
            "\\{\"downloadBitsPerSecond\":\\d{8,},\"uploadBitsPerSecond\":\\d{8,},"
                + "\"cpuSeconds\":[0-9.]+}");
  }

  @Test
  void anotherBrokerIsDrivenTheSameWay() throws Exception {
    int port = ServerFolder.freePort();
    Path settings = folder.resolve("mosquitto.conf");
    Files.writeString(settings, "listener " + port + " 127.0.0.1\nallow_anonymous true\n");
    Process broker =
        new ProcessBuilder("mosquitto", "-c", settings.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("mosquitto.log").toFile())
            .start();
    try {
      Awaitility.await()
          .atMost(Duration.ofMinutes(1))
          .until(
              () -> {
                assertThat(broker.isAlive()).isTrue();
                return listens(port);
              });
      assertThat(
              lastLine(
                  "ingest",
                  "--agents",
                  "5",
                  "--seconds",
                  "1",
                  "--warm-up",
                  "1",
                  "--subscriber",
                  "--target",
                  "127.0.0.1:" + port))
          .matches(FIGURES.formatted("null", "null", "null", "null"));
    } finally {
      broker.destroy();
      if (!broker.waitFor(30, TimeUnit.SECONDS)) {
        broker.destroyForcibly();
      }
      assertThat(broker.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void impossibleOptionsAreWrongUsage() {
    CommandLine bench = new CommandLine(new BenchCommand());
    bench.setErr(new java.io.PrintWriter(java.io.Writer.nullWriter()));
    assertThat(bench.execute("ingest", "--agents", "0")).isEqualTo(2);
    assertThat(bench.execute("ingest", "--in-flight", "65")).isEqualTo(2);
    assertThat(bench.execute("ingest", "--target", "nowhere")).isEqualTo(2);
    assertThat(bench.execute("ingest", "--store", "paper")).isEqualTo(2);
    assertThat(bench.execute("ingest", "--stall", "1")).isEqualTo(2);
    assertThat(bench.execute("judge", "--schools", "0")).isEqualTo(2);
    assertThat(bench.execute("map", "--schools", "0")).isEqualTo(2);
    assertThat(bench.execute("snmp", "--devices", "0")).isEqualTo(2);
    assertThat(bench.execute("judge", "--heap", "much")).isEqualTo(2);
  }

  private static boolean listens(int port) {
    try (var socket = new java.net.Socket(java.net.InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (java.io.IOException notYet) {
      return false;
    }
  }

  /** What the command prints last; it must succeed. */
  private static String lastLine(String... arguments) {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      CommandLine bench = new CommandLine(new BenchCommand());
      assertThat(bench.execute(arguments)).isZero();
    } finally {
      System.setOut(before);
    }
    return printed.toString(StandardCharsets.UTF_8).lines().reduce("", (a, b) -> b);
  }
}
