package org.rollcall.agent.switches;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.rollcall.agent.switches.TableSource.Device;

/**
 * On which bridge port a switch has which hardware address: dot1qTpFdbTable, or dot1dTpFdbTable
 * where the switch has no VLANs to tell.
 *
 * @param places by hardware address; an address in several VLANs is kept where it was learnt
 * @param reason empty when the table is whole, else why it is not
 */
public record ForwardingTable(Map<Mac, Place> places, String reason) {

  private static final String Q_PORT = "1.3.6.1.2.1.17.7.1.2.2.1.2";
  private static final String Q_STATUS = "1.3.6.1.2.1.17.7.1.2.2.1.3";
  private static final String D_PORT = "1.3.6.1.2.1.17.4.3.1.2";
  private static final String D_STATUS = "1.3.6.1.2.1.17.4.3.1.3";

  // dot1dTpFdbStatus; dot1qTpFdbStatus has the same numbers.
  private static final long INVALID = 2;
  private static final long LEARNED = 3;
  private static final long SELF = 4;

  /**
   * Where an address is.
   *
   * @param basePort dot1dBasePort, at least 1
   * @param learned a frame of the device came in on the port within the ageing time (300 s unless
   *     somebody set another); false for what somebody wrote there, which does not age
   */
  public record Place(long basePort, boolean learned) {}

  public ForwardingTable {
    places = Map.copyOf(places);
  }

  /** Reads the table. */
  static CompletableFuture<ForwardingTable> read(TableSource source, Device device) {
    return read(source, device, true)
        .thenCompose(
            table ->
                table.places.isEmpty() && !table.reason.equals(SwitchReader.TIMEOUT)
                    ? read(source, device, false)
                    : CompletableFuture.completedFuture(table));
  }

  private static CompletableFuture<ForwardingTable> read(
      TableSource source, Device device, boolean vlans) {
    Rows rows = new Rows(vlans ? 1 : 0);
    return source
        .walk(device, List.of(vlans ? Q_PORT : D_PORT, vlans ? Q_STATUS : D_STATUS), rows)
        .thenApply(rows::table);
  }

  /** Rows as they come: a port here, a status there. */
  private static final class Rows implements TableSource.Cells {
    private final int macAt;
    private final Map<Row, long[]> cells = new HashMap<>();

    /** A VLAN's table, 0 where there is one for all, and an address in it. */
    private record Row(long vlan, long mac) {}

    Rows(int macAt) {
      this.macAt = macAt;
    }

    @Override
    public void cell(int column, long[] index, @Nullable Long number, byte @Nullable [] octets) {
      Mac mac = Mac.of(index, macAt);
      if (mac != null && number != null) {
        Row row = new Row(macAt == 0 ? 0 : index[0], mac.bits());
        cells.computeIfAbsent(row, key -> new long[2])[column] = number;
      }
    }

    ForwardingTable table(String reason) {
      Map<Mac, Place> places = new TreeMap<>();
      cells.forEach(
          (row, cell) -> {
            long port = cell[0];
            long status = cell[1];
            if (port > 0 && status != INVALID && status != SELF) {
              // Without a status: a switch that tells none has learnt what it has.
              boolean learned = status == LEARNED || status == 0;
              places.merge(
                  new Mac(row.mac),
                  new Place(port, learned),
                  (old, other) -> !old.learned && other.learned ? other : old);
            }
          });
      return new ForwardingTable(places, reason);
    }
  }
}
