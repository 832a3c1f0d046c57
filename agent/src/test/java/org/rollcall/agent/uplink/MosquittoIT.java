package org.rollcall.agent.uplink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.agent.Daemon;
import org.rollcall.agent.LocalPort;
import org.rollcall.agent.spool.DiskSpool;
import org.rollcall.agent.spool.SpoolSettings;
import org.rollcall.config.DataSize;
import org.rollcall.protocol.AgentKey;

/** The uplink against a broker that is not ours. */
class MosquittoIT {
  @TempDir private Path folder;
  private final NetworkThreads network = new NetworkThreads(1);
  private final ScheduledExecutorService worker = Executors.newScheduledThreadPool(1);
  private int port;

  @SuppressWarnings("NullAway.Init")
  private Daemon broker;

  @SuppressWarnings("NullAway.Init")
  private DiskSpool spool;

  @BeforeEach
  void startAll() throws IOException {
    port = LocalPort.tcp();
    Files.writeString(
        folder.resolve("mosquitto.conf"),
        "listener " + port + " 127.0.0.1\nallow_anonymous true\n");
    network.start();
    broker = startBroker();
    spool =
        new DiskSpool(
            folder.resolve("spool"),
            new SpoolSettings(new DataSize(8 * 1024 * 1024), Duration.ZERO),
            Clock.systemUTC());
    spool.start();
  }

  @AfterEach
  void stopAll() throws InterruptedException {
    worker.shutdown();
    assertThat(worker.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    network.close();
    spool.close();
    broker.kill();
  }

  @Test
  void reportsArePublishedAndAcknowledgedThroughARestartOfTheBroker() throws Exception {
    try (Uplink uplink =
        new Uplink(
            new MqttTarget("127.0.0.1", port, null),
            AgentKey.generate(),
            spool,
            new UplinkSettings(false, Duration.ofMillis(50), Duration.ofMillis(200)),
            folder.resolve("refused"),
            new UplinkThreads(network, worker, Clock.systemUTC(), new Random(1)))) {
      uplink.start();
      append(300);
      awaitEmptySpool();

      broker.kill();
      await().until(() -> !uplink.figures().connected());
      append(300);
      assertThat(spool.figures().reports()).isEqualTo(300);
      broker = startBroker();

      awaitEmptySpool();
      assertThat(uplink.figures().acknowledged()).isEqualTo(600);
      assertThat(uplink.figures().connects()).isEqualTo(2);
    }
  }

  private void awaitEmptySpool() {
    await()
        .until(
            () -> {
              broker.mustBeAlive();
              return spool.figures().reports() == 0;
            });
  }

  private Daemon startBroker() throws IOException {
    return Daemon.start(
        new ProcessBuilder("mosquitto", "-c", folder.resolve("mosquitto.conf").toString()),
        folder.resolve("mosquitto.log"));
  }

  private void append(int reports) {
    for (int i = 0; i < reports; i++) {
      byte[] report = ("report " + i).getBytes(StandardCharsets.UTF_8);
      assertThat(spool.append(report, spool.head().lastSeq() + 1, 1, 1)).isTrue();
    }
  }
}
