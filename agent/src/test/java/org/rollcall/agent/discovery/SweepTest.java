package org.rollcall.agent.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.agent.discovery.Surroundings.NamedSwitch;
import org.rollcall.agent.probe.DeviceSettings;
import org.rollcall.agent.switches.SwitchOnLoopback;
import org.rollcall.agent.switches.TableSource;
import org.rollcall.protocol.v1.Sighting;

/**
 * Sweeps over this machine's own addresses, 127.0.0.1 to 127.0.0.14; everywhere else is silence.
 */
class SweepTest {
  private static final long TIME = 1_767_225_600_000L;
  private static final int HOSTS = 14;
  private static final DeviceSettings CONFIGURED =
      new DeviceSettings("switch:core", "snmp", "127.0.0.13:161", Duration.ofSeconds(60));

  @TempDir private Path folder;
  private final List<AutoCloseable> open = new ArrayList<>();
  private final Networks networks = Networks.parse(List.of("127.0.0.0/28"));

  private static final TableSource NO_TABLES =
      (device, columns, cells) -> CompletableFuture.completedFuture("timeout");

  @SuppressWarnings("NullAway.Init")
  private Surroundings around;

  @BeforeEach
  void nobodyInTheArpTable() {
    around = surroundings(NO_TABLES, null, List.of());
  }

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
  }

  private Surroundings surroundings(
      TableSource tables, @Nullable Echo echo, List<NamedSwitch> switches) {
    return new Surroundings(
        tables, echo, folder.resolve("arp"), List.of(), switches, () -> List.of(CONFIGURED));
  }

  private ServerSocket listen(String address) throws IOException {
    ServerSocket socket = new ServerSocket(0, 5, InetAddress.getByName(address));
    open.add(socket);
    return socket;
  }

  private static Sweep.Outcome run(Sweep sweep) {
    try {
      return sweep.run(TIME);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void everyAddressIsTriedOnceAPortAtNoMoreThanTheRate() throws IOException {
    int first = listen("127.0.0.2").getLocalPort();
    int second = listen("127.0.0.3").getLocalPort();
    Pace pace = new Pace(200, System::nanoTime);
    long begun = System.nanoTime();
    Sweep.Outcome outcome = run(new Sweep(networks, List.of(first, second), around, pace));
    double seconds = (System.nanoTime() - begun) / 1e9;

    SweepFigures figures = outcome.figures();
    assertThat(figures.addresses()).isEqualTo(HOSTS);
    // The configured one is left alone.
    assertThat(figures.packets()).isEqualTo(2 * (HOSTS - 1));
    assertThat(figures.packets()).isLessThanOrEqualTo((long) (200 * seconds) + 1);
    assertThat(figures.reason()).isEmpty();
    // This machine refuses at every address of its own: somebody is there.
    assertThat(outcome.sightings())
        .hasSize(HOSTS - 1)
        .allSatisfy(one -> assertThat(one.getFoundByList()).containsExactly("tcp"))
        .extracting(Sighting::getAddress)
        .doesNotContain("127.0.0.13", "127.0.0.0", "127.0.0.15");
    assertThat(outcome.sightings())
        .filteredOn(one -> !one.getDescription().isEmpty())
        .extracting(one -> one.getAddress() + " " + one.getDescription())
        .containsExactlyInAnyOrder("127.0.0.2 tcp " + first, "127.0.0.3 tcp " + second);
  }

  @Test
  void aProjectorIsKnownByItsGreetingAndASilentListenerIsNot() throws IOException {
    ServerSocket projector = listen("127.0.0.4");
    ServerSocket silent = listen("127.0.0.5");
    Thread greeting =
        new Thread(
            () -> {
              try (Socket guest = projector.accept()) {
                guest.getOutputStream().write("PJLINK 0\r".getBytes(StandardCharsets.US_ASCII));
                int unused = guest.getInputStream().read();
              } catch (IOException closed) {
                return;
              }
            });
    greeting.start();
    Set<String> heard = ConcurrentHashMap.newKeySet();
    for (ServerSocket one : List.of(projector, silent)) {
      knock(one.getLocalPort(), Ipv4Network.number(one.getInetAddress()), heard);
    }
    assertThat(heard)
        .containsExactlyInAnyOrder("open 127.0.0.4", "hello 127.0.0.4", "open 127.0.0.5");
  }

  private static void knock(int port, @Nullable Long address, Set<String> heard) {
    PortKnock.Answers answers =
        new PortKnock.Answers() {
          @Override
          public void open(long at, int openPort) {
            heard.add("open " + Ipv4Network.text(at));
          }

          @Override
          public void refused(long at) {
            heard.add("refused " + Ipv4Network.text(at));
          }

          @Override
          public void greeted(long at) {
            heard.add("hello " + Ipv4Network.text(at));
          }
        };
    long never = System.nanoTime() + Duration.ofHours(1).toNanos();
    PortKnock knock = new PortKnock(new Pace(200, System::nanoTime), never, port, answers);
    try {
      assertThat(
              knock.run(
                  List.of(new PortKnock.Target(Objects.requireNonNull(address), port)).iterator()))
          .isTrue();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whoAnswersNoConnectionIsAskedForAnEcho() {
    Echo echo =
        address -> CompletableFuture.completedFuture(address.getHostAddress().equals("127.0.0.6"));
    Sweep.Outcome outcome =
        run(
            new Sweep(
                networks,
                List.of(),
                surroundings(NO_TABLES, echo, List.of()),
                new Pace(200, System::nanoTime)));
    assertThat(outcome.sightings())
        .extracting(one -> one.getAddress() + one.getFoundByList())
        .containsExactly("127.0.0.6[ping]");
    assertThat(outcome.figures().packets()).isEqualTo(HOSTS - 1);
  }

  @Test
  void theMachinesOwnNeighboursAreFoundThoughTheyAnswerNothing() throws IOException {
    Files.writeString(
        folder.resolve("arp"),
        """
        IP address       HW type     Flags       HW address            Mask     Device
        127.0.0.9        0x1         0x2         00:1b:53:5a:7d:04     *        eth0
        127.0.0.10       0x1         0x2         da:a1:19:00:00:01     *        eth0
        192.168.3.1      0x1         0x2         00:1b:53:5a:7d:05     *        eth0
        """);
    Sweep.Outcome outcome =
        run(new Sweep(networks, List.of(), around, new Pace(200, System::nanoTime)));
    assertThat(outcome.sightings())
        .extracting(one -> one.getMac() + " " + one.getAddress())
        .containsExactly("00:1b:53:5a:7d:04 127.0.0.9");
    assertThat(outcome.figures().personal()).isEqualTo(1);
  }

  @Test
  void theTablesOfASwitchThatFallsSilentAreUsedAsFarAsTheyGo() {
    try (SwitchOnLoopback core = new SwitchOnLoopback(Duration.ofMillis(500))) {
      core.text("1.3.6.1.2.1.1.5.0", "core-1").port(3, "GE0/0/3", true);
      core.octets("1.3.6.1.2.1.4.22.1.2.3.127.0.0.11", new byte[] {0, 0x1b, 0, 0, 0, 0x11});
      core.forwards("00:1b:00:00:00:11", 3, 3);
      core.responder()
          .manner(
              answer ->
                  answer.get(0).getOid().toDottedString().startsWith("1.0.8802")
                      ? List.of()
                      : List.of(answer));
      core.number("1.0.8802.1.1.2.1.4.1.1.4.0.1.1", 4);
      Surroundings withCore =
          surroundings(
              core.tables(),
              null,
              List.of(new NamedSwitch("", core.device()), new NamedSwitch("", nobody())));
      Sweep.Outcome outcome =
          run(new Sweep(networks, List.of(), withCore, new Pace(200, System::nanoTime)));
      assertThat(outcome.sightings())
          .extracting(one -> one.getMac() + " " + one.getAddress() + " " + one.getSeenAt())
          .containsExactly("00:1b:00:00:00:11 127.0.0.11 core-1 GE0/0/3");
      assertThat(outcome.figures().partialTables()).isEqualTo(2);
      assertThat(outcome.figures().reason()).isEqualTo("partial-tables");
    }
  }

  private static TableSource.Device nobody() {
    try (SwitchOnLoopback gone = new SwitchOnLoopback(Duration.ofMillis(200))) {
      return gone.device();
    }
  }

  @Test
  void aSweepEndsWhenItsTimeIsOver() {
    Sweep sweep =
        new Sweep(
            networks, List.of(1), around, new Pace(5, System::nanoTime), Duration.ofMillis(300));
    Sweep.Outcome outcome = run(sweep);
    assertThat(outcome.figures().reason()).isEqualTo("too-long");
    assertThat(outcome.figures().packets()).isLessThan(HOSTS - 1);
  }

  @Test
  void aSweepThatIsInterruptedEnds() {
    Sweep sweep = new Sweep(networks, List.of(1), around, new Pace(1, System::nanoTime));
    CompletableFuture<String> end = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                sweep.run(TIME);
                end.complete("through");
              } catch (InterruptedException e) {
                end.complete("interrupted");
                Thread.currentThread().interrupt();
              }
            });
    thread.start();
    thread.interrupt();
    await().until(end::isDone);
    assertThat(end).isCompletedWithValue("interrupted");
  }
}
