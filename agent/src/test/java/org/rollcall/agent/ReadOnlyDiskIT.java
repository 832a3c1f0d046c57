package org.rollcall.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.agent.enrolment.AgentIdentity;
import org.rollcall.agent.spool.DiskSpool;
import org.rollcall.agent.uplink.NetworkThreads;
import org.rollcall.agent.uplink.ScriptedServer;
import org.rollcall.agent.uplink.UplinkThreads;
import org.rollcall.config.SettingsReader;
import org.rollcall.protocol.AgentKey;
import org.rollcall.protocol.Topics;
import org.rollcall.protocol.v1.Command;
import org.rollcall.protocol.v1.Configuration;
import org.rollcall.protocol.v1.Gap;
import org.rollcall.protocol.v1.LookNow;
import org.rollcall.protocol.v1.Observation;
import org.rollcall.protocol.v1.Report;
import org.slf4j.LoggerFactory;

/**
 * A whole agent on an ext4 that becomes read-only under it, as ext4 does when its disk fails, and
 * is repaired while the agent runs. Loop devices and mounting need root.
 */
class ReadOnlyDiskIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  @TempDir private Path folder;
  private final AgentKey key = AgentKey.generate();
  private final NetworkThreads network = new NetworkThreads(1);
  private final ScheduledExecutorService worker = Executors.newScheduledThreadPool(1);
  private final ScriptedServer server = new ScriptedServer();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger spoolLog = (Logger) LoggerFactory.getLogger(DiskSpool.class);
  private final List<String> loops = new ArrayList<>();

  @SuppressWarnings("NullAway.Init")
  private Path image;

  @SuppressWarnings("NullAway.Init")
  private Path disk;

  @SuppressWarnings("NullAway.Init")
  private ServerSocket device;

  @BeforeEach
  void mountDisk() throws Exception {
    image = folder.resolve("image");
    disk = Files.createDirectory(folder.resolve("disk"));
    run("truncate", "-s", "16M", image.toString());
    run("mkfs.ext4", "-q", "-F", image.toString());
    mount();
    network.start();
    server.start();
    device = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    log.start();
    spoolLog.setLevel(Level.INFO);
    spoolLog.addAppender(log);
  }

  @AfterEach
  void endAll() throws Exception {
    spoolLog.detachAppender(log);
    spoolLog.setLevel(null);
    worker.shutdown();
    assertThat(worker.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    network.close();
    server.close();
    device.close();
    run("umount", disk.toString());
    for (String loop : loops) {
      run("losetup", "-d", loop);
    }
  }

  /** On a loop device of its own: the old file system lives as long as somebody has a file open. */
  private void mount() throws Exception {
    String loop = run("losetup", "--find", "--show", image.toString()).strip();
    loops.add(loop);
    run("mount", "-o", "errors=remount-ro", loop, disk.toString());
  }

  /** What ext4 does by itself when its journal cannot be written: every write fails from now on. */
  private void becomeReadOnly() throws Exception {
    run("mount", "-o", "remount,abort", disk.toString());
    assertThat(run("findmnt", "-no", "OPTIONS", disk.toString())).contains("abort");
  }

  private void repair() throws Exception {
    run("umount", "--lazy", disk.toString());
    // 1: errors were corrected.
    runUntil(1, "e2fsck", "-fy", image.toString());
    mount();
  }

  private Agent agent() throws Exception {
    AgentSettings settings =
        SettingsReader.read(
            "agent.yaml",
            """
            report: {interval: 1s}
            uplink: {tls: false, retryFrom: 20ms, retryTo: 50ms}
            devices:
              - {subject: "reach:edu", probe: tcp, address: "127.0.0.1:%d", interval: 1s}
            """
                .formatted(device.getLocalPort()),
            folder,
            AgentSettings.class);
    return new Agent(
        new AgentIdentity("127.0.0.1", server.port(), "0".repeat(64), key.agentId(), "00701", null),
        key,
        Files.createDirectories(disk.resolve("agent")),
        settings,
        new UplinkThreads(network, worker, Clock.systemUTC(), new Random(1)));
  }

  @Test
  void theAgentGoesOnTellsItOnceAndRecoversWithAGapForWhatWasLost() throws Exception {
    try (Agent agent = agent()) {
      agent.start();
      await().atMost(LIMIT).until(() -> seenUntil() > 0);
      becomeReadOnly();
      await().atMost(LIMIT).until(() -> agent.spoolFigures().lost() >= 5);
      long lastBefore = seenUntil();
      int receivedBefore = server.received.size();

      assertThat(agent.status().spoolProblem()).isEqualTo("Read-only file system");
      assertThat(agent.uplinkFigures().connected()).isTrue();
      long looked = newestLook(agent);
      await().atMost(LIMIT).until(() -> newestLook(agent) > looked);
      server.publish(
          Topics.command(key.agentId()),
          Command.newBuilder()
              .setId("1")
              .setExpiresMillis(Long.MAX_VALUE)
              .setLookNow(LookNow.newBuilder().addSubjects("reach:edu"))
              .build()
              .toByteArray());
      server.publish(
          Topics.config(key.agentId()),
          Configuration.newBuilder()
              .setRevision(2)
              .setYaml("report: {interval: 2s}\n")
              .build()
              .toByteArray());
      await().atMost(LIMIT).until(() -> server.pubAcks.size() == 2);
      assertThat(server.pubAcks).as("both were done").containsOnly("7 0 ");
      assertThat(agent.looks().revision()).isEqualTo(2);
      assertThat(server.received)
          .as("nothing can be kept, so nothing is sent")
          .hasSize(receivedBefore);
      assertThat(warnings("Spool cannot be written to")).isEqualTo(1);
      assertThat(warnings("Spool cannot be made safe")).isLessThanOrEqualTo(1);

      repair();
      await().atMost(LIMIT).until(() -> agent.status().spoolProblem() == null);
      await().atMost(LIMIT).until(() -> seenUntil() > lastBefore && !gaps().isEmpty());
      assertThat(gaps()).allSatisfy(gap -> assertThat(gap.getReason()).isEqualTo("disk-error"));
      assertThat(gaps().stream().mapToLong(gap -> gap.getToSeq() - gap.getFromSeq() + 1).sum())
          .isEqualTo(agent.spoolFigures().lost());
      assertNumbersAreThereOrInAGap();
      assertThat(warnings("Spool can be written to again")).isEqualTo(1);
      await()
          .atMost(LIMIT)
          .untilAsserted(() -> assertThat(disk.resolve("agent/pushed.yaml")).exists());
    }
  }

  private long warnings(String beginning) {
    return List.copyOf(log.list).stream()
        .filter(line -> line.getMessage().startsWith(beginning))
        .count();
  }

  private static long newestLook(Agent agent) {
    Observation newest = agent.looks().newest().get("reach:edu");
    return newest == null ? 0 : newest.getTimeMillis();
  }

  private List<Report> reports() {
    List<Report> reports = new ArrayList<>();
    for (byte[] payload : server.received) {
      try {
        reports.add(Report.parseFrom(payload));
      } catch (InvalidProtocolBufferException e) {
        throw new AssertionError(e);
      }
    }
    return reports;
  }

  private List<Gap> gaps() {
    return reports().stream().flatMap(report -> report.getGapsList().stream()).distinct().toList();
  }

  /** When what has arrived was seen last. */
  private long seenUntil() {
    return reports().stream()
        .flatMap(report -> report.getObservationsList().stream())
        .mapToLong(Observation::getTimeMillis)
        .max()
        .orElse(0);
  }

  private void assertNumbersAreThereOrInAGap() {
    List<Long> numbers =
        new ArrayList<>(reports().stream().map(Report::getSeq).distinct().toList());
    for (Gap gap : gaps()) {
      for (long seq = gap.getFromSeq(); seq <= gap.getToSeq(); seq++) {
        numbers.add(seq);
      }
    }
    List<Long> expected = new ArrayList<>();
    for (long seq = 1; seq <= numbers.size(); seq++) {
      expected.add(seq);
    }
    assertThat(numbers).containsExactlyInAnyOrderElementsOf(expected);
  }

  private static String run(String... command) throws IOException, InterruptedException {
    return runUntil(0, command);
  }

  private static String runUntil(int worst, String... command)
      throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(said).isBetween(0, worst);
    return said;
  }
}
