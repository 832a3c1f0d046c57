package org.rollcall.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.InvalidProtocolBufferException;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttProperties;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.agent.enrolment.AgentIdentity;
import org.rollcall.agent.uplink.NetworkThreads;
import org.rollcall.agent.uplink.ScriptedServer;
import org.rollcall.agent.uplink.UplinkThreads;
import org.rollcall.config.SettingsException;
import org.rollcall.config.SettingsReader;
import org.rollcall.protocol.AgentKey;
import org.rollcall.protocol.AgentTokenCheck;
import org.rollcall.protocol.v1.Observation;
import org.rollcall.protocol.v1.Report;

/** Somebody sets the clock of the agent's machine back by a year. */
class ClockSetBackTest {
  private static final Duration YEAR = Duration.ofDays(365);

  @TempDir private Path folder;
  private final AgentKey key = AgentKey.generate();
  private final NetworkThreads network = new NetworkThreads(1);
  private final ScheduledExecutorService worker = Executors.newScheduledThreadPool(1);
  private final ScriptedServer server = new ScriptedServer();
  private final WrongClock clock = new WrongClock();

  @SuppressWarnings("NullAway.Init")
  private ServerSocket device;

  @SuppressWarnings("NullAway.Init")
  private Agent agent;

  /** This machine's clock, and how far it was set back. */
  private static final class WrongClock extends Clock {
    private volatile Duration back = Duration.ZERO;

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return Instant.now().minus(back);
    }
  }

  @BeforeEach
  void startServer() throws IOException {
    network.start();
    server.start();
    device = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void stopAll() throws IOException, InterruptedException {
    agent.close();
    worker.shutdown();
    assertThat(worker.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    network.close();
    server.close();
    device.close();
  }

  private void start() throws SettingsException {
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
    agent =
        new Agent(
            new AgentIdentity(
                "127.0.0.1", server.port(), "0".repeat(64), key.agentId(), "00701", null),
            key,
            folder,
            settings,
            new UplinkThreads(network, worker, clock, new Random(1)));
    agent.start();
  }

  private List<Report> reports() {
    List<Report> all = new ArrayList<>();
    for (byte[] payload : server.received) {
      try {
        all.add(Report.parseFrom(payload));
      } catch (InvalidProtocolBufferException e) {
        throw new AssertionError(e);
      }
    }
    return all;
  }

  private List<Observation> seen(String subject) {
    return reports().stream()
        .flatMap(report -> report.getObservationsList().stream())
        .filter(observation -> observation.getSubject().equals(subject))
        .toList();
  }

  @Test
  void looksReportsAndSpoolGoOnNothingIsLostAndItIsTold() throws SettingsException {
    start();
    await().until(() -> seen("reach:edu").size() >= 2);
    clock.back = YEAR;
    long before = clock.millis();
    await()
        .until(
            () ->
                seen("reach:edu").stream()
                        .filter(o -> o.getTimeMillis() < before + 3_600_000)
                        .count()
                    >= 3);
    assertThat(agent.status().clockSkewSeconds()).isLessThan(-0.9 * YEAR.toSeconds());
    server.cut();
    await().until(() -> agent.uplinkFigures().connects() == 2);
    clock.back = Duration.ZERO;
    int so = seen("reach:edu").size();
    await().until(() -> seen("reach:edu").size() >= so + 2);

    assertThat(reports()).extracting(Report::getGapsCount).as("nothing was lost").containsOnly(0);
    List<Long> numbers = reports().stream().map(Report::getSeq).distinct().toList();
    assertThat(numbers).hasSize(numbers.get(numbers.size() - 1).intValue());
  }

  @Test
  void anAgentThatStartsAYearBehindLearnsTheTimeFromItsRefusal() throws SettingsException {
    clock.back = YEAR;
    MqttProperties refusal = new MqttProperties();
    refusal.add(new MqttProperties.UserProperty("time", Long.toString(System.currentTimeMillis())));
    server.connAck(MqttConnectReturnCode.CONNECTION_REFUSED_BAD_USERNAME_OR_PASSWORD, refusal);
    start();
    await().until(() -> server.connects.size() >= 2);
    assertThat(fault(server.connects.get(0))).isEqualTo("expired");
    assertThat(fault(server.connects.get(1))).isNull();

    server.connAck(MqttConnectReturnCode.CONNECTION_ACCEPTED, new MqttProperties());
    await().until(() -> !seen("reach:edu").isEmpty());
  }

  private @Nullable String fault(MqttConnectMessage connect) {
    String token = new String(connect.payload().passwordInBytes(), StandardCharsets.UTF_8);
    return AgentTokenCheck.fault(
        token, AgentKey.publicKeyOf(key.publicKey()), key.agentId(), Instant.now());
  }
}
