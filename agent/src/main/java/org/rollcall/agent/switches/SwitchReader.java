package org.rollcall.agent.switches;

import java.util.concurrent.CompletableFuture;
import org.rollcall.agent.switches.TableSource.Device;

/**
 * Reads what a switch or router knows of the devices around it. Every table keeps what was read and
 * says why the rest is missing. Futures complete on the source's threads, never exceptionally.
 *
 * <p>Some switches (Cisco before Q-BRIDGE-MIB) show one VLAN's forwarding table at a time and want
 * to be asked with a community of its own, {@code community@VLAN}: such a switch is named once for
 * each VLAN.
 */
public final class SwitchReader {

  /** The device did not answer. */
  public static final String TIMEOUT = "timeout";

  private final TableSource source;

  public SwitchReader(TableSource source) {
    this.source = source;
  }

  /** Where the switch last saw which hardware address. */
  public CompletableFuture<ForwardingTable> forwarding(Device device) {
    return ForwardingTable.read(source, device);
  }

  /** The switch's ports. */
  public CompletableFuture<PortTable> ports(Device device) {
    return PortTable.read(source, device);
  }

  /** Behind which IPv4 address the router saw which hardware address. */
  public CompletableFuture<AddressTable> addresses(Device device) {
    return AddressTable.read(source, device);
  }

  /** Who stands at the other end of the switch's cables. */
  public CompletableFuture<NeighbourTable> neighbours(Device device) {
    return NeighbourTable.read(source, device);
  }

  /** How a device names and describes itself. */
  public CompletableFuture<SystemNames> system(Device device) {
    return SystemNames.read(source, device);
  }
}
