package org.rollcall.agent.uplink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttProperties;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.agent.spool.DiskSpool;
import org.rollcall.agent.spool.SpoolSettings;
import org.rollcall.config.DataSize;
import org.rollcall.protocol.AgentKey;
import org.rollcall.protocol.AgentTokenCheck;
import org.rollcall.protocol.Topics;
import org.rollcall.protocol.v1.Gap;

class UplinkTest {
  @TempDir private Path folder;
  private final AgentKey key = AgentKey.generate();
  private final NetworkThreads network = new NetworkThreads(1);
  private final ScheduledExecutorService worker = Executors.newScheduledThreadPool(1);
  private final ScriptedServer server = new ScriptedServer();

  @SuppressWarnings("NullAway.Init")
  private DiskSpool spool;

  @SuppressWarnings("NullAway.Init")
  private Uplink uplink;

  @BeforeEach
  void startServerAndSpool() {
    network.start();
    server.start();
    spool =
        new DiskSpool(
            folder.resolve("spool"),
            new SpoolSettings(new DataSize(8 * 1024 * 1024), Duration.ZERO),
            Clock.systemUTC());
    spool.start();
    uplink =
        new Uplink(
            new MqttTarget("127.0.0.1", server.port(), null),
            key,
            spool,
            new UplinkSettings(false, Duration.ofMillis(20), Duration.ofMillis(50)),
            folder.resolve("refused"),
            new UplinkThreads(network, worker, Clock.systemUTC(), new Random(1)));
  }

  @AfterEach
  void stopAll() throws InterruptedException {
    uplink.close();
    worker.shutdown();
    assertThat(worker.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    spool.close();
    network.close();
    server.close();
  }

  @Test
  void reportsGoOutInOrderAndLeaveTheSpoolWhenAcknowledged() {
    append(1, 10);
    uplink.start();
    append(11, 20);

    await().until(() -> spool.figures().reports() == 0);
    assertThat(texts(server.received)).isEqualTo(names(1, 20));
    assertThat(server.topics).containsOnly(Topics.report(key.agentId()));
    assertThat(uplink.figures().acknowledged()).isEqualTo(20);
  }

  @Test
  void theAgentLogsInWithItsNameAndATokenOfItsKey() {
    uplink.start();

    await().until(() -> !server.connects.isEmpty());
    MqttConnectMessage connect = server.connects.get(0);
    assertThat(connect.payload().clientIdentifier()).isEqualTo(key.agentId());
    assertThat(connect.payload().userName()).isEqualTo(key.agentId());
    assertThat(connect.variableHeader().keepAliveTimeSeconds()).isEqualTo(60);
    String token = new String(connect.payload().passwordInBytes(), StandardCharsets.UTF_8);
    assertThat(
            AgentTokenCheck.fault(
                token, AgentKey.publicKeyOf(key.publicKey()), key.agentId(), Instant.now()))
        .isNull();
  }

  @Test
  void noMoreReportsAreUnderWayThanTheServerGrants() {
    MqttProperties grant = new MqttProperties();
    grant.add(new MqttProperties.IntegerProperty(MqttProperties.RECEIVE_MAXIMUM, 5));
    server.connAck(MqttConnectReturnCode.CONNECTION_ACCEPTED, grant);
    server.ackWith(payload -> ScriptedServer.SILENT);
    append(1, 20);
    uplink.start();

    await().until(() -> server.received.size() == 5);
    await().during(Duration.ofMillis(200)).until(() -> server.received.size() == 5);
    assertThat(spool.figures().reports()).isEqualTo(20);
  }

  @Test
  void whatWasNotAcknowledgedIsSentAgainOnTheNextConnection() {
    server.ackWith(payload -> ScriptedServer.SILENT);
    append(1, 3);
    uplink.start();
    await().until(() -> server.received.size() == 3);
    server.ackWith(payload -> 0);
    server.cut();

    await().until(() -> spool.figures().reports() == 0);
    assertThat(texts(server.received)).isEqualTo(List.of("r1", "r2", "r3", "r1", "r2", "r3"));
    assertThat(uplink.figures().connects()).isEqualTo(2);
  }

  @Test
  void aServerThatWasAwayGetsEverythingWhenItIsBack() {
    server.stopListening();
    uplink.start();
    append(1, 5);
    server.start();

    await().until(() -> spool.figures().reports() == 0);
    assertThat(texts(server.received)).isEqualTo(names(1, 5));
  }

  @Test
  void acknowledgementsOutOfOrderReleaseWhatTheySpeakOf() {
    server.ackWith(payload -> text(payload).equals("r1") ? ScriptedServer.SILENT : 0);
    append(1, 5);
    uplink.start();

    await().until(() -> spool.figures().reports() == 1);
    assertThat(spool.read(1, 10, 1000)).extracting(r -> text(r.bytes())).containsExactly("r1");
  }

  @Test
  void aReportRefusedAsMalformedIsPutAsideAndTheNextGoesOn() throws Exception {
    server.ackWith(payload -> text(payload).equals("r2") ? 0x99 : 0);
    append(1, 3);
    uplink.start();

    await().until(() -> spool.figures().reports() == 0);
    assertThat(uplink.figures().refused()).isEqualTo(1);
    try (Stream<Path> files = Files.list(folder.resolve("refused"))) {
      assertThat(files.toList())
          .singleElement()
          .satisfies(file -> assertThat(Files.readString(file)).isEqualTo("r2"));
    }
    assertThat(spool.gaps()).extracting(Gap::getReason).containsExactly("refused");
  }

  @Test
  void aReportPutOffForQuotaIsSentAgainLater() {
    ConcurrentHashMap<String, Integer> tries = new ConcurrentHashMap<>();
    server.ackWith(payload -> tries.merge(text(payload), 1, Integer::sum) < 3 ? 0x97 : 0);
    append(1, 4);
    uplink.start();

    await().until(() -> spool.figures().reports() == 0);
    assertThat(uplink.figures().putOff()).isEqualTo(8);
    assertThat(uplink.figures().refused()).isZero();
  }

  @Test
  void aReportThatIsNotOursToSendStaysInTheSpool() {
    server.ackWith(payload -> 0x87);
    append(1, 2);
    uplink.start();

    await().until(() -> uplink.figures().putOff() >= 4);
    assertThat(spool.figures().reports()).isEqualTo(2);
  }

  @Test
  void anAgentThatIsRefusedTriesAgainAndKeepsItsReports() {
    server.connAck(MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED_5, new MqttProperties());
    append(1, 2);
    uplink.start();
    await().until(() -> server.connects.size() >= 3);
    assertThat(uplink.figures().connected()).isFalse();

    server.connAck(MqttConnectReturnCode.CONNECTION_ACCEPTED, new MqttProperties());
    await().until(() -> spool.figures().reports() == 0);
  }

  @Test
  void anAgentThatIsHeldSaysSoAndIsTheSameRunWhenItComesBack() {
    MqttProperties held = new MqttProperties();
    held.add(new MqttProperties.StringProperty(MqttProperties.REASON_STRING, "held"));
    server.connAck(MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED_5, held);
    append(1, 2);
    uplink.start();
    await().until(() -> server.connects.size() >= 2);
    assertThat(uplink.figures().lastClosure()).isEqualTo("0x87 held");

    server.connAck(MqttConnectReturnCode.CONNECTION_ACCEPTED, new MqttProperties());
    await().until(() -> spool.figures().reports() == 0);
    assertThat(uplink.figures().lastClosure()).isEmpty();
    assertThat(server.connects)
        .extracting(UplinkTest::instance)
        .doesNotContain("")
        .containsOnly(instance(server.connects.get(0)));
  }

  private static String instance(MqttConnectMessage connect) {
    for (MqttProperties.MqttProperty<?> each :
        connect.variableHeader().properties().getProperties(MqttProperties.USER_PROPERTY)) {
      if (each instanceof MqttProperties.UserProperty property
          && property.value().key.equals("instance")) {
        return property.value().value;
      }
    }
    return "";
  }

  @Test
  void afterAnOutageTheNewestReportGoesFirstAndTheBacklogInOrderBehindIt() {
    append(1, 200);
    uplink.start();

    await().until(() -> spool.figures().reports() == 0);
    assertThat(text(server.received.get(0))).isEqualTo("r200");
    assertThat(texts(server.received).subList(1, 200)).isEqualTo(names(1, 199));
  }

  @Test
  void theBacklogWaitsUntilOthersAreBackButOnceForAnOutage() {
    uplink.close();
    Duration retryTo = Duration.ofSeconds(2);
    uplink =
        new Uplink(
            new MqttTarget("127.0.0.1", server.port(), null),
            key,
            spool,
            new UplinkSettings(false, Duration.ofMillis(20), retryTo),
            folder.resolve("refused"),
            new UplinkThreads(network, worker, Clock.systemUTC(), new Random(1)));
    append(1, 100);
    long began = System.nanoTime();
    uplink.start();
    await().until(() -> !server.received.isEmpty());
    append(101, 101);
    await().until(() -> server.received.size() >= 2);
    assertThat(texts(server.received)).containsExactly("r100", "r101");
    server.cut();

    await().until(() -> spool.figures().reports() == 0);
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    assertThat(took).isGreaterThanOrEqualTo(retryTo);
    assertThat(uplink.figures().connects()).isEqualTo(2);
  }

  @Test
  void reportsThatComeInDuringABacklogOvertakeIt() {
    server.ackWith(payload -> ScriptedServer.SILENT);
    append(1, 500);
    uplink.start();
    await().until(() -> server.received.size() == 64);
    server.ackWith(payload -> 0);
    append(501, 501);
    server.cut();

    await().until(() -> spool.figures().reports() == 0);
    assertThat(text(server.received.get(64))).isEqualTo("r501");
    assertThat(server.received).hasSize(64 + 501);
  }

  @Test
  void aMessageFromTheServerDisturbsNothing() {
    uplink.start();
    await().until(() -> uplink.figures().connected());
    server.publish(Topics.config(key.agentId()), new byte[] {1, 2});
    append(1, 1);

    await().until(() -> spool.figures().reports() == 0);
  }

  @Test
  void theListenerHearsMessagesAndTheTimeAndThenTheyAreAcknowledged() {
    List<String> heard = new CopyOnWriteArrayList<>();
    uplink.listener(
        new UplinkListener() {
          @Override
          public @Nullable String received(String topic, byte[] payload) {
            heard.add(topic + " " + text(payload));
            return text(payload).equals("bad") ? "not for me" : null;
          }

          @Override
          public Instant now() {
            return Instant.now();
          }

          @Override
          public void time(long collectorMillis, long roundTripNanos, long arrivedNanos) {
            long off = System.currentTimeMillis() - collectorMillis;
            boolean right = Math.abs(off - ScriptedServer.OFF_MILLIS) < 120_000;
            heard.add("time " + right + " " + (roundTripNanos > 0));
          }
        });
    uplink.start();
    await().untilAsserted(() -> assertThat(heard).containsExactly("time true true"));

    server.publish(Topics.command(key.agentId()), "look".getBytes(StandardCharsets.UTF_8));
    await()
        .untilAsserted(() -> assertThat(heard).contains(Topics.command(key.agentId()) + " look"));
    await().untilAsserted(() -> assertThat(server.pubAcks).containsExactly("7 0 "));
    server.publish(Topics.config(key.agentId()), "bad".getBytes(StandardCharsets.UTF_8));
    await()
        .untilAsserted(
            () -> assertThat(server.pubAcks).containsExactly("7 0 ", "7 153 not for me"));
  }

  private void append(int from, int to) {
    for (int i = from; i <= to; i++) {
      byte[] report = ("r" + i).getBytes(StandardCharsets.UTF_8);
      assertThat(spool.append(report, spool.head().lastSeq() + 1, 1, 1)).isTrue();
    }
  }

  private static List<String> names(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(i -> "r" + i).toList();
  }

  private static List<String> texts(List<byte[]> payloads) {
    return payloads.stream().map(UplinkTest::text).toList();
  }

  private static String text(byte[] payload) {
    return new String(payload, StandardCharsets.UTF_8);
  }
}
