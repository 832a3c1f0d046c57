package org.rollcall.agent.seat;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.rollcall.agent.probe.Credential;
import org.rollcall.agent.probe.Credentials;
import org.rollcall.agent.probe.DeviceSettings;
import org.rollcall.agent.probe.Endpoint;
import org.rollcall.agent.probe.Probe;
import org.rollcall.agent.probe.ProbeFamily;
import org.rollcall.agent.seat.SeatProbe.SwitchAt;
import org.rollcall.agent.switches.Mac;
import org.rollcall.agent.switches.SwitchReader;
import org.rollcall.agent.switches.TableSource;

/**
 * The probes that look at computers by their switch's ports ({@code probe: switch-port}). Entries
 * with the same switch, credential and interval are one look.
 */
public final class SeatProbes implements ProbeFamily {

  private static final int SNMP_PORT = 161;
  private static final Set<String> KINDS = Set.of("pc", "terminal");

  private final TableSource tables;
  private final Credentials credentials;
  private final Clock clock;

  /** What is remembered of seats outlives a change of the list of devices. */
  private final Map<SwitchAt, SeatFinder> finders = new ConcurrentHashMap<>();

  private final Map<SwitchAt, SeatProbe> gathered = new ConcurrentHashMap<>();

  /**
   * @param tables how switches are asked; started by whom it belongs to
   */
  public SeatProbes(TableSource tables, Credentials credentials, Clock clock) {
    this.tables = tables;
    this.credentials = credentials;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "switch-port";
  }

  @Override
  public Probe probe(DeviceSettings device) {
    if (!KINDS.contains(device.kind())) {
      throw new IllegalArgumentException(
          device.subject() + " cannot be seen by switch-port: name a pc or terminal");
    }
    device.knowsOnly("mac", "ifName", "community", Credentials.OPTION);
    Seat seat = new Seat(device.subject(), mac(device), device.option("ifName"));
    TableSource.Device at =
        new TableSource.Device(Endpoint.parse(device.address(), SNMP_PORT), credential(device));
    return probe(List.of(seat), new SwitchAt(at, device.interval()));
  }

  private SeatProbe probe(List<Seat> seats, SwitchAt at) {
    SeatFinder finder = finders.computeIfAbsent(at, none -> new SeatFinder());
    return new SeatProbe(seats, at, new SwitchReader(tables), finder, clock);
  }

  private static @Nullable Mac mac(DeviceSettings device) {
    String text = device.option("mac");
    Mac mac = text == null ? null : Mac.parse(text.strip());
    if (text != null && mac == null) {
      throw new IllegalArgumentException(
          device.subject() + " has the mac '" + text + "', which is none: write 00:1a:2b:3c:4d:5e");
    }
    return mac;
  }

  private @Nullable Credential credential(DeviceSettings device) {
    Credential named = credentials.of(device);
    String own = device.option("community");
    if (named != null && own != null) {
      throw new IllegalArgumentException(
          device.subject() + " has a community and a credential: leave one out");
    }
    return own == null ? named : Credential.community(own);
  }

  @Override
  public List<Probe> gather(List<Probe> probes) {
    Map<SwitchAt, List<Seat>> bySwitch = new LinkedHashMap<>();
    for (Probe probe : probes) {
      SeatProbe seats = (SeatProbe) probe;
      bySwitch.computeIfAbsent(seats.at(), at -> new ArrayList<>()).addAll(seats.seats());
    }
    List<Probe> all = new ArrayList<>(bySwitch.size());
    bySwitch.forEach(
        (at, seats) ->
            all.add(
                gathered.compute(
                    at,
                    (same, before) ->
                        before != null && before.seats().equals(seats)
                            ? before
                            : probe(seats, at))));
    return all;
  }

  @Override
  public void start() {
    // The table source is somebody else's.
  }

  @Override
  public void close() {
    // The table source is somebody else's.
  }
}
