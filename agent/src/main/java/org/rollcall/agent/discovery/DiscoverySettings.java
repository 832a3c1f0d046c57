package org.rollcall.agent.discovery;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rollcall.agent.probe.Endpoint;
import org.rollcall.config.Default;
import org.rollcall.config.Range;
import org.rollcall.protocol.Subject;

/**
 * The {@code discovery:} section of {@code agent.yaml}. Without it nothing is looked for. The
 * numbers are project defaults.
 *
 * @param enabled false: nothing is looked for, whatever is pushed; the rest may be left out
 * @param networks IPv4 networks such as {@code 192.168.3.0/24}, at most 4,096 addresses altogether
 * @param interval time between two sweeps, 1 h to 30 d; each is shifted by up to a tenth
 * @param rate packets a second, 5 to 200: a school is teaching
 * @param ports TCP ports that are tried at every address, at most {@value #MOST_PORTS}; an empty
 *     list tries none, null {@link #PORTS}
 * @param credentials names of those by which an address that answered is asked for its name by
 *     SNMP. None are tried that do not stand here: a community sent to every address is known to
 *     everybody
 * @param switches whose tables are read
 */
public record DiscoverySettings(
    @Default("true") boolean enabled,
    List<String> networks,
    @Default("24h") @Range(min = "1h", max = "30d") Duration interval,
    @Default("20") @Range(min = "5", max = "200") int rate,
    @Nullable List<Integer> ports,
    List<String> credentials,
    List<Switch> switches) {

  /** SSH, HTTP, Windows, cameras, remote desktops, PJLink, printers. */
  static final List<Integer> PORTS = List.of(22, 80, 135, 445, 554, 3389, 4352, 9100);

  static final int MOST_PORTS = 16;
  static final int MOST_SWITCHES = 256;
  private static final int MOST_CREDENTIALS = 4;
  private static final int LAST_PORT = 65_535;

  /**
   * A switch or router whose tables are read.
   *
   * @param subject a device of {@code devices:}, whose address and credential are used where none
   *     stand here; null: then an address must
   * @param address {@code host} or {@code host:port}
   * @param credential its name; null: that of the device, else what holds for all
   */
  public record Switch(
      @Nullable String subject, @Nullable String address, @Nullable String credential) {
    public Switch {
      if (subject == null && address == null) {
        throw new IllegalArgumentException("write the subject of a device, or an address");
      }
      if (subject != null && !Subject.isValid(subject)) {
        throw new IllegalArgumentException("'" + subject + "' is no subject, such as switch:core");
      }
      if (address != null) {
        Endpoint.parse(address, 1);
      }
    }
  }

  public DiscoverySettings {
    networks = List.copyOf(networks);
    if (enabled || !networks.isEmpty()) {
      Networks.parse(networks);
    }
    ports = ports == null ? null : List.copyOf(ports);
    credentials = List.copyOf(credentials);
    switches = List.copyOf(switches);
    checkPorts(ports == null ? PORTS : ports);
    if (credentials.size() > MOST_CREDENTIALS) {
      throw new IllegalArgumentException(
          "there are " + credentials.size() + " credentials, at most 4 are tried");
    }
    if (switches.size() > MOST_SWITCHES) {
      throw new IllegalArgumentException(
          "there are " + switches.size() + " switches, at most 256 are read");
    }
  }

  private static void checkPorts(List<Integer> ports) {
    Set<Integer> seen = new HashSet<>();
    for (int port : ports) {
      if (port < 1 || port > LAST_PORT || !seen.add(port)) {
        throw new IllegalArgumentException(
            "port " + port + " is not between 1 and 65535, or is there twice");
      }
    }
    if (ports.size() > MOST_PORTS) {
      throw new IllegalArgumentException(
          "there are " + ports.size() + " ports, at most " + MOST_PORTS + " are tried");
    }
  }

  /**
   * The first network that is not private (RFC 1918, RFC 6598), nor this machine itself; null when
   * all are.
   */
  public @Nullable String notPrivate() {
    for (String network : networks) {
      if (!Ipv4Network.parse(network.strip()).isPrivate()) {
        return network;
      }
    }
    return null;
  }

  /** The ports that are tried. */
  List<Integer> triedPorts() {
    return ports == null ? PORTS : ports;
  }
}
