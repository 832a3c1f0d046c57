package org.rollcall.agent.discovery;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.rollcall.agent.probe.Credential;
import org.rollcall.agent.probe.Credentials;
import org.rollcall.agent.probe.DeviceSettings;
import org.rollcall.agent.probe.Endpoint;
import org.rollcall.agent.switches.TableSource;
import org.rollcall.protocol.Subject;

/**
 * With what, and in what, a sweep looks.
 *
 * @param tables how switches and devices are asked
 * @param echo null: no echo requests are sent
 * @param arp this machine's ARP table
 * @param credentials tried at every address that answered; may be empty
 * @param switches whose tables are read
 * @param configured {@code host}, {@code host:port} or {@code [v6]:port} of what is looked at
 *     already
 */
public record Surroundings(
    TableSource tables,
    @Nullable Echo echo,
    Path arp,
    List<Credential> credentials,
    List<NamedSwitch> switches,
    Supplier<List<DeviceSettings>> configured) {

  public Surroundings {
    credentials = List.copyOf(credentials);
    switches = List.copyOf(switches);
  }

  /**
   * A switch whose tables are read.
   *
   * @param name what people call it; empty: what it calls itself
   */
  public record NamedSwitch(String name, TableSource.Device device) {}

  private static final int SNMP_PORT = 161;
  private static final Path PROC_NET_ARP = Path.of("/proc/net/arp");

  /**
   * What the settings say.
   *
   * @param devices what is looked at already: it is not looked for, and a switch may be one of them
   * @param credentials those that the section names
   * @throws IllegalArgumentException with a sentence for each thing that is not there, one a line
   */
  public static Surroundings of(
      DiscoverySettings settings,
      List<DeviceSettings> devices,
      Credentials credentials,
      TableSource tables,
      @Nullable Echo echo) {
    List<String> problems = new ArrayList<>();
    List<Credential> tried = new ArrayList<>();
    for (String name : settings.credentials()) {
      try {
        tried.add(credentials.get(name));
      } catch (IllegalArgumentException unknown) {
        problems.add("discovery: " + unknown.getMessage());
      }
    }
    List<NamedSwitch> switches = new ArrayList<>();
    for (DiscoverySettings.Switch one : settings.switches()) {
      try {
        switches.add(named(one, devices, credentials));
      } catch (IllegalArgumentException unknown) {
        problems.add("discovery: " + unknown.getMessage());
      }
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", problems));
    }
    return new Surroundings(tables, echo, PROC_NET_ARP, tried, switches, () -> devices);
  }

  /** The same, where what is looked at may change. */
  Surroundings with(Supplier<List<DeviceSettings>> devices) {
    return new Surroundings(tables, echo, arp, credentials, switches, devices);
  }

  private static NamedSwitch named(
      DiscoverySettings.Switch one, List<DeviceSettings> devices, Credentials credentials) {
    String subject = one.subject();
    DeviceSettings device =
        devices.stream().filter(d -> d.subject().equals(subject)).findFirst().orElse(null);
    String address = one.address();
    if (address == null) {
      if (device == null) {
        throw new IllegalArgumentException(
            "there is no device " + subject + ": write the switch's address");
      }
      address = device.address();
    }
    Credential credential;
    if (one.credential() != null) {
      credential = credentials.get(one.credential());
    } else if (device != null && device.option("community") != null) {
      credential = Credential.community(String.valueOf(device.option("community")));
    } else {
      credential = device == null ? null : credentials.of(device);
    }
    return new NamedSwitch(
        subject == null ? "" : Subject.name(subject),
        new TableSource.Device(Endpoint.parse(address, SNMP_PORT), credential));
  }
}
