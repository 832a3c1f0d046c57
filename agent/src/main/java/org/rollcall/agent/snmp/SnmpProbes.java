package org.rollcall.agent.snmp;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.rollcall.agent.probe.Credential;
import org.rollcall.agent.probe.Credentials;
import org.rollcall.agent.probe.DeviceSettings;
import org.rollcall.agent.probe.Endpoint;
import org.rollcall.agent.probe.NameLookup;
import org.rollcall.agent.probe.Probe;
import org.rollcall.agent.probe.ProbeFamily;
import org.rollcall.protocol.Subject;

/**
 * The probes that ask by SNMP ({@code probe: snmp}), and the one session they share. A {@code
 * link:} is an interface of the device, a {@code switch:} with {@code ports} the device and its
 * ports as links, a {@code printer:} a printer, anything else the device itself.
 */
public final class SnmpProbes implements ProbeFamily {

  private static final int PORT = 161;
  private static final String LINK = "link";
  private static final String SWITCH = "switch";
  private static final String PRINTER = "printer";

  /** Kinds that other observers speak of. */
  private static final Set<String> NOT_OURS =
      Set.of("agent", "gap", "reach", "throughput", "path", "service");

  /** A device as one of its probes sees it; those of one kind share its state. */
  private record Who(Endpoint endpoint, SnmpVersion version, Credential credential) {}

  private final SnmpSettings settings;
  private final Credentials credentials;
  private final NameLookup names;
  private final Clock clock;
  private final SnmpSession session;
  private final Map<Who, SnmpDevice> devices = new ConcurrentHashMap<>();
  private final Map<Endpoint, Pace> paces = new ConcurrentHashMap<>();

  public SnmpProbes(SnmpSettings settings, Credentials credentials, NameLookup names, Clock clock) {
    this.settings = settings;
    this.credentials = credentials;
    this.names = names;
    this.clock = clock;
    this.session = new SnmpSession(clock);
  }

  @Override
  public String name() {
    return "snmp";
  }

  @Override
  public Probe probe(DeviceSettings entry) {
    String kind = entry.kind();
    if (NOT_OURS.contains(kind)) {
      throw new IllegalArgumentException(
          entry.subject()
              + " cannot be asked by snmp: name a link, terminal, pc, switch or printer");
    }
    entry.knowsOnly("ifName", "ports", "version", "community", Credentials.OPTION);
    SnmpDevice device = device(entry);
    String ifName = entry.option("ifName");
    String ports = entry.option("ports");
    if (ports != null && !kind.equals(SWITCH)) {
      throw new IllegalArgumentException(
          entry.subject() + " has ports, which only a switch: can have");
    }
    if (kind.equals(LINK)) {
      if (ifName == null) {
        throw new IllegalArgumentException(
            entry.subject() + " needs ifName: which interface of " + entry.address() + " it is");
      }
      return PortsProbe.link(entry.subject(), ifName, entry.interval(), device);
    }
    if (ifName != null) {
      throw new IllegalArgumentException(
          entry.subject() + " has an ifName, which only a link: can have");
    }
    if (ports != null) {
      return new PortsProbe(
          new HostState(entry.subject()), ports(entry, ports), entry.interval(), device);
    }
    return kind.equals(PRINTER)
        ? new PrinterProbe(entry.subject(), entry.interval(), device)
        : new HostProbe(entry.subject(), entry.interval(), device);
  }

  /** {@code NAME=ifName, NAME=ifName}: each port is told as {@code link:NAME}. */
  private static List<Port> ports(DeviceSettings entry, String written) {
    List<Port> ports = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (String one : written.split(",", -1)) {
      int equals = one.indexOf('=');
      String subject = equals < 0 ? "" : LINK + ":" + one.substring(0, equals).strip();
      String ifName = one.substring(equals + 1).strip();
      if (!Subject.isValid(subject) || ifName.isEmpty()) {
        throw new IllegalArgumentException(
            entry.subject()
                + ": the port '"
                + one.strip()
                + "' is not NAME=ifName, such as c0301=GigabitEthernet0/0/3");
      }
      if (!seen.add(subject)) {
        throw new IllegalArgumentException(entry.subject() + " names " + subject + " twice");
      }
      ports.add(new Port(subject, ifName));
    }
    return ports;
  }

  /**
   * All interfaces of the device at the address, for the person who has to name one.
   *
   * @param credential null: the community of the settings
   * @throws IllegalArgumentException when neither is there
   */
  public CompletionStage<InterfaceTable> interfaces(
      Endpoint address, @Nullable Credential credential) {
    return InterfaceTable.read(anyDevice(address, credential));
  }

  /**
   * Walks columns of any table of the device at the address: neighbours, forwarding, addresses. At
   * the device's pace, with what is known of it; partial when it falls silent.
   *
   * @param credential null: the community of the settings
   * @param columns dotted OIDs of columns of one table, such as {@code 1.3.6.1.2.1.17.4.3.1.2}
   * @throws IllegalArgumentException when there is nothing to ask it with
   */
  public CompletionStage<TableResult> table(
      Endpoint address, @Nullable Credential credential, List<String> columns) {
    return TableResult.read(anyDevice(address, credential), columns);
  }

  private SnmpDevice device(DeviceSettings entry) {
    Credential named = credentials.of(entry);
    String own = entry.option("community");
    if (named != null && own != null) {
      throw new IllegalArgumentException(
          entry.subject() + " has a community and a credential: leave one out");
    }
    String version = entry.option("version");
    try {
      Who who =
          who(
              Endpoint.parse(entry.address(), PORT),
              own == null ? named : Credential.community(own),
              version == null ? null : SnmpVersion.parse(version),
              entry.subject());
      return devices.computeIfAbsent(who, this::device);
    } catch (IllegalArgumentException refused) {
      String why = String.valueOf(refused.getMessage());
      throw new IllegalArgumentException(
          why.startsWith(entry.subject()) ? why : entry.subject() + ": " + why, refused);
    }
  }

  private Who who(
      Endpoint endpoint, @Nullable Credential own, @Nullable SnmpVersion wanted, String who) {
    String common = settings.community();
    Credential credential = own == null && common != null ? Credential.community(common) : own;
    if (credential == null) {
      throw new IllegalArgumentException(
          who + " has no community: write one beside it or in the snmp section");
    }
    boolean user = credential.user() != null;
    if (!user && credential.community() == null) {
      throw new IllegalArgumentException(
          who + " has a credential without community or user, which SNMP cannot use");
    }
    SnmpVersion version = wanted == null ? (user ? SnmpVersion.V3 : SnmpVersion.V2C) : wanted;
    if (user != (version == SnmpVersion.V3)) {
      throw new IllegalArgumentException(
          who
              + (user
                  ? " has a user, which only version 3 knows"
                  : " has version 3, which needs a credential with a user"));
    }
    return new Who(endpoint, version, credential);
  }

  /** A device of the settings if it is one, with what is known of it; else one for this once. */
  private SnmpDevice anyDevice(Endpoint endpoint, @Nullable Credential credential) {
    Who who = who(endpoint, credential, null, endpoint.toString());
    SnmpDevice configured = devices.get(who);
    Pace pace = paces.get(endpoint);
    return configured != null
        ? configured
        : device(who, pace == null ? new Pace(session, settings.pause().toMillis()) : pace);
  }

  private SnmpDevice device(Who who) {
    return device(
        who,
        paces.computeIfAbsent(
            who.endpoint, endpoint -> new Pace(session, settings.pause().toMillis())));
  }

  private SnmpDevice device(Who who, Pace pace) {
    String community = who.credential.community();
    Access access =
        community == null
            ? new UserAccess(session, who.credential, settings)
            : new CommunityAccess(session, who.version, community, settings);
    return new SnmpDevice(names, clock, who.endpoint, access, pace);
  }

  @Override
  public void start() {
    session.start();
  }

  @Override
  public void close() {
    session.close();
  }
}
