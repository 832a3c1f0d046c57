package org.rollcall.agent.snmp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.Variable;

/**
 * All interfaces of a device as it tells them: IF-MIB's ifTable and ifXTable, put together.
 *
 * @param interfaces by ascending ifIndex; those read so far when the walk broke off
 * @param reason empty when the table is whole; {@link #NO_INTERFACES} when the device has none to
 *     tell; else why it broke off
 */
public record InterfaceTable(List<Interface> interfaces, String reason) {

  /** The device answers, and has no IF-MIB. */
  public static final String NO_INTERFACES = "no-interfaces";

  public InterfaceTable {
    interfaces = List.copyOf(interfaces);
  }

  /** What an interface is doing: ifOperStatus of IF-MIB. */
  public enum State {
    UP,
    DOWN,
    TESTING,
    UNKNOWN,
    DORMANT,
    NOT_PRESENT,
    LOWER_LAYER_DOWN;

    /** The state of an ifOperStatus; UNKNOWN for none and for a value the MIB does not have. */
    static State of(@Nullable Long ifOperStatus) {
      return ifOperStatus == null || ifOperStatus < 1 || ifOperStatus > values().length
          ? UNKNOWN
          : values()[ifOperStatus.intValue() - 1];
    }

    /**
     * Whether traffic can pass; null when the device does not know. An interface switched off by
     * its administrator cannot, whatever else is known.
     */
    @Nullable Boolean passes(boolean switchedOff) {
      if (this == UNKNOWN) {
        return switchedOff ? Boolean.FALSE : null;
      }
      return this == UP;
    }
  }

  /**
   * One interface.
   *
   * @param ifIndex its number until the device starts again
   * @param name ifName, else ifDescr, else {@code if} and its number
   * @param speedBitsPerSecond 0: not told
   * @param state ifOperStatus
   * @param switchedOff ifAdminStatus is down
   * @param counterBits 64, or 32 where the device has no 64-bit octet counters or they stand still
   *     while the 32-bit ones moved; 0: no octet counters at all
   */
  public record Interface(
      long ifIndex,
      String name,
      long speedBitsPerSecond,
      State state,
      boolean switchedOff,
      int counterBits) {}

  /** ifAdminStatus down. */
  static final long ADMIN_DOWN = 2;

  private static final List<OID> COLUMNS =
      List.of(
          Oids.IF_DESCR,
          Oids.IF_NAME,
          Oids.IF_OPER_STATUS,
          Oids.IF_ADMIN_STATUS,
          Oids.IF_TYPE,
          Oids.IF_SPEED,
          Oids.IF_HIGH_SPEED,
          Oids.IF_IN_OCTETS,
          Oids.IF_OUT_OCTETS,
          Oids.IF_HC_IN_OCTETS,
          Oids.IF_HC_OUT_OCTETS);

  /** Reads the table; ends as {@link ColumnWalk} does. */
  static CompletableFuture<InterfaceTable> read(SnmpDevice device) {
    Map<Long, Variable[]> rows = new TreeMap<>();
    return ColumnWalk.run(
            device,
            COLUMNS,
            (column, index, value) ->
                rows.computeIfAbsent(index, i -> new Variable[COLUMNS.size()])[column] = value)
        .thenApply(end -> of(rows, end.fault()));
  }

  private static InterfaceTable of(Map<Long, Variable[]> rows, @Nullable String fault) {
    List<Interface> interfaces = new ArrayList<>(rows.size());
    rows.forEach((index, row) -> interfaces.add(row(index, row)));
    String reason = fault == null ? "" : fault;
    return new InterfaceTable(interfaces, rows.isEmpty() && fault == null ? NO_INTERFACES : reason);
  }

  private static Interface row(long index, @Nullable Variable[] row) {
    String name = Answer.text(cell(row, Oids.IF_NAME));
    if (name == null) {
      name = Answer.text(cell(row, Oids.IF_DESCR));
    }
    Long admin = Answer.number(cell(row, Oids.IF_ADMIN_STATUS));
    Octets octets = octets(row);
    return new Interface(
        index,
        name == null ? "if" + index : name,
        LinkSpeed.of(
            Answer.number(cell(row, Oids.IF_HIGH_SPEED)),
            Answer.number(cell(row, Oids.IF_SPEED)),
            Answer.number(cell(row, Oids.IF_TYPE))),
        State.of(Answer.number(cell(row, Oids.IF_OPER_STATUS))),
        admin != null && admin == ADMIN_DOWN,
        octets == null ? 0 : octets.bits());
  }

  private static @Nullable Octets octets(@Nullable Variable[] row) {
    return Octets.of(
        cell(row, Oids.IF_HC_IN_OCTETS),
        cell(row, Oids.IF_HC_OUT_OCTETS),
        cell(row, Oids.IF_IN_OCTETS),
        cell(row, Oids.IF_OUT_OCTETS));
  }

  private static @Nullable Variable cell(@Nullable Variable[] row, OID column) {
    return row[COLUMNS.indexOf(column)];
  }
}
