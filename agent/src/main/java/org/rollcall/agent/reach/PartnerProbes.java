package org.rollcall.agent.reach;

import org.rollcall.agent.probe.DeviceSettings;
import org.rollcall.agent.probe.Endpoint;
import org.rollcall.agent.probe.Probe;
import org.rollcall.agent.probe.ProbeFamily;
import org.rollcall.agent.reach.ping.PingProbes;

/**
 * The probes from school to school ({@code probe: partner}): echoes to a partner school's agent,
 * and a TCP connection beside them when the address names a port.
 */
public final class PartnerProbes implements ProbeFamily {
  private static final String SUBJECT = "reach:partner-";

  private final PingProbes echoes;
  private final ReachProbes connections;

  /** A family that looks by two others, which stay the caller's. */
  public PartnerProbes(PingProbes echoes, ReachProbes connections) {
    this.echoes = echoes;
    this.connections = connections;
  }

  @Override
  public String name() {
    return "partner";
  }

  @Override
  public Probe probe(DeviceSettings device) {
    if (!device.subject().startsWith(SUBJECT) || device.subject().equals(SUBJECT)) {
      throw new IllegalArgumentException(
          device.subject() + " is no partner school: name it " + SUBJECT + "NAME");
    }
    device.knowsOnly();
    Endpoint endpoint = Endpoint.parse(device.address(), 1);
    Probe echo = echoes.probe(at(device, endpoint.host()));
    return Endpoint.namesPort(device.address())
        ? new PartnerProbe(echo, connections.probe(at(device, device.address())))
        : echo;
  }

  private static DeviceSettings at(DeviceSettings device, String address) {
    return new DeviceSettings(device.subject(), device.probe(), address, device.interval());
  }

  @Override
  public void start() {
    // The other families are started on their own.
  }

  @Override
  public void close() {
    // The other families are closed on their own.
  }
}
