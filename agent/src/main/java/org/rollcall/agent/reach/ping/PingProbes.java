package org.rollcall.agent.reach.ping;

import java.time.Clock;
import java.util.Set;
import org.rollcall.agent.probe.DeviceSettings;
import org.rollcall.agent.probe.Endpoint;
import org.rollcall.agent.probe.NameLookup;
import org.rollcall.agent.probe.Probe;
import org.rollcall.agent.probe.ProbeFamily;

/** The probes that send echo requests ({@code probe: icmp}). Closes the program with itself. */
public final class PingProbes implements ProbeFamily {

  /** Kinds of which an echo says nothing, or of which others speak. */
  private static final Set<String> NOT_OURS =
      Set.of("agent", "gap", "link", "path", "service", "throughput");

  private final PingProgram ping;
  private final NameLookup names;
  private final Clock clock;

  public PingProbes(PingProgram ping, NameLookup names, Clock clock) {
    this.ping = ping;
    this.names = names;
    this.clock = clock;
  }

  NameLookup names() {
    return names;
  }

  Clock clock() {
    return clock;
  }

  @Override
  public String name() {
    return "icmp";
  }

  @Override
  public Probe probe(DeviceSettings device) {
    if (NOT_OURS.contains(device.kind())) {
      throw new IllegalArgumentException(
          device.subject() + " cannot be seen by icmp: name a reach, terminal, pc or switch");
    }
    device.knowsOnly();
    if (Endpoint.namesPort(device.address())) {
      throw new IllegalArgumentException(
          device.subject() + " names a port, which icmp has none of: write the address alone");
    }
    return new PingProbe(
        device.subject(), Endpoint.parse(device.address(), 1), device.interval(), ping, this);
  }

  @Override
  public void start() {
    // A process is started for each look.
  }

  @Override
  public void close() {
    ping.close();
  }
}
