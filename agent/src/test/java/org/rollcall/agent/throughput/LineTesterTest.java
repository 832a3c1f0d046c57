package org.rollcall.agent.throughput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.config.DataSize;
import org.rollcall.protocol.paced.Grant;
import org.rollcall.protocol.paced.PacedServer;
import org.rollcall.protocol.v1.Command;
import org.rollcall.protocol.v1.LineTest;
import org.rollcall.protocol.v1.Observation;

class LineTesterTest {
  private static final double TARGET = 2e6;
  private static final long MAX_BYTES = 10_000_000;

  @TempDir private Path folder;

  private final BlockingQueue<Observation> seen = new LinkedBlockingQueue<>();
  private final LineUse use = new LineUse();
  private final Clock clock = Clock.systemUTC();
  private final SecureRandom random = new SecureRandom();
  private final PacedServer server =
      new PacedServer(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
          token -> token[0] == 0 ? null : Grant.of(TARGET, 2, MAX_BYTES),
          random,
          clock);

  @BeforeEach
  void start() throws IOException {
    server.start();
  }

  @AfterEach
  void close() {
    server.close();
  }

  private LineTester tester(LineTestSettings settings, Clock agentClock) {
    return new LineTester(
        settings, folder, use, new LineTester.Surroundings(agentClock, random, null, seen::add));
  }

  private LineTester tester(@Nullable DataSize monthly) {
    return tester(new LineTestSettings(true, monthly), clock);
  }

  private LineTest.Builder test() {
    byte[] token = new byte[32];
    random.nextBytes(token);
    token[0] = 1;
    return LineTest.newBuilder()
        .setLine("wan")
        .setHost("127.0.0.1")
        .setUdpPort(server.port())
        .setToken(ByteString.copyFrom(token))
        .setTargetBitsPerSecond(TARGET)
        .setSeconds(2)
        .setMaxBytes(MAX_BYTES)
        .setMaxUtilisation(0.5);
  }

  private Command command(LineTest.Builder test) {
    long now = clock.millis();
    return Command.newBuilder()
        .setId("c")
        .setSentMillis(now)
        .setExpiresMillis(now + 20_000)
        .setLineTest(test)
        .build();
  }

  private Observation told() throws InterruptedException {
    Observation observation = seen.poll(60, TimeUnit.SECONDS);
    assertThat(observation).isNotNull();
    return observation == null ? Observation.getDefaultInstance() : observation;
  }

  private void look(double bitsPerSecond, double port) {
    use.note(
        Observation.newBuilder()
            .setSubject("link:wan")
            .setTimeMillis(clock.millis())
            .putMeasures("inBitsPerSecond", bitsPerSecond)
            .putMeasures("outBitsPerSecond", 1)
            .putMeasures("speedBitsPerSecond", port)
            .build());
  }

  @Test
  void aGoodLinePassesAndItsUseIsTold() throws Exception {
    look(1e6, 1e9);
    try (LineTester tester = tester((DataSize) null)) {
      tester.handle(command(test().setContractBitsPerSecond(10e6)));
      Observation told = told();

      assertThat(told.getSubject()).isEqualTo("throughput:wan");
      assertThat(told.getReason()).isEmpty();
      assertThat(told.getMeasuresMap())
          .containsEntry("passed", 1.0)
          .containsEntry("targetBitsPerSecond", TARGET)
          .containsEntry("utilisation", 0.1)
          .containsKeys("downloadBitsPerSecond", "uploadBitsPerSecond", "transferSeconds")
          .containsKeys("lossShare", "rttMillis", "delayMillis", "clockSkewSeconds");
      assertThat(told.getMeasuresOrThrow("clockSkewSeconds")).isLessThan(5);
    }
  }

  @Test
  void aBusyLineIsLeftAlone() throws Exception {
    look(6e6, 10e6);
    try (LineTester tester = tester((DataSize) null)) {
      tester.handle(command(test()));
      Observation told = told();

      assertThat(told.getReason()).isEqualTo("line-busy");
      assertThat(told.getMeasuresMap())
          .containsEntry("utilisation", 0.6)
          .doesNotContainKeys("downloadBitsPerSecond", "passed");
      assertThat(server.counts().datagramsIn()).isZero();
    }
  }

  @Test
  void oneTestRunsAtATime() throws Exception {
    try (LineTester tester = tester((DataSize) null)) {
      tester.handle(command(test()));
      tester.handle(command(test()));

      assertThat(told().getReason()).isEqualTo("test-under-way");
      assertThat(told().getReason()).isEmpty();
      assertThat(server.counts().begun()).isEqualTo(1);
    }
  }

  @Test
  void aCommandThatCameTooLateIsSkipped() throws Exception {
    Clock late = Clock.offset(clock, Duration.ofSeconds(60));
    try (LineTester tester = tester(new LineTestSettings(true, null), late)) {
      tester.handle(command(test()));
      Observation told = told();

      assertThat(told.getReason()).isEqualTo("expired");
      assertThat(told.getMeasuresOrThrow("clockSkewSeconds")).isBetween(59.0, 120.0);
    }
  }

  @Test
  void aClockThatIsWrongIsToldByTheServersAnswer() throws Exception {
    Clock wrong = Clock.offset(clock, Duration.ofHours(-1));
    try (LineTester tester = tester(new LineTestSettings(true, null), wrong)) {
      tester.handle(command(test()));

      assertThat(told().getMeasuresOrThrow("clockSkewSeconds")).isBetween(3_590.0, 3_610.0);
    }
  }

  @Test
  void aTesterThatIsSwitchedOffSkipsAll() throws Exception {
    try (LineTester tester = tester(new LineTestSettings(false, null), clock)) {
      tester.handle(command(test()));

      assertThat(told().getReason()).isEqualTo("switched-off");
    }
  }

  @Test
  void aTokenThatIsNotGoodAndAHostThatIsNotThereAreTold() throws Exception {
    try (LineTester tester = tester((DataSize) null)) {
      tester.handle(command(test().setToken(ByteString.copyFrom(new byte[32]))));
      assertThat(told().getReason()).isEqualTo("token-refused");
      await().until(() -> handled(tester, test().setHost("no-such-host.invalid")));
      assertThat(told().getReason()).isEqualTo("no-such-host");
    }
  }

  /** The thread of the test before may need a moment to be free. */
  private boolean handled(LineTester tester, LineTest.Builder test) {
    tester.handle(command(test));
    Observation first = seen.peek();
    if (first != null && first.getReason().equals("test-under-way")) {
      seen.clear();
      return false;
    }
    return true;
  }

  @Test
  void commandsThatCannotBeAreRefused() throws Exception {
    try (LineTester tester = tester((DataSize) null)) {
      for (LineTest.Builder bad :
          new LineTest.Builder[] {
            test().setTargetBitsPerSecond(Double.NaN),
            test().setSeconds(0),
            test().setUdpPort(0),
            test().setToken(ByteString.EMPTY),
            test().setWay(LineTest.Way.FULL).setPort(0),
            test().setWayValue(9)
          }) {
        await().until(() -> handled(tester, bad));
        assertThat(told().getReason()).isEqualTo("bad-command");
      }
    }
  }

  @Test
  void aMonthsBytesAreSpentOnceEvenAcrossARestart() throws Exception {
    DataSize monthly = new DataSize(MAX_BYTES + 100_000);
    try (LineTester tester = tester(monthly)) {
      tester.handle(command(test()));
      assertThat(told().getReason()).isEmpty();
    }
    try (LineTester tester = tester(monthly)) {
      tester.handle(command(test()));
      assertThat(told().getReason()).isEqualTo("budget-spent");
    }
  }

  @Test
  void aBudgetBeginsAnewEachMonthAndADamagedFileIsNoBudgetSpent() throws Exception {
    Clock september = Clock.fixed(Instant.parse("2026-09-30T15:59:00Z"), ZoneOffset.UTC);
    Clock october = Clock.fixed(Instant.parse("2026-09-30T16:01:00Z"), ZoneOffset.UTC);
    Path file = folder.resolve("budget");
    new TrafficBudget(file, september).spend(900);

    assertThat(new TrafficBudget(file, september).allows(200, 1_000L)).isFalse();
    assertThat(new TrafficBudget(file, september).allows(200, null)).as("no limit").isTrue();
    assertThat(new TrafficBudget(file, october).allows(200, 1_000L)).isTrue();
    for (String damaged : new String[] {"", "2026-09", "2026-09 many", "2026-99 5"}) {
      Files.writeString(file, damaged);
      assertThat(new TrafficBudget(file, september).allows(200, 1_000L)).as(damaged).isTrue();
    }
  }

  @Test
  void whatWasSeenLongAgoSaysNothingOfNow() {
    look(9e6, 10e6);
    long now = clock.millis();

    assertThat(use.share("wan", 0, now)).isEqualTo(0.9);
    assertThat(use.share("wan", 0, now + 10 * 60_000)).isNull();
    assertThat(use.share("other", 0, now)).isNull();
    look(9e6, 0);
    assertThat(use.share("wan", 0, now)).isNull();
    assertThat(use.share("wan", 100e6, now)).isEqualTo(0.09);
  }
}
