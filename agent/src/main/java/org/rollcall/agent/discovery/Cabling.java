package org.rollcall.agent.discovery;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.rollcall.agent.switches.ForwardingTable;
import org.rollcall.agent.switches.Mac;
import org.rollcall.agent.switches.NeighbourTable;
import org.rollcall.agent.switches.NeighbourTable.Neighbour;
import org.rollcall.agent.switches.PortTable;

/**
 * At which port of which switch a device is, put together from the tables of all switches. Belongs
 * to the sweep's thread.
 *
 * <p>A device is seen on every switch between it and the core. Where it really is, is an edge port:
 * one with at most {@value #MOST_AT_AN_EDGE} hardware addresses and no switch at its other end. Of
 * several the one with the fewest addresses is taken.
 */
final class Cabling {
  /** A desk's small switch, and what hangs on it. A project default. */
  static final int MOST_AT_AN_EDGE = 8;

  /** A port, and how crowded it is. */
  private record Edge(String place, int addresses) {}

  /**
   * A neighbour and where it is.
   *
   * @param place the switch and its port
   */
  record Placed(Neighbour neighbour, String place) {}

  private final Map<Mac, Edge> edges = new TreeMap<>();
  private final List<Placed> neighbours = new ArrayList<>();

  /**
   * Adds what one switch told.
   *
   * @param name what a person calls it
   */
  void add(String name, ForwardingTable forwarding, PortTable ports, NeighbourTable lldp) {
    Map<Long, Integer> crowds = new HashMap<>();
    forwarding
        .places()
        .values()
        .forEach(place -> crowds.merge(ports.ifIndex(place.basePort()), 1, Integer::sum));
    Set<Long> uplinks = new HashSet<>();
    for (Neighbour neighbour : lldp.neighbours()) {
      long ifIndex = ifIndex(neighbour, ports);
      neighbours.add(new Placed(neighbour, name + " " + ports.name(ifIndex)));
      if (neighbour.forwards()) {
        uplinks.add(ifIndex);
      }
    }
    forwarding
        .places()
        .forEach(
            (mac, place) -> {
              long ifIndex = ports.ifIndex(place.basePort());
              int crowd = crowds.getOrDefault(ifIndex, 1);
              if (mac.isADevices() && crowd <= MOST_AT_AN_EDGE && !uplinks.contains(ifIndex)) {
                edges.merge(
                    mac,
                    new Edge(name + " " + ports.name(ifIndex), crowd),
                    (old, other) -> other.addresses < old.addresses ? other : old);
              }
            });
  }

  /** LLDP numbers ports as it likes; a switch's names for them are the better guide. */
  private static long ifIndex(Neighbour neighbour, PortTable ports) {
    for (String name : List.of(neighbour.localName(), neighbour.localDescription())) {
      Long found = name.isEmpty() ? null : ports.find(name);
      if (found != null) {
        return found;
      }
    }
    return ports.ifIndex(neighbour.localPort());
  }

  /** The switch and port of a device; null when it was seen on no edge. */
  @Nullable String placeOf(Mac mac) {
    Edge edge = edges.get(mac);
    return edge == null ? null : edge.place;
  }

  /** All hardware addresses on edge ports. */
  Set<Mac> placed() {
    return edges.keySet();
  }

  List<Placed> neighbours() {
    return neighbours;
  }
}
