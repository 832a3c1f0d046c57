package org.rollcall.agent.snmp;

import java.time.Clock;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.rollcall.agent.probe.Credential;
import org.rollcall.agent.probe.Credentials;
import org.rollcall.agent.probe.DeviceSettings;
import org.rollcall.agent.probe.Endpoint;
import org.rollcall.agent.probe.NameLookup;
import org.rollcall.agent.probe.Probe;
import org.rollcall.agent.probe.ProbeFamily;

/**
 * The probes that ask by SNMP v2c ({@code probe: snmp}), and the one session they share. A {@code
 * link:} is an interface of the device, anything else is the device itself.
 */
public final class SnmpProbes implements ProbeFamily {

  private static final int PORT = 161;
  private static final String LINK = "link";

  /** Kinds that other observers speak of. */
  private static final Set<String> NOT_OURS = Set.of("agent", "gap", "reach", "throughput");

  private final SnmpSettings settings;
  private final Credentials credentials;
  private final NameLookup names;
  private final Clock clock;
  private final SnmpSession session;

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
  public Probe probe(DeviceSettings device) {
    String kind = device.kind();
    if (NOT_OURS.contains(kind)) {
      throw new IllegalArgumentException(
          device.subject() + " cannot be asked by snmp: name a link, terminal, pc or switch");
    }
    device.knowsOnly("ifName", "community", Credentials.OPTION);
    SnmpDevice at =
        device(Endpoint.parse(device.address(), PORT), community(device), device.subject());
    String ifName = device.option("ifName");
    if (kind.equals(LINK)) {
      if (ifName == null) {
        throw new IllegalArgumentException(
            device.subject() + " needs ifName: which interface of " + device.address() + " it is");
      }
      return new LinkProbe(device.subject(), ifName, device.interval(), at);
    }
    if (ifName != null) {
      throw new IllegalArgumentException(
          device.subject() + " has an ifName, which only a link: can have");
    }
    return new HostProbe(device.subject(), device.interval(), at);
  }

  private @Nullable String community(DeviceSettings device) {
    Credential named = credentials.of(device);
    String own = device.option("community");
    if (named == null) {
      return own;
    }
    if (own != null) {
      throw new IllegalArgumentException(
          device.subject() + " has a community and a credential: leave one out");
    }
    return named.community();
  }

  /**
   * All interfaces of the device at the address, for the person who has to name one.
   *
   * @param community null: the one of the settings
   */
  public CompletionStage<InterfaceTable> interfaces(Endpoint address, @Nullable String community) {
    return InterfaceTable.read(device(address, community, address.toString()));
  }

  private SnmpDevice device(Endpoint endpoint, @Nullable String own, String who) {
    String community = own == null ? settings.community() : own;
    if (community == null) {
      throw new IllegalArgumentException(
          who + " has no community: write one beside it or in the snmp section");
    }
    return new SnmpDevice(session, names, clock, endpoint, community, settings);
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
