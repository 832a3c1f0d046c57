package org.rollcall.agent.snmp;

import org.snmp4j.smi.OID;

/** The objects asked for. Columns end before the index; scalars carry their {@code .0}. */
final class Oids {

  // SNMPv2-MIB, HOST-RESOURCES-MIB, SNMP-FRAMEWORK-MIB
  static final OID SYS_UP_TIME = new OID(new int[] {1, 3, 6, 1, 2, 1, 1, 3, 0});
  static final OID HR_SYSTEM_UPTIME = new OID(new int[] {1, 3, 6, 1, 2, 1, 25, 1, 1, 0});
  static final OID SNMP_ENGINE_TIME = new OID(new int[] {1, 3, 6, 1, 6, 3, 10, 2, 1, 3, 0});

  // IF-MIB ifTable
  static final OID IF_DESCR = ifTable(2);
  static final OID IF_TYPE = ifTable(3);
  static final OID IF_SPEED = ifTable(5);
  static final OID IF_ADMIN_STATUS = ifTable(7);
  static final OID IF_OPER_STATUS = ifTable(8);
  static final OID IF_IN_OCTETS = ifTable(10);
  static final OID IF_OUT_OCTETS = ifTable(16);

  // IF-MIB ifXTable
  static final OID IF_NAME = ifXTable(1);
  static final OID IF_HC_IN_OCTETS = ifXTable(6);
  static final OID IF_HC_OUT_OCTETS = ifXTable(10);
  static final OID IF_HIGH_SPEED = ifXTable(15);
  static final OID IF_COUNTER_DISCONTINUITY_TIME = ifXTable(19);

  static final OID IF_TABLE_LAST_CHANGE = new OID(new int[] {1, 3, 6, 1, 2, 1, 31, 1, 5, 0});

  // HOST-RESOURCES-MIB, Printer-MIB
  static final OID HR_PRINTER_STATUS = hrPrinter(1);
  static final OID HR_PRINTER_DETECTED_ERROR_STATE = hrPrinter(2);
  static final OID PRT_MARKER_LIFE_COUNT = new OID(new int[] {1, 3, 6, 1, 2, 1, 43, 10, 2, 1, 4});

  private Oids() {}

  private static OID hrPrinter(int column) {
    return new OID(new int[] {1, 3, 6, 1, 2, 1, 25, 3, 5, 1, column});
  }

  private static OID ifTable(int column) {
    return new OID(new int[] {1, 3, 6, 1, 2, 1, 2, 2, 1, column});
  }

  private static OID ifXTable(int column) {
    return new OID(new int[] {1, 3, 6, 1, 2, 1, 31, 1, 1, 1, column});
  }

  /** The instance of a column at an interface. */
  static OID at(OID column, long ifIndex) {
    return new OID(column.getValue(), new int[] {(int) ifIndex});
  }
}
