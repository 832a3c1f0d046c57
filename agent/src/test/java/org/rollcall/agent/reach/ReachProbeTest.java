package org.rollcall.agent.reach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.rollcall.agent.probe.DeviceSettings;
import org.rollcall.agent.probe.Endpoint;
import org.rollcall.agent.probe.NameLookup;
import org.rollcall.agent.probe.Probe;
import org.rollcall.protocol.v1.Observation;

class ReachProbeTest {

  private static final EventLoopGroup LOOPS =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private static final Clock CLOCK = Clock.systemUTC();
  private static final NameLookup NAMES = new NameLookup(CLOCK);

  @AfterAll
  static void stop() {
    LOOPS.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    NAMES.close();
  }

  private static Observation look(Probe probe) {
    List<Observation> seen =
        probe.run(Instant.now()).toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    assertThat(seen).hasSize(1);
    return seen.get(0);
  }

  private static Probe probe(String address) {
    return new ReachProbes(LOOPS, NAMES, CLOCK).probe(settings("reach:edu", address, null));
  }

  private static DeviceSettings settings(String subject, String address, @Nullable String ifName) {
    return new DeviceSettings(
        subject,
        "tcp",
        address,
        Duration.ofSeconds(60),
        ifName == null ? Map.of() : Map.of("ifName", ifName));
  }

  @Test
  void whoeverTakesTheConnectionIsUp() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Observation seen = look(probe("127.0.0.1:" + server.getLocalPort()));
      assertThat(seen.getSubject()).isEqualTo("reach:edu");
      assertThat(seen.getReason()).isEmpty();
      assertThat(seen.getMeasuresMap()).containsEntry("up", 1.0).hasSize(2);
      assertThat(seen.getMeasuresOrThrow("connectMillis")).isBetween(0.0, 30_000.0);
      try (Socket taken = server.accept()) {
        assertThat(taken.getInputStream().read()).as("closed without a byte").isEqualTo(-1);
      }
    }
  }

  @Test
  void aProbeLooksAgainAndAgain() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Probe probe = probe("127.0.0.1:" + server.getLocalPort());
      for (int look = 1; look <= 3; look++) {
        assertThat(look(probe).getMeasuresMap()).as("look " + look).containsEntry("up", 1.0);
      }
    }
  }

  @Test
  void aClosedPortIsRefused() throws IOException {
    try (Socket held = new Socket()) {
      held.bind(
          new InetSocketAddress(
              InetAddress.getLoopbackAddress(), 0)); // kept from others, and not listened on
      Observation seen = look(probe("127.0.0.1:" + held.getLocalPort()));
      assertThat(seen.getReason()).isEqualTo("refused");
      assertThat(seen.getMeasuresMap()).containsEntry("up", 0.0).hasSize(1);
    }
  }

  @Test
  void aNameNobodyKnowsIsAnUnknownHost() {
    Observation seen = look(probe("no-such-host.invalid:443"));
    assertThat(seen.getReason()).isEqualTo("unknown-host");
    assertThat(seen.getMeasuresMap()).containsEntry("up", 0.0).hasSize(1);
  }

  /**
   * A server that is there and takes no more: its queue of connections is full, and the kernel is
   * silent.
   */
  @Test
  void silenceIsATimeout() throws IOException {
    List<SocketChannel> waiting = new ArrayList<>();
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      for (int i = 0; i < 8; i++) {
        SocketChannel begun = SocketChannel.open();
        waiting.add(begun);
        begun.configureBlocking(false);
        boolean unused = begun.connect(full.getLocalSocketAddress());
      }
      // A queue for one holds two.
      await().until(() -> connected(waiting) >= 2);
      Probe probe =
          new ReachProbe(
              "reach:edu",
              new Endpoint("127.0.0.1", full.getLocalPort()),
              Duration.ofSeconds(60),
              Duration.ofMillis(300),
              LOOPS,
              NAMES,
              CLOCK);
      assertThat(look(probe).getReason()).isEqualTo("timeout");
    } finally {
      for (SocketChannel socket : waiting) {
        socket.close();
      }
    }
  }

  private static int connected(List<SocketChannel> channels) throws IOException {
    int connected = 0;
    for (SocketChannel channel : channels) {
      connected += channel.finishConnect() ? 1 : 0;
    }
    return connected;
  }

  @Test
  void whatTcpCannotSeeIsRefused() {
    ReachProbes probes = new ReachProbes(LOOPS, NAMES, CLOCK);
    assertThatThrownBy(() -> probes.probe(settings("link:wan", "10.0.0.1:443", null)))
        .hasMessage("link:wan cannot be seen by tcp: name a reach, terminal, pc or switch");
    assertThatThrownBy(() -> probes.probe(settings("reach:edu", "10.0.0.1", null)))
        .hasMessage("address '10.0.0.1' names no port: write host:port");
    assertThatThrownBy(() -> probes.probe(settings("reach:edu", "10.0.0.1:443", "eth0")))
        .hasMessageStartingWith("reach:edu has the unknown setting");
  }
}
