package org.rollcall.agent.reach.dns;

import static org.awaitility.Awaitility.await;
import static org.rollcall.agent.reach.Looks.assertDown;
import static org.rollcall.agent.reach.Looks.assertUp;
import static org.rollcall.agent.reach.Looks.entry;
import static org.rollcall.agent.reach.Looks.look;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.agent.Daemon;
import org.rollcall.agent.LocalPort;
import org.rollcall.agent.probe.NameLookup;
import org.rollcall.protocol.v1.Observation;

/** With a real name server: dnsmasq, without any behind it. */
class DnsmasqIT {
  private static final Clock CLOCK = Clock.systemUTC();
  private static final int MANY = 60;

  @TempDir private Path folder;
  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final NameLookup names = new NameLookup(CLOCK);
  private final int port = LocalPort.tcp();

  @SuppressWarnings("NullAway.Init")
  private Daemon dnsmasq;

  @BeforeEach
  void start() throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "dnsmasq",
                "--keep-in-foreground",
                "--conf-file=/dev/null",
                "--pid-file=" + folder.resolve("pid"),
                "--user=",
                "--no-resolv",
                "--no-hosts",
                "--listen-address=127.0.0.1",
                "--bind-interfaces",
                "--port=" + port,
                "--local=/test/",
                "--host-record=www.edu.test,192.0.2.7,2001:db8::7",
                "--cname=portal.edu.test,www.edu.test"));
    for (int i = 1; i <= MANY; i++) {
      command.add("--host-record=many.edu.test,192.0.2." + i);
    }
    dnsmasq = Daemon.start(new ProcessBuilder(command), folder.resolve("log"));
    await()
        .until(
            () -> {
              dnsmasq.mustBeAlive();
              return ask("query", "www.edu.test").getMeasuresOrDefault("up", 0) == 1;
            });
  }

  @AfterEach
  void stop() {
    dnsmasq.close();
    names.close();
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private Observation ask(String... options) {
    return look(
        new DnsProbes(loops, names, CLOCK)
            .probe(entry("dns", "reach:dns", "127.0.0.1:" + port, options)));
  }

  @Test
  void aRealServerAnswers() {
    assertUp(ask("query", "www.edu.test", "expect", "192.0.2.7"));
    assertUp(ask("query", "WWW.Edu.TEST", "type", "AAAA", "expect", "2001:db8::/64"));
    assertUp(ask("query", "portal.edu.test", "expect", "192.0.2.7"));
    assertDown(ask("query", "www.edu.test", "expect", "203.0.113.0/24"), "unexpected-address");
    assertDown(ask("query", "nobody.edu.test"), "nxdomain");
    assertDown(ask("query", "www.example.org"), "refused");
  }

  @Test
  void sixtyAddressesComeByTcp() {
    assertUp(ask("query", "many.edu.test", "expect", "192.0.2.0/24"));
  }
}
