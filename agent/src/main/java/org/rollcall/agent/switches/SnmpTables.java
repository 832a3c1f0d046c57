package org.rollcall.agent.switches;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.rollcall.agent.snmp.SnmpProbes;
import org.rollcall.agent.snmp.TableResult;

/** Tables asked for by SNMP, through the session that the SNMP probes share. */
public final class SnmpTables implements TableSource {

  /** There is neither a credential for the device nor a community for all. */
  public static final String NO_CREDENTIAL = "no-credential";

  private final SnmpProbes snmp;

  /**
   * @param snmp started before the first walk
   */
  public SnmpTables(SnmpProbes snmp) {
    this.snmp = snmp;
  }

  @Override
  public CompletableFuture<String> walk(Device device, List<String> columns, Cells cells) {
    CompletableFuture<TableResult> table;
    try {
      table = snmp.table(device.at(), device.credential(), columns).toCompletableFuture();
    } catch (IllegalArgumentException nothingToAskWith) {
      return CompletableFuture.completedFuture(NO_CREDENTIAL);
    }
    return table.thenApply(
        result -> {
          for (TableResult.Row row : result.rows()) {
            long[] index = new long[row.index().size()];
            for (int i = 0; i < index.length; i++) {
              index[i] = row.index().get(i);
            }
            for (int column = 0; column < columns.size(); column++) {
              TableResult.Cell cell = row.cell(column);
              if (cell != null) {
                cells.cell(column, index, cell.number(), cell.octets());
              }
            }
          }
          return result.reason();
        });
  }
}
