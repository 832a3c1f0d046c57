package org.rollcall.agent.discovery;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.rollcall.agent.switches.SystemNames;

/**
 * The addresses at which somebody answered, and how. Belongs to the sweep's thread; nothing outside
 * the networks gets in.
 */
final class Hosts {
  /** Refusals everywhere are a gateway's, which speaks for all. Project defaults. */
  private static final int MANY_REFUSALS = 32;

  private static final double MOST_REFUSALS = 0.5;

  /** One address. */
  static final class Host {
    final TreeSet<String> ways = new TreeSet<>();
    final TreeSet<Integer> openPorts = new TreeSet<>();
    String name = "";
    String description = "";
    private boolean refused;

    private boolean onlyRefused() {
      return refused && openPorts.isEmpty() && ways.size() == 1;
    }
  }

  private final Networks networks;
  private final Map<Long, Host> hosts = new TreeMap<>();

  Hosts(Networks networks) {
    this.networks = networks;
  }

  /** Somebody answered at this address; {@code way} is a word of the wire's. */
  void answered(long address, String way) {
    if (networks.contains(address)) {
      at(address).ways.add(way);
    }
  }

  void open(long address, int port) {
    if (networks.contains(address)) {
      Host host = at(address);
      host.ways.add("tcp");
      host.openPorts.add(port);
    }
  }

  void refused(long address) {
    if (networks.contains(address)) {
      Host host = at(address);
      host.refused = true;
      host.ways.add("tcp");
    }
  }

  /** It answered by SNMP, and said who it is. */
  void named(long address, SystemNames system) {
    if (networks.contains(address)) {
      Host host = at(address);
      host.ways.add("snmp");
      host.name = system.name();
      host.description = system.description();
    }
  }

  private Host at(long address) {
    return hosts.computeIfAbsent(address, a -> new Host());
  }

  boolean has(long address) {
    return hosts.containsKey(address);
  }

  List<Long> addresses() {
    return new ArrayList<>(hosts.keySet());
  }

  Map<Long, Host> all() {
    return hosts;
  }

  /**
   * Forgets addresses that did nothing but refuse, when so many did that one gateway must have
   * refused for them all.
   *
   * @return how many were forgotten
   */
  int forgetOneThatRefusesForAll() {
    long refusing = hosts.values().stream().filter(Host::onlyRefused).count();
    if (refusing <= MANY_REFUSALS || refusing < MOST_REFUSALS * networks.addresses()) {
      return 0;
    }
    int forgotten = 0;
    for (Iterator<Host> i = hosts.values().iterator(); i.hasNext(); ) {
      if (i.next().onlyRefused()) {
        i.remove();
        forgotten++;
      }
    }
    return forgotten;
  }
}
