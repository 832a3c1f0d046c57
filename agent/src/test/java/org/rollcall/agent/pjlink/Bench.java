package org.rollcall.agent.pjlink;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.rollcall.agent.probe.Endpoint;
import org.rollcall.agent.probe.NameLookup;
import org.rollcall.agent.probe.Probe;
import org.rollcall.protocol.v1.Observation;

/** Probes on threads of a test's own, and the looks they take. */
final class Bench implements AutoCloseable {
  /** Longer than any machine needs: an answer that comes is not missed. */
  static final Duration LONG = Duration.ofSeconds(60);

  /** Where the point is that no answer comes; the greeting before it must. */
  static final Duration SHORT = Duration.ofSeconds(3);

  private static final Instant MORNING = Instant.parse("2026-03-02T01:00:00Z");

  final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  final Clock clock = Clock.systemUTC();
  final NameLookup names = new NameLookup(clock);

  Probe probe(String address, @Nullable String password, Duration patience) {
    return probe("projector:c0301", address, password, patience);
  }

  Probe probe(String subject, String address, @Nullable String password, Duration patience) {
    Bootstrap bootstrap = new Bootstrap().group(loops).channel(NioSocketChannel.class);
    return new PjlinkProbe(
        subject,
        Endpoint.parse(address, PjlinkProbes.PORT),
        Duration.ofSeconds(60),
        password,
        new PjlinkProbe.Access(bootstrap, names, clock, patience));
  }

  Probe probe(ScriptedProjector projector) {
    return probe(projector.address(), null, LONG);
  }

  static Observation look(Probe probe) {
    return look(probe, 0);
  }

  /** One look, so many minutes after the first. */
  static Observation look(Probe probe, int minutes) {
    List<Observation> seen =
        probe
            .run(MORNING.plusSeconds(60L * minutes))
            .toCompletableFuture()
            .orTimeout(120, TimeUnit.SECONDS)
            .join();
    assertThat(seen).hasSize(1);
    assertThat(seen.get(0).getSubject()).isEqualTo("projector:c0301");
    return seen.get(0);
  }

  @Override
  public void close() {
    names.close();
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
