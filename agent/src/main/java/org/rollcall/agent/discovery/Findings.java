package org.rollcall.agent.discovery;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.rollcall.agent.switches.Mac;
import org.rollcall.agent.switches.NeighbourTable.Neighbour;
import org.rollcall.protocol.Limits;
import org.rollcall.protocol.v1.Sighting;

/**
 * Puts together what a sweep learnt into one sighting a device, by hardware address where it is
 * known, else by address. Belongs to the sweep's thread; used once.
 */
final class Findings {
  /** One hardware address behind more addresses than this answers for others. Project default. */
  static final int MOST_ADDRESSES_OF_ONE = 16;

  private final Networks networks;
  private final Known known;
  private final Hosts hosts;
  private final Map<Long, Mac> macs;
  private final Cabling cabling;

  private final Map<Mac, Device> byMac = new TreeMap<>();
  private final Map<Long, Device> byAddress = new TreeMap<>();
  private final Set<Mac> elsewhere = new HashSet<>();
  private int personal;
  private int configured;

  /** What is to be told of one device. */
  private static final class Device {
    final TreeSet<String> ways = new TreeSet<>();
    final TreeSet<Integer> openPorts = new TreeSet<>();
    @Nullable Long address;
    boolean answered;
    String name = "";
    String description = "";
    String place = "";

    void add(long at, Hosts.@Nullable Host host) {
      // An address that answered says more than one that stands in a table.
      if (address == null || (host != null && !answered)) {
        address = at;
      }
      if (host != null) {
        answered = true;
        ways.addAll(host.ways);
        openPorts.addAll(host.openPorts);
        name = name.isEmpty() ? host.name : name;
        description = description.isEmpty() ? host.description : description;
      }
    }

    void add(Neighbour neighbour, String at) {
      ways.add("lldp");
      place = at;
      name = name.isEmpty() ? neighbour.name() : name;
      description = description.isEmpty() ? neighbour.description() : description;
    }
  }

  /**
   * @param macs what routers and this machine know, by address
   */
  Findings(Networks networks, Known known, Hosts hosts, Map<Long, Mac> macs, Cabling cabling) {
    this.networks = networks;
    this.known = known;
    this.hosts = hosts;
    this.macs = macs;
    this.cabling = cabling;
  }

  /** The devices nobody has configured; oldest knowledge first, at one time. */
  List<Sighting> sightings(long timeMillis) {
    macs.forEach(
        (address, mac) -> {
          if (known.hasAddress(address)) {
            known.mac(mac);
          }
        });
    Map<Mac, Integer> behind = new HashMap<>();
    macs.values().forEach(mac -> behind.merge(mac, 1, Integer::sum));
    TreeSet<Long> addresses = new TreeSet<>(hosts.addresses());
    addresses.addAll(macs.keySet());
    for (long address : addresses) {
      Mac mac = macs.get(address);
      if (networks.contains(address)) {
        address(address, mac, mac != null && behind.getOrDefault(mac, 0) > MOST_ADDRESSES_OF_ONE);
      } else if (mac != null) {
        elsewhere.add(mac);
      }
    }
    cabling.neighbours().forEach(placed -> neighbour(placed.neighbour(), placed.place()));
    cabling.placed().forEach(this::port);
    return all(timeMillis);
  }

  private void address(long address, @Nullable Mac mac, boolean answersForOthers) {
    Hosts.Host host = hosts.all().get(address);
    if (known.hasAddress(address) || (mac != null && known.hasMac(mac))) {
      configured++;
    } else if (mac != null && !mac.isADevices()) {
      personal++;
    } else if (mac == null || answersForOthers) {
      if (host != null) {
        byAddress.computeIfAbsent(address, a -> new Device()).add(address, host);
      }
    } else {
      Device device = byMac.computeIfAbsent(mac, m -> new Device());
      device.add(address, host);
      device.ways.add("arp");
    }
  }

  private void neighbour(Neighbour neighbour, String place) {
    Mac mac = neighbour.mac();
    Long address = neighbour.address();
    boolean isKnown =
        known.hasName(neighbour.name())
            || (mac != null && known.hasMac(mac))
            || (address != null && known.hasAddress(address));
    if (isKnown) {
      configured++;
    } else if (mac != null && mac.isMadeUp()) {
      personal++;
    } else if ((address == null || networks.contains(address))
        && (mac == null || !elsewhere.contains(mac))) {
      Device device = device(mac, address);
      if (device != null) {
        device.add(neighbour, place);
      }
    }
  }

  /** A chassis has addresses of its own beside its ports': the address it tells binds them. */
  private @Nullable Device device(@Nullable Mac mac, @Nullable Long address) {
    if (address != null) {
      Mac atAddress = macs.get(address);
      Device there = atAddress == null ? byAddress.get(address) : byMac.get(atAddress);
      if (there != null) {
        return there;
      }
    }
    if (mac != null) {
      Device device = byMac.computeIfAbsent(mac, m -> new Device());
      device.address = device.address == null ? address : device.address;
      return device;
    }
    if (address == null) {
      return null;
    }
    Device device = byAddress.computeIfAbsent(address, a -> new Device());
    device.address = address;
    return device;
  }

  private void port(Mac mac) {
    String place = cabling.placeOf(mac);
    if (place == null || (elsewhere.contains(mac) && !byMac.containsKey(mac))) {
      return;
    }
    if (known.hasMac(mac)) {
      configured++;
      return;
    }
    Device device = byMac.computeIfAbsent(mac, m -> new Device());
    device.ways.add("fdb");
    device.place = device.place.isEmpty() ? place : device.place;
  }

  private List<Sighting> all(long timeMillis) {
    List<Sighting> all = new ArrayList<>(byMac.size() + byAddress.size());
    byMac.forEach((mac, device) -> all.add(sighting(mac, device, timeMillis)));
    byAddress.forEach((address, device) -> all.add(sighting(null, device, timeMillis)));
    return all;
  }

  private static Sighting sighting(@Nullable Mac mac, Device device, long timeMillis) {
    String description = device.description;
    if (description.isEmpty() && !device.openPorts.isEmpty()) {
      description =
          device.openPorts.stream()
              .map(String::valueOf)
              .collect(Collectors.joining(" ", "tcp ", ""));
    }
    return Sighting.newBuilder()
        .setTimeMillis(timeMillis)
        .setMac(mac == null ? "" : mac.toString())
        .setAddress(device.address == null ? "" : Ipv4Network.text(device.address))
        .setName(cut(device.name))
        .setDescription(cut(description))
        .addAllFoundBy(device.ways)
        .setSeenAt(cut(device.place))
        .build();
  }

  /**
   * Where the configured devices stand: the switch and port by which each is reached, and of
   * switches the one above. So that whoever judges knows what stands behind what.
   */
  List<Sighting> placed(long timeMillis) {
    Map<Long, Sighting> all = new TreeMap<>();
    macs.forEach(
        (address, mac) -> {
          String place = cabling.placeOf(mac);
          if (known.hasAddress(address) && place != null) {
            all.put(address, placed(address, mac, place, "fdb", timeMillis));
          }
        });
    for (Cabling.Placed neighbour : cabling.neighbours()) {
      Long address = neighbour.neighbour().address();
      if (address != null && known.hasAddress(address)) {
        Mac mac = neighbour.neighbour().mac();
        all.put(address, placed(address, mac, neighbour.place(), "lldp", timeMillis));
      }
    }
    return List.copyOf(all.values());
  }

  private static Sighting placed(
      long address, @Nullable Mac mac, String place, String way, long timeMillis) {
    return Sighting.newBuilder()
        .setTimeMillis(timeMillis)
        .setMac(mac == null ? "" : mac.toString())
        .setAddress(Ipv4Network.text(address))
        .addFoundBy(way)
        .setSeenAt(cut(place))
        .setConfigured(true)
        .build();
  }

  private static String cut(String text) {
    return text.length() <= Limits.MAX_SIGHTING_TEXT
        ? text
        : text.substring(0, Limits.MAX_SIGHTING_TEXT);
  }

  /** Left out, because their hardware addresses are made up or shared; after the sightings. */
  int personal() {
    return personal;
  }

  /** Left out, because they are configured; after the sightings. */
  int configured() {
    return configured;
  }
}
