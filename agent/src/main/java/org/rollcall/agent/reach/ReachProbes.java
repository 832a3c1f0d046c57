package org.rollcall.agent.reach;

import io.netty.channel.EventLoopGroup;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import org.rollcall.agent.probe.DeviceSettings;
import org.rollcall.agent.probe.Endpoint;
import org.rollcall.agent.probe.NameLookup;
import org.rollcall.agent.probe.Probe;
import org.rollcall.agent.probe.ProbeFamily;

/**
 * The probes that connect by TCP ({@code probe: tcp}). They use event loops that belong to somebody
 * else.
 */
public final class ReachProbes implements ProbeFamily {

  static final Duration TIMEOUT = Duration.ofSeconds(5);

  /** Kinds of which a connection says nothing, or of which others speak. */
  private static final Set<String> NOT_OURS = Set.of("agent", "gap", "link", "throughput");

  private final EventLoopGroup loops;
  private final NameLookup names;
  private final Clock clock;

  /**
   * A family on the given loops.
   *
   * @param loops with NIO handlers
   */
  public ReachProbes(EventLoopGroup loops, NameLookup names, Clock clock) {
    this.loops = loops;
    this.names = names;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "tcp";
  }

  @Override
  public Probe probe(DeviceSettings device) {
    if (NOT_OURS.contains(device.kind())) {
      throw new IllegalArgumentException(
          device.subject() + " cannot be seen by tcp: name a reach, terminal, pc or switch");
    }
    device.knowsOnly();
    Endpoint endpoint = Endpoint.parse(device.address(), Endpoint.NO_DEFAULT_PORT);
    return new ReachProbe(
        device.subject(), endpoint, device.interval(), TIMEOUT, loops, names, clock);
  }

  @Override
  public void start() {
    // The loops are running already.
  }

  @Override
  public void close() {
    // The loops are somebody else's.
  }
}
