package org.rollcall.agent.seat;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.rollcall.agent.probe.TerminalState;
import org.rollcall.agent.switches.ForwardingTable;
import org.rollcall.agent.switches.ForwardingTable.Place;
import org.rollcall.agent.switches.Mac;
import org.rollcall.agent.switches.PortTable;

/**
 * What a switch's tables say of a seat.
 *
 * <p>A computer that is on sends frames, so its hardware address stands in the forwarding table as
 * learnt. One that is off either has no link, or keeps a sleepy one to be woken by (wake-on-LAN):
 * then the port is up and the address ages out, which a computer that is on and silent for minutes
 * does as well. So a port that is up without the address says nothing.
 *
 * <p>Remembers at which port an address was last, because a computer that is off is in no table.
 * Safe on any thread.
 */
final class SeatFinder {

  static final String PORT_DOWN = "port-down";
  static final String NOT_IN_TABLE = "not-in-table";

  /** Somebody wrote the address into the table, or the switch keeps it for security. */
  static final String STATIC_ENTRY = "static-entry";

  static final String NO_SUCH_INTERFACE = "no-such-interface";
  static final String NO_PORT_STATE = "no-port-state";

  /**
   * What is known of a seat.
   *
   * @param state null when it is not known
   * @param reason why it is not on, or not known; empty when it is on
   */
  record Seen(@Nullable TerminalState state, String reason) {}

  private static final Seen ON = new Seen(TerminalState.ON, "");
  private static final Seen OFF = new Seen(TerminalState.OFF, PORT_DOWN);

  private final Map<Mac, Long> lastPorts = new ConcurrentHashMap<>();

  /**
   * @param forwarding null when no seat has a hardware address
   */
  Seen find(Seat seat, PortTable ports, @Nullable ForwardingTable forwarding) {
    Mac mac = seat.mac();
    String ifName = seat.ifName();
    Long named = ifName == null ? null : ports.find(ifName);
    if (mac != null && forwarding != null) {
      return byMac(mac, named, ports, forwarding);
    }
    if (named == null) {
      return unknown(ports.reason(), NO_SUCH_INTERFACE);
    }
    Boolean up = up(ports, named);
    if (up == null) {
      return unknown(ports.reason(), NO_PORT_STATE);
    }
    return up ? ON : OFF;
  }

  private Seen byMac(Mac mac, @Nullable Long named, PortTable ports, ForwardingTable forwarding) {
    Place place = forwarding.places().get(mac);
    if (place != null) {
      long at = ports.ifIndex(place.basePort());
      lastPorts.put(mac, at);
      if (Boolean.FALSE.equals(up(ports, at))) {
        return OFF; // what the table has is of before
      }
      return place.learned() ? ON : unknown("", STATIC_ENTRY);
    }
    Long at = named == null ? lastPorts.get(mac) : named;
    if (at != null && Boolean.FALSE.equals(up(ports, at))) {
      return OFF;
    }
    return unknown(forwarding.reason(), NOT_IN_TABLE);
  }

  private static @Nullable Boolean up(PortTable ports, long ifIndex) {
    PortTable.Port port = ports.ports().get(ifIndex);
    return port == null ? null : port.up();
  }

  /** A table that was cut short says so before it is said that something is not in it. */
  private static Seen unknown(String cutShort, String otherwise) {
    return new Seen(null, cutShort.isEmpty() ? otherwise : cutShort);
  }
}
