package org.rollcall.agent.switches;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.rollcall.agent.switches.TableSource.Device;

/**
 * A switch's ports: their names, whether they are up, and which bridge port is which.
 *
 * @param ports by ifIndex
 * @param byBasePort ifIndex by dot1dBasePort; empty for switches that do not tell
 * @param reason empty when the tables are whole, else why they are not
 */
public record PortTable(Map<Long, Port> ports, Map<Long, Long> byBasePort, String reason) {

  private static final String IF_NAME = "1.3.6.1.2.1.31.1.1.1.1";
  private static final String IF_DESCR = "1.3.6.1.2.1.2.2.1.2";
  private static final String IF_OPER_STATUS = "1.3.6.1.2.1.2.2.1.8";
  private static final String BASE_PORT_IF_INDEX = "1.3.6.1.2.1.17.1.4.1.2";

  // ifOperStatus of IF-MIB: 4 is unknown, everything else that is not up cannot carry traffic.
  private static final long UP = 1;
  private static final long UNKNOWN = 4;

  /**
   * One port.
   *
   * @param name ifName, else ifDescr; empty when it has neither
   * @param description ifDescr; may be empty
   * @param up ifOperStatus; null when the switch does not know
   */
  public record Port(String name, String description, @Nullable Boolean up) {}

  public PortTable {
    ports = Map.copyOf(ports);
    byBasePort = Map.copyOf(byBasePort);
  }

  /** Reads names, states and bridge ports. */
  static CompletableFuture<PortTable> read(TableSource source, Device device) {
    Map<Long, Cells> rows = new TreeMap<>();
    Map<Long, Long> bridge = new HashMap<>();
    return source
        .walk(
            device,
            List.of(IF_OPER_STATUS, IF_NAME, IF_DESCR, BASE_PORT_IF_INDEX),
            (column, index, number, octets) -> {
              if (index.length != 1) {
                return;
              }
              if (column == 3) {
                if (number != null && number > 0) {
                  bridge.put(index[0], number);
                }
                return;
              }
              Cells cells = rows.computeIfAbsent(index[0], i -> new Cells());
              switch (column) {
                case 0 -> cells.status = number;
                case 1 -> cells.name = DeviceText.of(octets);
                default -> cells.description = DeviceText.of(octets);
              }
            })
        .thenApply(
            reason -> {
              Map<Long, Port> ports = new HashMap<>();
              rows.forEach((index, cells) -> ports.put(index, cells.port()));
              return new PortTable(ports, bridge, reason);
            });
  }

  /** The ifIndex of a bridge port; where the switch tells none, the numbers are the same. */
  public long ifIndex(long basePort) {
    Long told = byBasePort.get(basePort);
    return told == null ? basePort : told;
  }

  /**
   * The port of this name: ifName, else ifDescr; as a person writes it, so capital letters and
   * blanks around it do not count.
   *
   * @return its ifIndex; null when there is none, or more than one
   */
  public @Nullable Long find(String name) {
    String wanted = name.strip();
    Long byName = find(wanted, false);
    return byName == null ? find(wanted, true) : byName;
  }

  private @Nullable Long find(String wanted, boolean inDescriptions) {
    Long found = null;
    for (Map.Entry<Long, Port> entry : ports.entrySet()) {
      Port port = entry.getValue();
      if (wanted.equalsIgnoreCase(inDescriptions ? port.description : port.name)) {
        if (found != null) {
          return null;
        }
        found = entry.getKey();
      }
    }
    return found;
  }

  /** What a person calls the port of this ifIndex. */
  public String name(long ifIndex) {
    Port port = ports.get(ifIndex);
    return port == null || port.name.isEmpty() ? "if" + ifIndex : port.name;
  }

  private static final class Cells {
    private @Nullable Long status;
    private String name = "";
    private String description = "";

    private Port port() {
      Long told = status;
      Boolean up = (told == null || told == UNKNOWN) ? null : Boolean.valueOf(told == UP);
      return new Port(name.isEmpty() ? description : name, description, up);
    }
  }
}
