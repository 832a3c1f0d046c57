package org.rollcall.agent.discovery;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import org.rollcall.agent.discovery.Surroundings.NamedSwitch;
import org.rollcall.agent.probe.Credential;
import org.rollcall.agent.probe.DeviceSettings;
import org.rollcall.agent.probe.Endpoint;
import org.rollcall.agent.switches.AddressTable;
import org.rollcall.agent.switches.ForwardingTable;
import org.rollcall.agent.switches.Mac;
import org.rollcall.agent.switches.NeighbourTable;
import org.rollcall.agent.switches.PortTable;
import org.rollcall.agent.switches.SwitchReader;
import org.rollcall.agent.switches.SystemNames;
import org.rollcall.agent.switches.TableSource;
import org.rollcall.protocol.v1.Sighting;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One look around: TCP connections to every address, echo requests to those that gave no answer,
 * this machine's ARP table, the tables of switches, and the names of whoever answered. Blocks its
 * thread; ends when it is through, when that thread is interrupted, or after {@link #LONGEST}.
 */
final class Sweep {
  /** Project default; 4,096 addresses, 10 packets each, 5 a second take 2.3 hours. */
  static final Duration LONGEST = Duration.ofHours(4);

  static final String TOO_LONG = "too-long";
  static final String NO_SOCKETS = "no-sockets";
  static final String PARTIAL_TABLES = "partial-tables";

  /** Longer than any table takes that is read to its end. A project default. */
  private static final Duration TABLE_PATIENCE = Duration.ofMinutes(5);

  private static final int QUESTIONS_AT_ONCE = 8;

  /** Leaves room for the probes, which share the program that sends them. */
  private static final int ECHOES_AT_ONCE = 2;

  private static final int SNMP_PORT = 161;

  /** What an address costs that answers no SNMP: two questions, each sent again. */
  private static final int PACKETS_A_NAME = 4;

  private static final Logger log = LoggerFactory.getLogger(Sweep.class);

  private final Networks networks;
  private final List<Integer> ports;
  private final Surroundings surroundings;
  private final SwitchReader reader;
  private final Pace pace;
  private final Known known = new Known();
  private final Hosts hosts;
  private final Map<Long, Mac> macs = new HashMap<>();
  private final Cabling cabling = new Cabling();
  private final long begunNanos = System.nanoTime();
  private final long deadlineNanos;
  private int partialTables;
  private String reason = "";

  /** What came of it. */
  record Outcome(List<Sighting> sightings, SweepFigures figures) {}

  Sweep(Networks networks, List<Integer> ports, Surroundings surroundings, Pace pace) {
    this(networks, ports, surroundings, pace, LONGEST);
  }

  Sweep(
      Networks networks,
      List<Integer> ports,
      Surroundings surroundings,
      Pace pace,
      Duration longest) {
    this.networks = networks;
    this.ports = List.copyOf(ports);
    this.surroundings = surroundings;
    this.reader = new SwitchReader(surroundings.tables());
    this.pace = pace;
    this.hosts = new Hosts(networks);
    this.deadlineNanos = begunNanos + longest.toNanos();
  }

  /**
   * Looks; once.
   *
   * @param timeMillis when: every sighting carries it
   */
  Outcome run(long timeMillis) throws InterruptedException {
    learnWhoIsKnown();
    knock();
    int forgotten = hosts.forgetOneThatRefusesForAll();
    if (forgotten > 0) {
      log.atInfo()
          .addKeyValue("addresses", forgotten)
          .log("A gateway refuses connections for addresses that are not there");
    }
    echo();
    OwnArp.read(surroundings.arp()).forEach(this::ownNeighbour);
    for (NamedSwitch one : surroundings.switches()) {
      if (!isLate()) {
        read(one);
      }
    }
    askForNames();
    Findings findings = new Findings(networks, known, hosts, macs, cabling);
    List<Sighting> sightings = findings.sightings(timeMillis);
    if (reason.isEmpty() && partialTables > 0) {
      reason = PARTIAL_TABLES;
    }
    List<Sighting> all = new ArrayList<>(sightings);
    all.addAll(findings.placed(timeMillis));
    return new Outcome(
        all,
        new SweepFigures(
            networks.addresses(),
            pace.packets(),
            hosts.all().size(),
            sightings.size(),
            findings.configured(),
            findings.personal(),
            partialTables,
            (System.nanoTime() - begunNanos) / 1e9,
            reason));
  }

  private boolean isLate() {
    boolean late = System.nanoTime() - deadlineNanos >= 0;
    if (late) {
      reason = TOO_LONG;
    }
    return late;
  }

  private void learnWhoIsKnown() {
    for (DeviceSettings configured : surroundings.configured().get()) {
      InetAddress address = Endpoint.parse(configured.address(), SNMP_PORT).literal();
      Long number = address == null ? null : Ipv4Network.number(address);
      if (number != null) {
        known.address(number);
      }
    }
    try {
      Enumeration<NetworkInterface> all = NetworkInterface.getNetworkInterfaces();
      while (all.hasMoreElements()) {
        NetworkInterface own = all.nextElement();
        byte[] octets = own.getHardwareAddress();
        Mac mac = octets == null ? null : Mac.of(octets);
        if (mac != null) {
          known.mac(mac);
        }
        if (!own.isLoopback()) {
          own.inetAddresses().map(Ipv4Network::number).forEach(this::knownIfIpv4);
        }
      }
    } catch (SocketException e) {
      log.atDebug().setCause(e).log("This machine does not tell its own addresses");
    }
  }

  private void knownIfIpv4(@Nullable Long address) {
    if (address != null) {
      known.address(address);
    }
  }

  /** Port by port, so that nobody gets many connections at once. */
  private void knock() throws InterruptedException {
    PortKnock knock =
        new PortKnock(
            pace,
            deadlineNanos,
            new PortKnock.Answers() {
              @Override
              public void open(long address, int port) {
                hosts.open(address, port);
              }

              @Override
              public void refused(long address) {
                hosts.refused(address);
              }

              @Override
              public void greeted(long address) {
                hosts.answered(address, "pjlink");
              }
            });
    try {
      for (int port : ports) {
        Iterator<PortKnock.Target> targets =
            addresses(address -> !known.hasAddress(address)).stream()
                .map(address -> new PortKnock.Target(address, port))
                .iterator();
        if (!knock.run(targets)) {
          reason = TOO_LONG;
          return;
        }
      }
    } catch (IOException refused) {
      reason = NO_SOCKETS;
      log.atWarn().setCause(refused).log("This machine gives no sockets to look for devices with");
    }
  }

  private List<Long> addresses(LongPredicate which) {
    List<Long> addresses = new ArrayList<>();
    networks.forEach(
        address -> {
          if (which.test(address)) {
            addresses.add(address);
          }
        });
    return addresses;
  }

  private void echo() throws InterruptedException {
    Echo echo = surroundings.echo();
    if (echo == null) {
      return;
    }
    AtOnce atOnce = new AtOnce(ECHOES_AT_ONCE);
    for (long address : addresses(a -> !known.hasAddress(a) && !hosts.has(a))) {
      if (isLate()) {
        break;
      }
      pace.take(1);
      atOnce.add(
          echo.answers(Ipv4Network.address(address)).toCompletableFuture(),
          answered -> {
            if (answered) {
              hosts.answered(address, "ping");
            }
          });
    }
    atOnce.finish();
  }

  private void ownNeighbour(long address, Mac mac) {
    if (networks.contains(address)) {
      macs.put(address, mac);
      if (mac.isADevices()) {
        hosts.answered(address, "arp");
      }
    }
  }

  /** Its tables one after the other: a switch is slow at them. */
  private void read(NamedSwitch one) throws InterruptedException {
    TableSource.Device device = one.device();
    SystemNames system = await(reader.system(device), new SystemNames("", "", TOO_LONG));
    if (system.reason().equals(SwitchReader.TIMEOUT)) {
      partial(one, "system", system.reason());
      return;
    }
    known.name(system.name());
    AddressTable addresses = await(reader.addresses(device), new AddressTable(Map.of(), TOO_LONG));
    partial(one, "addresses", addresses.reason());
    addresses.macs().forEach(macs::putIfAbsent);
    PortTable ports = await(reader.ports(device), new PortTable(Map.of(), Map.of(), TOO_LONG));
    partial(one, "ports", ports.reason());
    ForwardingTable forwarding =
        await(reader.forwarding(device), new ForwardingTable(Map.of(), TOO_LONG));
    partial(one, "forwarding", forwarding.reason());
    NeighbourTable neighbours =
        await(reader.neighbours(device), new NeighbourTable(List.of(), TOO_LONG));
    partial(one, "neighbours", neighbours.reason());
    String name = one.name().isEmpty() ? system.name() : one.name();
    cabling.add(name.isEmpty() ? device.at().host() : name, forwarding, ports, neighbours);
  }

  private void partial(NamedSwitch one, String table, String why) {
    if (!why.isEmpty()) {
      partialTables++;
      log.atInfo()
          .addKeyValue("switch", one.device())
          .addKeyValue("table", table)
          .addKeyValue("reason", why)
          .log("A part of a table is missing");
    }
  }

  private void askForNames() throws InterruptedException {
    if (surroundings.credentials().isEmpty()) {
      return;
    }
    AtOnce atOnce = new AtOnce(QUESTIONS_AT_ONCE);
    for (Credential credential : surroundings.credentials()) {
      for (long address : hosts.addresses()) {
        if (isLate()) {
          atOnce.finish();
          return;
        }
        Hosts.Host host = hosts.all().get(address);
        if (known.hasAddress(address) || (host != null && host.ways.contains("snmp"))) {
          continue;
        }
        pace.take(PACKETS_A_NAME);
        Endpoint at = new Endpoint(Ipv4Network.text(address), SNMP_PORT);
        atOnce.add(
            reader.system(new TableSource.Device(at, credential)),
            system -> {
              if (!system.name().isEmpty() || !system.description().isEmpty()) {
                hosts.named(address, system);
              }
            });
      }
      atOnce.finish();
    }
  }

  private static <T> T await(CompletableFuture<T> table, T instead) throws InterruptedException {
    try {
      return table.get(TABLE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      return instead;
    } catch (ExecutionException bug) {
      log.atError().setCause(bug).log("A table could not be read");
      return instead;
    }
  }

  /** A few questions under way at a time; answers are taken on the sweep's thread. */
  private static final class AtOnce {
    private final ArrayDeque<Taking> underWay = new ArrayDeque<>();
    private final int most;

    AtOnce(int most) {
      this.most = most;
    }

    /** Waits for an answer and takes it. */
    private interface Taking {
      void run() throws InterruptedException;
    }

    <T> void add(CompletableFuture<T> answer, Consumer<T> taker) throws InterruptedException {
      underWay.add(() -> take(answer, taker));
      if (underWay.size() >= most) {
        underWay.remove().run();
      }
    }

    void finish() throws InterruptedException {
      while (!underWay.isEmpty()) {
        underWay.remove().run();
      }
    }

    private static <T> void take(CompletableFuture<T> answer, Consumer<T> taker)
        throws InterruptedException {
      try {
        taker.accept(answer.get(TABLE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
      } catch (TimeoutException | ExecutionException none) {
        log.atDebug().setCause(none).log("A question stayed without an outcome");
      }
    }
  }
}
