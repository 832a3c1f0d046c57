package org.rollcall.agent.reach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.rollcall.agent.reach.Looks.assertDown;
import static org.rollcall.agent.reach.Looks.assertUnknown;
import static org.rollcall.agent.reach.Looks.assertUp;
import static org.rollcall.agent.reach.Looks.entry;
import static org.rollcall.agent.reach.Looks.look;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.agent.LocalPort;
import org.rollcall.agent.probe.NameLookup;
import org.rollcall.agent.reach.ping.PingProbes;
import org.rollcall.agent.reach.ping.PingProgram;
import org.rollcall.protocol.v1.Observation;

class PartnerProbeTest {
  private static final EventLoopGroup LOOPS =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private static final Clock CLOCK = Clock.systemUTC();
  private static final NameLookup NAMES = new NameLookup(CLOCK);

  private static final String ALL_BACK =
      "3 packets transmitted, 3 received\nrtt min/avg/max/mdev = 1.5/2/3/1 ms";
  private static final String NONE_BACK = "3 packets transmitted, 0 received";

  @TempDir private Path folder;

  @AfterAll
  static void stop() {
    LOOPS.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    NAMES.close();
  }

  private PartnerProbes family(PingProgram ping) {
    return new PartnerProbes(
        new PingProbes(ping, NAMES, CLOCK), new ReachProbes(LOOPS, NAMES, CLOCK));
  }

  private Observation ask(String echoes, String address) throws IOException {
    Path file = folder.resolve("ping.sh");
    Files.writeString(file, "echo '" + echoes + "'");
    return ask(List.of("/bin/sh", file.toString()), address);
  }

  private Observation ask(List<String> command, String address) {
    try (PingProgram ping = new PingProgram(command, CLOCK)) {
      return look(family(ping).probe(entry("partner", "reach:partner-no2", address)));
    }
  }

  @Test
  void echoesAndAConnectionAreToldAsOne() throws IOException {
    try (ServerSocket there = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Observation seen = ask(ALL_BACK, "127.0.0.1:" + there.getLocalPort());
      assertUp(seen);
      assertThat(seen.getMeasuresMap())
          .containsEntry("rttMillis", 1.5)
          .containsEntry("lossShare", 0.0)
          .containsOnlyKeys("up", "rttMillis", "lossShare", "connectMillis");
    }
  }

  @Test
  void eitherIsEnough() throws IOException {
    assertUp(ask(ALL_BACK, "127.0.0.1:" + LocalPort.tcp()));
    try (ServerSocket there = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Observation seen = ask(NONE_BACK, "127.0.0.1:" + there.getLocalPort());
      assertUp(seen);
      assertThat(seen.getMeasuresMap()).containsEntry("lossShare", 1.0);
      assertUp(ask(List.of("/no-such-program"), "127.0.0.1:" + there.getLocalPort()));
    }
  }

  @Test
  void neitherIsDown() throws IOException {
    assertDown(ask(NONE_BACK, "127.0.0.1:" + LocalPort.tcp()), "refused");
  }

  @Test
  void withoutAPortEchoesDecideAlone() throws IOException {
    assertUp(ask(ALL_BACK, "127.0.0.1"));
    assertUp(ask(ALL_BACK, "::1"));
    assertDown(ask(NONE_BACK, "127.0.0.1"), "timeout");
    assertUnknown(ask(List.of("/no-such-program"), "127.0.0.1"), "no-ping-program");
  }

  @Test
  void aPartnerIsNamedAsOne() {
    try (PingProgram ping = new PingProgram(CLOCK)) {
      assertThatThrownBy(() -> family(ping).probe(entry("partner", "reach:edu", "10.0.0.1")))
          .hasMessage("reach:edu is no partner school: name it reach:partner-NAME");
      assertThatThrownBy(
              () -> family(ping).probe(entry("partner", "reach:partner-a", "10.0.0.1", "x", "y")))
          .hasMessageStartingWith("reach:partner-a has the unknown setting 'x'");
    }
  }
}
