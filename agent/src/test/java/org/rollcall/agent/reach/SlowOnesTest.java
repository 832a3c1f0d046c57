package org.rollcall.agent.reach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.agent.probe.DeviceSettings;
import org.rollcall.agent.probe.NameLookup;
import org.rollcall.agent.probe.Probe;
import org.rollcall.agent.probe.Schedule;
import org.rollcall.agent.reach.dns.DnsProbes;
import org.rollcall.agent.reach.http.HttpProbes;
import org.rollcall.agent.reach.path.PathProbes;
import org.rollcall.agent.reach.ping.PingProbes;
import org.rollcall.agent.reach.ping.PingProgram;
import org.rollcall.protocol.v1.Observation;

/** Everything hangs at once, on one event loop and in one schedule; what is well is still seen. */
class SlowOnesTest {
  private static final Clock CLOCK = Clock.systemUTC();
  private static final Duration EVERY_SECOND = Duration.ofSeconds(1);

  @TempDir private Path folder;
  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final NameLookup names = new NameLookup(CLOCK);
  private final List<Observation> seen = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() {
    names.close();
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private static DeviceSettings entry(
      String probe, String subject, String address, Map<String, String> options) {
    return new DeviceSettings(subject, probe, address, EVERY_SECOND, options);
  }

  private long looks(String subject, double up) {
    return seen.stream()
        .filter(one -> one.getSubject().equals(subject))
        .filter(one -> one.getMeasuresOrDefault("up", -1) == up)
        .count();
  }

  @Test
  void oneThatHangsDelaysNoOther() throws IOException {
    Path script = folder.resolve("ping.sh");
    Files.writeString(script, "/bin/sleep 3600");
    InetAddress here = InetAddress.getLoopbackAddress();
    try (ServerSocket well = new ServerSocket(0, 50, here);
        ServerSocket silentWeb = new ServerSocket(0, 50, here);
        DatagramSocket silentDns = new DatagramSocket(0, here);
        PingProgram hanging = new PingProgram(List.of("/bin/sh", script.toString()), CLOCK)) {
      HttpProbes web = new HttpProbes(loops, names, CLOCK);
      DnsProbes dns = new DnsProbes(loops, names, CLOCK);
      PingProbes echoes = new PingProbes(hanging, names, CLOCK);
      PathProbes paths = new PathProbes(hanging, names, CLOCK);
      String webAddress = "127.0.0.1:" + silentWeb.getLocalPort();
      String dnsAddress = "127.0.0.1:" + silentDns.getLocalPort();
      List<Probe> probes = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        probes.add(web.probe(entry("http", "service:s" + i, webAddress, Map.of())));
        probes.add(dns.probe(entry("dns", "reach:d" + i, dnsAddress, Map.of("query", "a.test"))));
        probes.add(echoes.probe(entry("icmp", "terminal:t" + i, "127.0.0.1", Map.of())));
      }
      probes.add(
          paths.probe(
              entry("path", "path:edu", "127.0.0.1", Map.of("districtNetworks", "10.0.0.0/8"))));
      probes.add(
          new ReachProbes(loops, names, CLOCK)
              .probe(entry("tcp", "reach:well", "127.0.0.1:" + well.getLocalPort(), Map.of())));
      web.start();
      try (Schedule schedule = new Schedule(probes, CLOCK, new Random(1), seen::add)) {
        schedule.start();
        await().until(() -> looks("reach:well", 1) >= 10);
        await().until(() -> looks("reach:d9", 0) >= 1 && looks("service:s9", 0) >= 1);
        assertThat(looks("reach:well", 0)).isZero();
        assertThat(schedule.counts().failed()).isZero();
        assertThat(schedule.counts().stuck()).isZero();
      }
    }
  }
}
