package org.rollcall.agent.snmp;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.rollcall.agent.probe.Probe;
import org.rollcall.protocol.v1.Observation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snmp4j.smi.OID;

/**
 * Interfaces of one device: a school's line, or the named ports of a switch together with the
 * switch itself. All of them are read in as few requests as fit, and each request carries the
 * device's uptime, so that counters belong to the uptime they came with.
 *
 * <p>An interface is known by its name ({@link Port}). Its ifIndex is found by walking the names,
 * and believed until the device started again, its ifTableLastChange moved or the name is
 * another's; then the names are read with the rest, and walked only when they do not fit. A silent
 * device does not tell whether its links are up: no measure at all. What arrived before it fell
 * silent is told.
 *
 * <p>One look at a time; its state is passed from look to look by the schedule.
 */
final class PortsProbe implements Probe {

  /** So many ports fit into an unfragmented answer, read lean and wholly. */
  static final int LEAN_PORTS = 10;

  static final int WHOLE_PORTS = 4;

  /** A project default. */
  private static final int GOOD_LOOKS = 10;

  private static final Logger log = LoggerFactory.getLogger(PortsProbe.class);

  private static final List<OID> HEAD = List.of(Oids.SYS_UP_TIME, Oids.IF_TABLE_LAST_CHANGE);

  private final @Nullable HostState host;
  private final List<Port> ports;
  private final Duration interval;
  private final SnmpDevice device;
  private final List<String> subjects;

  private List<PortGroup> groups = List.of();
  private int groupSize = LEAN_PORTS;
  private int goodLooks;
  private @Nullable Long lastUptime;
  private @Nullable Long lastChange;

  /**
   * The probe for a device's ports.
   *
   * @param host the device itself, told of first; null: only its ports are
   */
  PortsProbe(@Nullable HostState host, List<Port> ports, Duration interval, SnmpDevice device) {
    this.host = host;
    this.ports = List.copyOf(ports);
    this.interval = interval;
    this.device = device;
    List<String> all = new ArrayList<>();
    if (host != null) {
      all.add(host.subject());
    }
    ports.forEach(port -> all.add(port.subject()));
    this.subjects = List.copyOf(all);
  }

  /** The probe for one link. */
  static PortsProbe link(String subject, String ifName, Duration interval, SnmpDevice device) {
    return new PortsProbe(null, List.of(new Port(subject, ifName)), interval, device);
  }

  @Override
  public List<String> subjects() {
    return subjects;
  }

  @Override
  public Duration interval() {
    return interval;
  }

  @Override
  public CompletionStage<List<Observation>> run(Instant now) {
    return new PortsLook(this, now).run();
  }

  SnmpDevice device() {
    return device;
  }

  @Nullable HostState host() {
    return host;
  }

  List<Port> ports() {
    return ports;
  }

  /** The ports that have a place, in groups that fit into one request each. */
  List<PortGroup> groups(Instant now) {
    int fitting = 0;
    for (PortGroup group : groups) {
      fitting += group.fits(now) ? group.size() : ports.size() + 1;
    }
    if (fitting == placed()) {
      return groups;
    }
    List<PortGroup> made = new ArrayList<>();
    List<Port> lean = new ArrayList<>();
    List<Port> whole = new ArrayList<>();
    for (Port port : ports) {
      if (port.place() != null) {
        (port.lean(now) ? lean : whole).add(port);
      }
    }
    split(lean, true, made);
    split(whole, false, made);
    groups = made;
    return made;
  }

  private int placed() {
    int placed = 0;
    for (Port port : ports) {
      placed += port.place() == null ? 0 : 1;
    }
    return placed;
  }

  /** Groups of these ports that fit into one request each. */
  void split(List<Port> from, boolean lean, List<PortGroup> into) {
    int most = Math.min(lean ? LEAN_PORTS : WHOLE_PORTS, groupSize);
    for (int i = 0; i < from.size(); i += most) {
      into.add(new PortGroup(HEAD, from.subList(i, Math.min(from.size(), i + most)), lean));
    }
  }

  /** The device does not answer so much at once. */
  void atMost(int ports) {
    groups = List.of();
    groupSize = Math.min(groupSize, Math.max(1, ports));
    goodLooks = 0;
  }

  /** Everything was answered: after {@value #GOOD_LOOKS} such looks it is asked for more again. */
  void answered() {
    if (groupSize < LEAN_PORTS && ++goodLooks >= GOOD_LOOKS) {
      groups = List.of();
      groupSize = Math.min(LEAN_PORTS, groupSize * 2);
      goodLooks = 0;
    }
  }

  /**
   * Whether the device may have numbered its interfaces anew since the look before: its uptime went
   * back (which it also does when it wraps; then nothing is lost but a little more is read), or its
   * table changed.
   */
  boolean renumbered(@Nullable Long uptime, @Nullable Long change) {
    Long before = lastUptime;
    boolean started = before != null && uptime != null && uptime < before;
    boolean changed = !Objects.equals(lastChange, change);
    lastUptime = uptime;
    lastChange = change;
    if (started || (changed && before != null)) {
      log.atDebug().addKeyValue("subjects", subjects).log("Interfaces may be numbered anew");
      groups = List.of();
      return true;
    }
    return false;
  }

  void moved(Port port) {
    log.atInfo().addKeyValue("subject", port.subject()).log("Interface has moved");
    port.lost();
    groups = List.of();
  }
}
