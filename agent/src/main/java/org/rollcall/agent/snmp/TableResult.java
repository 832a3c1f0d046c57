package org.rollcall.agent.snmp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.Variable;

/**
 * Columns of any table of a device, put together by their index.
 *
 * @param rows by ascending index; those read so far when the walk broke off
 * @param reason empty when the columns were read to their ends; else why they were not, such as
 *     {@code timeout} or {@code too-many-rows}
 */
public record TableResult(List<Row> rows, String reason) {

  /** A forwarding table of a large switch; a project default. */
  static final int MAX_ROWS = 16_384;

  public TableResult {
    rows = List.copyOf(rows);
  }

  /**
   * A row.
   *
   * @param index the numbers after the column's OID, each 0 to 2^32 - 1: one for an ifIndex, six
   *     for the octets of a hardware address
   * @param cells in the order the columns were asked for; null where the row has none
   */
  public record Row(List<Long> index, @Nullable Cell[] cells) {
    /** The cell of the column at this place; null when the row has none. */
    public @Nullable Cell cell(int column) {
      return cells[column];
    }
  }

  /** A value, whatever its type in SMI. Never changes. */
  public static final class Cell {
    private final Variable value;

    private Cell(Variable value) {
      this.value = value;
    }

    /** A whole number that is not negative; null for anything else. */
    public @Nullable Long number() {
      return Answer.number(value);
    }

    /** Octets as they are, such as a hardware address; null for what is none. */
    public byte @Nullable [] octets() {
      return value instanceof OctetString octets ? octets.getValue().clone() : null;
    }

    /** Text in UTF-8 or GB18030, without the padding; null for what is none. */
    public @Nullable String text() {
      return Answer.text(value);
    }

    /** An object identifier in dots; null for what is none. */
    public @Nullable String oid() {
      return value instanceof OID oid ? oid.toDottedString() : null;
    }

    @Override
    public String toString() {
      return value.toString();
    }
  }

  /** Walks the columns; ends as {@link ColumnWalk} does, never exceptionally. */
  static CompletableFuture<TableResult> read(SnmpDevice device, List<String> columns) {
    List<OID> roots = columns.stream().map(OID::new).toList();
    Map<OID, @Nullable Cell[]> rows = new TreeMap<>();
    return ColumnWalk.run(
            device,
            roots,
            MAX_ROWS,
            (column, oid, value) -> {
              int[] all = oid.getValue();
              OID index = new OID(Arrays.copyOfRange(all, roots.get(column).size(), all.length));
              rows.computeIfAbsent(index, none -> new Cell[roots.size()])[column] = new Cell(value);
            })
        .thenApply(end -> of(rows, end.fault()));
  }

  private static TableResult of(Map<OID, @Nullable Cell[]> rows, @Nullable String fault) {
    List<Row> all = new ArrayList<>(rows.size());
    rows.forEach(
        (index, cells) -> {
          List<Long> numbers = new ArrayList<>(index.size());
          for (int i = 0; i < index.size(); i++) {
            numbers.add(index.getUnsigned(i));
          }
          all.add(new Row(List.copyOf(numbers), cells));
        });
    return new TableResult(all, fault == null ? "" : fault);
  }
}
