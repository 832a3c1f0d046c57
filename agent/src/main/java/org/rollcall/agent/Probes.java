package org.rollcall.agent;

import io.netty.channel.EventLoopGroup;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.rollcall.agent.pjlink.PjlinkProbes;
import org.rollcall.agent.probe.Credentials;
import org.rollcall.agent.probe.DeviceSettings;
import org.rollcall.agent.probe.NameLookup;
import org.rollcall.agent.probe.Probe;
import org.rollcall.agent.probe.ProbeFamily;
import org.rollcall.agent.reach.PartnerProbes;
import org.rollcall.agent.reach.ReachProbes;
import org.rollcall.agent.reach.dns.DnsProbes;
import org.rollcall.agent.reach.http.HttpProbes;
import org.rollcall.agent.reach.path.PathProbes;
import org.rollcall.agent.reach.ping.PingProbes;
import org.rollcall.agent.reach.ping.PingProgram;
import org.rollcall.agent.seat.SeatProbes;
import org.rollcall.agent.snmp.SnmpProbes;
import org.rollcall.agent.snmp.SnmpSettings;
import org.rollcall.agent.switches.SnmpTables;

/** Every probe of an agent, made from its device entries, and what the probes share. */
public final class Probes implements AutoCloseable {

  private final NameLookup names;
  private final List<ProbeFamily> families;
  private final Map<DeviceSettings, Probe> byDevice;
  private final Tools tools;
  private final List<Probe> all;

  /** What asks by SNMP and what sends echo requests, for whoever else has to. */
  record Tools(SnmpProbes snmp, PingProgram ping) {}

  private Probes(
      NameLookup names,
      List<ProbeFamily> families,
      Map<DeviceSettings, Probe> byDevice,
      Tools tools) {
    this.names = names;
    this.families = List.copyOf(families);
    this.byDevice = byDevice;
    this.tools = tools;
    this.all = gathered(families, byDevice);
  }

  /**
   * Makes the probes; opens nothing yet.
   *
   * @param credentials those that entries may name
   * @param snmp null when the settings have no such section
   * @param loops NIO event loops, which stay the caller's
   * @throws IllegalArgumentException naming every entry that cannot be, one line each
   */
  public static Probes of(
      List<DeviceSettings> devices,
      Credentials credentials,
      @Nullable SnmpSettings snmp,
      EventLoopGroup loops,
      Clock clock) {
    NameLookup names = new NameLookup(clock);
    PingProgram ping = new PingProgram(clock);
    SnmpProbes bySnmp =
        new SnmpProbes(snmp == null ? SnmpSettings.defaults() : snmp, credentials, names, clock);
    PingProbes echoes = new PingProbes(ping, names, clock);
    ReachProbes connections = new ReachProbes(loops, names, clock);
    // A new kind of probe is one more line here.
    List<ProbeFamily> families =
        List.of(
            bySnmp,
            new SeatProbes(new SnmpTables(bySnmp), credentials, clock),
            new PjlinkProbes(credentials, loops, names, clock),
            connections,
            echoes,
            new PartnerProbes(echoes, connections),
            new PathProbes(ping, names, clock),
            new DnsProbes(loops, names, clock),
            new HttpProbes(loops, names, clock));
    return new Probes(
        names, families, probes(devices, families, Map.of()), new Tools(bySnmp, ping));
  }

  /**
   * The probes of these entries, of which those that are here already are the same objects, with
   * all they remember. What the probes share stays shared: only one of the two is to be closed.
   *
   * @throws IllegalArgumentException naming every entry that cannot be, one line each; nothing has
   *     changed then
   */
  public Probes with(List<DeviceSettings> devices) {
    return new Probes(names, families, probes(devices, families, byDevice), tools);
  }

  private static Map<DeviceSettings, Probe> probes(
      List<DeviceSettings> devices, List<ProbeFamily> families, Map<DeviceSettings, Probe> before) {
    Map<String, ProbeFamily> byName = new TreeMap<>();
    families.forEach(family -> byName.put(family.name(), family));
    Map<DeviceSettings, Probe> probes = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    Set<String> subjects = new HashSet<>();
    for (DeviceSettings device : devices) {
      ProbeFamily family = byName.get(device.probe());
      if (family == null) {
        problems.add(
            device.subject()
                + " has the unknown probe '"
                + device.probe()
                + "': known are "
                + String.join(", ", byName.keySet()));
      } else if (!subjects.add(device.subject())) {
        problems.add(device.subject() + " is there twice: a subject has one probe");
      } else {
        try {
          Probe same = before.get(device);
          Probe probe = same == null ? family.probe(device) : same;
          probes.put(device, probe);
          for (String also : probe.subjects()) {
            if (!also.equals(device.subject()) && !subjects.add(also)) {
              problems.add(also + " of " + device.subject() + " is there twice");
            }
          }
        } catch (IllegalArgumentException refused) {
          problems.add(refused.getMessage());
        }
      }
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", problems));
    }
    return probes;
  }

  private static List<Probe> gathered(
      List<ProbeFamily> families, Map<DeviceSettings, Probe> byDevice) {
    List<Probe> all = new ArrayList<>(byDevice.size());
    for (ProbeFamily family : families) {
      List<Probe> own = new ArrayList<>();
      byDevice.forEach(
          (device, probe) -> {
            if (device.probe().equals(family.name())) {
              own.add(probe);
            }
          });
      all.addAll(family.gather(own));
    }
    // In the order of the file, those that are one look at the place of the first.
    List<String> order = byDevice.keySet().stream().map(DeviceSettings::subject).toList();
    Map<String, Integer> places = new HashMap<>();
    order.forEach(subject -> places.put(subject, places.size()));
    all.sort(Comparator.comparing(probe -> places.getOrDefault(probe.subjects().get(0), 0)));
    return List.copyOf(all);
  }

  public List<Probe> all() {
    return all;
  }

  /** The entries the probes were made of. */
  List<DeviceSettings> devices() {
    return List.copyOf(byDevice.keySet());
  }

  /** They are started and closed with the probes. */
  Tools tools() {
    return tools;
  }

  /** Opens what the probes share; before their first run. */
  public void start() {
    families.forEach(ProbeFamily::start);
  }

  /** After the schedule has been closed. */
  @Override
  public void close() {
    families.forEach(ProbeFamily::close);
    names.close();
  }
}
