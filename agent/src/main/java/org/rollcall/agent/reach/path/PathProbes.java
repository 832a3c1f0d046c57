package org.rollcall.agent.reach.path;

import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.rollcall.agent.probe.DeviceSettings;
import org.rollcall.agent.probe.Endpoint;
import org.rollcall.agent.probe.NameLookup;
import org.rollcall.agent.probe.Probe;
import org.rollcall.agent.probe.ProbeFamily;
import org.rollcall.agent.reach.Networks;
import org.rollcall.agent.reach.ping.PingProgram;

/**
 * The probes that look which way the traffic takes ({@code probe: path}). Options: {@code
 * districtNetworks} and {@code vpnNetworks}, networks as {@link Networks#parse} reads them, at
 * least one of the two; {@code hops}, 1 to 30, {@value #DEFAULT_HOPS} when not said (project
 * default).
 */
public final class PathProbes implements ProbeFamily {
  private static final int DEFAULT_HOPS = 6;
  private static final int MOST_HOPS = 30;

  private final PingProgram ping;
  private final NameLookup names;
  private final Clock clock;

  /**
   * @param ping stays the caller's
   */
  public PathProbes(PingProgram ping, NameLookup names, Clock clock) {
    this.ping = ping;
    this.names = names;
    this.clock = clock;
  }

  PingProgram ping() {
    return ping;
  }

  NameLookup names() {
    return names;
  }

  Clock clock() {
    return clock;
  }

  @Override
  public String name() {
    return "path";
  }

  @Override
  public Probe probe(DeviceSettings device) {
    if (!device.kind().equals("path")) {
      throw new IllegalArgumentException(
          device.subject() + " is no path: name it path:edu or like it");
    }
    device.knowsOnly("districtNetworks", "vpnNetworks", "hops");
    if (Endpoint.namesPort(device.address())) {
      throw new IllegalArgumentException(
          device.subject() + " names a port, which a path has none of: write the address alone");
    }
    PathProbe.Search search =
        new PathProbe.Search(
            hops(device), networks(device, "districtNetworks"), networks(device, "vpnNetworks"));
    if (search.district() == null && search.vpn() == null) {
      throw new IllegalArgumentException(
          device.subject() + " needs districtNetworks or vpnNetworks: whose hops to look for");
    }
    return new PathProbe(
        device.subject(), Endpoint.parse(device.address(), 1), device.interval(), search, this);
  }

  private static int hops(DeviceSettings device) {
    String text = device.option("hops");
    if (text == null) {
      return DEFAULT_HOPS;
    }
    int hops = text.matches("\\d{1,2}") ? Integer.parseInt(text) : 0;
    if (hops < 1 || hops > MOST_HOPS) {
      throw new IllegalArgumentException(
          "hops of " + device.subject() + " must be between 1 and " + MOST_HOPS);
    }
    return hops;
  }

  private static @Nullable Networks networks(DeviceSettings device, String key) {
    String text = device.option(key);
    if (text == null) {
      return null;
    }
    try {
      return Networks.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          key + " of " + device.subject() + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void start() {
    // A process is started for each hop.
  }

  @Override
  public void close() {
    // The program is somebody else's.
  }
}
