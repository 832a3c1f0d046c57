package org.rollcall.agent.switches;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.rollcall.agent.switches.TableSource.Device;

/**
 * Who told a switch by LLDP (IEEE 802.1AB) that it stands at the other end of a cable.
 *
 * @param neighbours one a neighbour and port
 * @param reason empty when the table is whole, else why it is not
 */
public record NeighbourTable(List<Neighbour> neighbours, String reason) {

  private static final String REMOTE = "1.0.8802.1.1.2.1.4.1.1.";
  private static final List<String> COLUMNS =
      List.of(
          REMOTE + 4, // lldpRemChassisIdSubtype
          REMOTE + 5, // lldpRemChassisId
          REMOTE + 9, // lldpRemSysName
          REMOTE + 10, // lldpRemSysDesc
          REMOTE + 12, // lldpRemSysCapEnabled
          "1.0.8802.1.1.2.1.4.2.1.3", // lldpRemManAddrIfSubtype, for its index
          "1.0.8802.1.1.2.1.3.7.1.3", // lldpLocPortId
          "1.0.8802.1.1.2.1.3.7.1.4"); // lldpLocPortDesc

  private static final int MANAGEMENT_COLUMN = 5;
  private static final int LOCAL_PORT_COLUMN = 6;
  private static final int LOCAL_DESCRIPTION_COLUMN = 7;

  private static final long CHASSIS_IS_A_MAC = 4;

  // LldpSystemCapabilitiesMap, BITS: the first bit is the highest of the first octet.
  private static final int BRIDGE = 0x20;
  private static final int ROUTER = 0x08;
  private static final int TELEPHONE = 0x04;

  /**
   * One neighbour.
   *
   * @param localPort lldpLocPortNum: at which port of the switch
   * @param localName what the switch calls that port; empty when it does not tell
   * @param localDescription what else it calls it; may be empty
   * @param mac its chassis; null when it names itself by something else
   * @param address IPv4 at which it is managed, as a number; null when it tells none
   * @param forwards whether others are behind it: a bridge or router that is no telephone
   */
  public record Neighbour(
      long localPort,
      String localName,
      String localDescription,
      @Nullable Mac mac,
      @Nullable Long address,
      String name,
      String description,
      boolean forwards) {}

  public NeighbourTable {
    neighbours = List.copyOf(neighbours);
  }

  /** Reads the table, whatever time marks its rows carry. */
  static CompletableFuture<NeighbourTable> read(TableSource source, Device device) {
    Rows rows = new Rows();
    return source.walk(device, COLUMNS, rows).thenApply(rows::table);
  }

  private static final class Rows implements TableSource.Cells {
    private final Map<String, Row> remote = new TreeMap<>();
    private final Map<Long, String> portNames = new HashMap<>();
    private final Map<Long, String> portDescriptions = new HashMap<>();

    @Override
    public void cell(int column, long[] index, @Nullable Long number, byte @Nullable [] octets) {
      if (column >= LOCAL_PORT_COLUMN) {
        if (index.length == 1) {
          Map<Long, String> names =
              column == LOCAL_DESCRIPTION_COLUMN ? portDescriptions : portNames;
          names.put(index[0], text(octets));
        }
        return;
      }
      if (index.length < 3 || (column != MANAGEMENT_COLUMN && index.length != 3)) {
        return;
      }
      // lldpRemTimeMark, lldpRemLocalPortNum, lldpRemIndex
      Row row =
          remote.computeIfAbsent(
              Arrays.toString(Arrays.copyOf(index, 3)), key -> new Row(index[1]));
      switch (column) {
        case 0 -> row.chassisIsMac = number != null && number == CHASSIS_IS_A_MAC;
        case 1 -> row.chassis = octets;
        case 2 -> row.name = DeviceText.of(octets);
        case 3 -> row.description = DeviceText.of(octets);
        case 4 -> row.capabilities = octets == null || octets.length == 0 ? 0 : octets[0] & 0xff;
        default -> row.manage(index);
      }
    }

    /** A port's identity may be octets that are no text: then it names nothing. */
    private static String text(byte @Nullable [] octets) {
      if (octets == null) {
        return "";
      }
      String text = new String(octets, StandardCharsets.ISO_8859_1);
      boolean printable = text.chars().allMatch(c -> c >= ' ' && c < 0x7f);
      return printable ? text.strip() : "";
    }

    NeighbourTable table(String reason) {
      return new NeighbourTable(
          remote.values().stream()
              .filter(row -> row.chassis != null || !row.name.isEmpty())
              .map(
                  row ->
                      row.neighbour(
                          portNames.getOrDefault(row.localPort, ""),
                          portDescriptions.getOrDefault(row.localPort, "")))
              .toList(),
          reason);
    }
  }

  private static final class Row {
    private final long localPort;
    private boolean chassisIsMac;
    private byte @Nullable [] chassis;
    private String name = "";
    private String description = "";
    private int capabilities;
    private @Nullable Long address;

    Row(long localPort) {
      this.localPort = localPort;
    }

    /** After the row's own index: the address family (1: IPv4), the length, the octets. */
    private void manage(long[] index) {
      if (index.length == 9 && index[3] == 1 && index[4] == 4) {
        address = AddressTable.ipv4(index, 5);
      }
    }

    private Neighbour neighbour(String localName, String localDescription) {
      boolean forwards = (capabilities & (BRIDGE | ROUTER)) != 0 && (capabilities & TELEPHONE) == 0;
      return new Neighbour(
          localPort,
          localName,
          localDescription,
          chassisIsMac ? Mac.of(chassis) : null,
          address,
          name,
          description,
          forwards);
    }
  }
}
