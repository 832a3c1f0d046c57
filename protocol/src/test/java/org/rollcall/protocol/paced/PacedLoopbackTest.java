package org.rollcall.protocol.paced;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PacedLoopbackTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Map<ByteBuffer, Grant> granted = new ConcurrentHashMap<>();
  private final SecureRandom random = new SecureRandom();
  private PacedServer server = server();

  private PacedServer server() {
    return new PacedServer(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        token -> granted.remove(ByteBuffer.wrap(token)),
        random,
        Clock.systemUTC());
  }

  @BeforeEach
  void start() throws IOException {
    server.start();
  }

  @AfterEach
  void close() {
    server.close();
  }

  private byte[] token(Grant grant) {
    byte[] token = new byte[32];
    random.nextBytes(token);
    granted.put(ByteBuffer.wrap(token), grant);
    return token;
  }

  private PacedOutcome run(byte[] token) {
    return client(token).run();
  }

  private PacedClient client(byte[] token) {
    return new PacedClient(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()),
        token,
        random,
        Clock.systemUTC(),
        () -> false);
  }

  @Test
  void bothDirectionsDeliverTheirPaceOnALineThatIsFastEnough() {
    PacedOutcome outcome = run(token(new Grant(10_500_000, 900, 600)));

    assertThat(outcome.reason()).isNull();
    Flow download = Objects.requireNonNull(outcome.download());
    Flow upload = Objects.requireNonNull(outcome.upload());
    assertThat(download.bitsPerSecond()).isBetween(10e6, 11e6);
    assertThat(download.lossShare()).isZero();
    assertThat(upload.bitsPerSecond()).isBetween(10e6, 11e6);
    assertThat(download.bytes() + upload.bytes()).isLessThan(2_100_000);
    assertThat(outcome.rttMillis()).isNotNull();
    assertThat(Math.abs(Objects.requireNonNull(outcome.aheadMillis()))).isLessThan(1_000);
    await().atMost(PATIENCE).until(() -> server.counts().ended() == 1);
  }

  @Test
  void aHundredTestsAtOnceDoNotDisturbOneAnother() throws Exception {
    int many = 100;
    long pace = 300_000;
    ExecutorService schools = Executors.newFixedThreadPool(many);
    try {
      List<Future<PacedOutcome>> running = new ArrayList<>();
      for (int i = 0; i < many; i++) {
        PacedClient client = client(token(new Grant(pace, 3_000, 1_500)));
        running.add(schools.submit(client::run));
      }
      await().atMost(PATIENCE).until(() -> server.counts().begun() == many);
      for (Future<PacedOutcome> each : running) {
        PacedOutcome outcome = each.get(60, TimeUnit.SECONDS);
        assertThat(outcome.reason()).isNull();
        Flow download = Objects.requireNonNull(outcome.download());
        assertThat(download.bitsPerSecond()).isBetween(0.95 * pace, 1.05 * pace);
        assertThat(download.lossShare()).isZero();
        Flow upload = Objects.requireNonNull(outcome.upload());
        assertThat(upload.bitsPerSecond()).isBetween(0.95 * pace, 1.05 * pace);
      }
    } finally {
      schools.shutdownNow();
    }
    assertThat(server.counts().begun()).isEqualTo(many);
  }

  @Test
  void aTokenIsGoodOnce() {
    byte[] token = token(new Grant(1_000_000, 100, 0));

    assertThat(run(token).reason()).isNull();
    assertThat(run(token).reason()).isEqualTo(PacedOutcome.TOKEN_REFUSED);
    assertThat(server.counts().begun()).isEqualTo(1);
  }

  @Test
  void aTokenThatNobodyGrantedIsRefused() {
    PacedOutcome outcome = run(new byte[32]);

    assertThat(outcome.reason()).isEqualTo(PacedOutcome.TOKEN_REFUSED);
    assertThat(outcome.rttMillis()).isNotNull();
  }

  @Test
  void whereNothingAnswersUdpIsBlocked() {
    int port = server.port();
    server.close();
    PacedClient client =
        new PacedClient(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
            new byte[32],
            random,
            Clock.systemUTC(),
            () -> false);

    assertThat(client.run().reason()).isEqualTo(PacedOutcome.UDP_BLOCKED);
  }

  @Test
  void aServerThatFallsSilentLeavesWhatWasCounted() throws Exception {
    byte[] token = token(new Grant(1_000_000, 20_000, 0));
    ExecutorService school = Executors.newSingleThreadExecutor();
    try {
      Future<PacedOutcome> running = school.submit(() -> run(token));
      await().atMost(PATIENCE).until(() -> server.counts().bytesOut() > 100_000);
      server.close();
      PacedOutcome outcome = running.get(60, TimeUnit.SECONDS);
      assertThat(outcome.reason()).isEqualTo(PacedOutcome.SERVER_SILENT);
    } finally {
      school.shutdownNow();
    }
  }

  @Test
  void aClientThatFallsSilentIsSentNoMore() throws Exception {
    byte[] token = token(new Grant(1_000_000, 20_000, 0));
    ExecutorService school = Executors.newSingleThreadExecutor();
    try {
      Future<PacedOutcome> running =
          school.submit(
              () ->
                  new PacedClient(
                          new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()),
                          token,
                          random,
                          Clock.systemUTC(),
                          () -> server.counts().bytesOut() > 50_000)
                      .run());
      assertThat(running.get(60, TimeUnit.SECONDS).reason()).isEqualTo(PacedOutcome.STOPPED);
      await().atMost(PATIENCE).until(() -> server.counts().ended() == 1);
      assertThat(server.counts().bytesOut()).isLessThan(1_000_000);
    } finally {
      school.shutdownNow();
    }
  }
}
