package org.rollcall.agent.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.agent.probe.Credential;
import org.rollcall.agent.probe.Credentials;
import org.rollcall.agent.probe.DeviceSettings;
import org.rollcall.agent.report.ReportSettings;
import org.rollcall.agent.report.Reporter;
import org.rollcall.agent.spool.DiskSpool;
import org.rollcall.agent.spool.SpoolSettings;
import org.rollcall.agent.switches.TableSource;
import org.rollcall.agent.uplink.NetworkThreads;
import org.rollcall.agent.uplink.UplinkThreads;
import org.rollcall.config.DataSize;
import org.rollcall.protocol.AgentKey;
import org.rollcall.protocol.v1.Observation;
import org.rollcall.protocol.v1.Report;
import org.rollcall.protocol.v1.Sighting;

class DiscoveryTest {
  private static final String LOOPBACK = "rollcall.discovery.loopback";
  private static final TableSource NO_TABLES =
      (device, columns, cells) -> CompletableFuture.completedFuture("timeout");

  @TempDir private Path folder;
  private final ScheduledExecutorService worker = Executors.newScheduledThreadPool(1);
  private final NetworkThreads network = new NetworkThreads(1);
  private final UplinkThreads shared =
      new UplinkThreads(network, worker, Clock.systemUTC(), new SecureRandom());
  private final AgentKey key = AgentKey.generate();

  @SuppressWarnings("NullAway.Init")
  private DiskSpool spool;

  @SuppressWarnings("NullAway.Init")
  private Reporter reporter;

  @BeforeEach
  void start() {
    System.setProperty(LOOPBACK, "true");
    spool =
        new DiskSpool(
            folder, new SpoolSettings(new DataSize(1024 * 1024), Duration.ZERO), Clock.systemUTC());
    spool.start();
    reporter =
        new Reporter(
            key,
            spool,
            new ReportSettings(Duration.ofSeconds(1), Duration.ofHours(1)),
            Clock.systemUTC(),
            worker);
    reporter.start();
  }

  @AfterEach
  void stop() {
    System.clearProperty(LOOPBACK);
    reporter.close();
    worker.shutdownNow();
    spool.close();
  }

  private static DiscoverySettings settings(int rate, List<Integer> ports) {
    return new DiscoverySettings(
        true, List.of("127.0.0.0/28"), Duration.ofHours(24), rate, ports, List.of(), List.of());
  }

  private Discovery discovery(DiscoverySettings settings) {
    Surroundings around =
        new Surroundings(
            NO_TABLES,
            address -> CompletableFuture.completedFuture(address.getHostAddress().endsWith(".6")),
            folder.resolve("arp"),
            List.of(),
            List.of(),
            List::of);
    return new Discovery("a-1", settings, around, reporter, shared);
  }

  private List<Report> reports() {
    return spool.read(1, 1_000, Integer.MAX_VALUE).stream()
        .map(
            report -> {
              try {
                return Report.parseFrom(report.bytes());
              } catch (InvalidProtocolBufferException e) {
                throw new AssertionError(e);
              }
            })
        .toList();
  }

  @Test
  void whatASweepFoundAndHowItWentIsInTheSpool() {
    try (Discovery discovery = discovery(settings(200, List.of()))) {
      assertThat(discovery.sweep(List.of())).isTrue();
      await().until(() -> discovery.figures().ended() == 1 && discovery.figures().underWay() == 0);
      reporter.flush();
      assertThat(reports().stream().flatMap(report -> report.getSightingsList().stream()))
          .extracting(Sighting::getAddress)
          .containsExactly("127.0.0.6");
      List<Observation> told =
          reports().stream().flatMap(report -> report.getObservationsList().stream()).toList();
      assertThat(told)
          .singleElement()
          .satisfies(
              one -> {
                assertThat(one.getSubject()).isEqualTo("agent:a-1");
                assertThat(one.getMeasuresOrThrow("sweepAddresses")).isEqualTo(14);
                assertThat(one.getMeasuresOrThrow("sweepPackets")).isEqualTo(14);
                assertThat(one.getMeasuresOrThrow("sweepReported")).isEqualTo(1);
              });
      assertThat(discovery.figures()).isEqualTo(new DiscoveryFigures(1, 1, 0, 0, 0, 0, 1));
    }
  }

  @Test
  void thereIsOneSweepAtATimeAndClosingEndsIt() {
    Discovery discovery = discovery(settings(5, List.of(1, 2, 3, 4, 5, 6, 7, 8, 9)));
    assertThat(discovery.sweep(List.of())).isTrue();
    assertThat(discovery.sweep(List.of())).isFalse();
    discovery.close();
    await().until(() -> discovery.figures().underWay() == 0);
    assertThat(discovery.figures()).isEqualTo(new DiscoveryFigures(1, 0, 1, 0, 0, 1, 0));
    assertThat(discovery.sweep(List.of())).isFalse();
    assertThat(spool.figures().reports()).isZero();
  }

  @Test
  void networksThatAreNotConfiguredAreNeverSwept() {
    try (Discovery discovery = discovery(settings(200, List.of()))) {
      assertThat(discovery.sweep(List.of("192.168.3.0/24", "127.0.0.0/8", "nonsense"))).isFalse();
      assertThat(discovery.figures()).isEqualTo(new DiscoveryFigures(0, 0, 0, 0, 0, 1, 0));
      assertThat(discovery.sweep(List.of("192.168.3.0/24", "127.0.0.4/30"))).isTrue();
      await().until(() -> discovery.figures().ended() == 1);
      reporter.flush();
      assertThat(reports())
          .flatExtracting(Report::getObservationsList)
          .extracting(one -> one.getMeasuresOrThrow("sweepAddresses"))
          .containsExactly(2.0);
    }
  }

  @Test
  void thisMachineItselfIsNotSweptOutsideTests() {
    System.clearProperty(LOOPBACK);
    assertThatThrownBy(() -> discovery(settings(20, List.of())))
        .hasMessage("discovery: 127.0.0.0/8 is this machine itself: leave it out of networks");
  }

  @Test
  void switchesAndCredentialsThatAreNotThereAreNamedAtOnce() {
    DiscoverySettings settings =
        new DiscoverySettings(
            true,
            List.of("192.168.3.0/24"),
            Duration.ofHours(24),
            20,
            null,
            List.of("common"),
            List.of(
                new DiscoverySettings.Switch("switch:gone", null, null),
                new DiscoverySettings.Switch(null, "192.168.1.2", "sw"),
                new DiscoverySettings.Switch("switch:core", null, null)));
    Credentials credentials = new Credentials(Map.of("other", Credential.community("x")));
    List<DeviceSettings> devices =
        List.of(
            new DeviceSettings(
                "switch:core",
                "snmp",
                "192.168.1.1",
                Duration.ofSeconds(60),
                Map.of("credential", "other")));
    assertThatThrownBy(() -> Surroundings.of(settings, devices, credentials, NO_TABLES, null))
        .hasMessage(
            """
            discovery: there is no credential 'common': known are other
            discovery: there is no device switch:gone: write the switch's address
            discovery: there is no credential 'sw': known are other""");
  }
}
