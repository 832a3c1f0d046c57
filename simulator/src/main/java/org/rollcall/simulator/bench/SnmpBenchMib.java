package org.rollcall.simulator.bench;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.snmp4j.smi.Counter32;
import org.snmp4j.smi.Counter64;
import org.snmp4j.smi.Gauge32;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.Null;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.TimeTicks;
import org.snmp4j.smi.Variable;
import org.snmp4j.smi.VariableBinding;

/** The objects of a switch with four gigabit ports. */
final class SnmpBenchMib {
  static final int PORTS = 4;
  static final OID UPTIME = new OID("1.3.6.1.2.1.1.3.0");

  /** Values that need the longest form from the start, so that patching never changes a length. */
  static final long FIRST_TICKS = 0x4000_0000L;

  static final long FIRST_OCTETS = 0x0100_0000_0000L;

  private static final String IF_ENTRY = "1.3.6.1.2.1.2.2.1.";
  private static final String IF_X_ENTRY = "1.3.6.1.2.1.31.1.1.1.";

  private final TreeMap<OID, Variable> objects = new TreeMap<>();

  SnmpBenchMib() {
    objects.put(UPTIME, new TimeTicks(FIRST_TICKS));
    put("1.3.6.1.2.1.31.1.5.0", new TimeTicks(100));
    for (int i = 1; i <= PORTS; i++) {
      put(IF_ENTRY + "2." + i, new OctetString("GigabitEthernet0/0/" + i));
      put(IF_ENTRY + "3." + i, new Integer32(6));
      put(IF_ENTRY + "5." + i, new Gauge32(1_000_000_000));
      put(IF_ENTRY + "7." + i, new Integer32(1));
      put(IF_ENTRY + "8." + i, new Integer32(1));
      put(IF_ENTRY + "10." + i, new Counter32(1_000));
      put(IF_ENTRY + "16." + i, new Counter32(1_000));
      put(IF_X_ENTRY + "1." + i, new OctetString("GigabitEthernet0/0/" + i));
      put(IF_X_ENTRY + "6." + i, new Counter64(FIRST_OCTETS));
      put(IF_X_ENTRY + "10." + i, new Counter64(FIRST_OCTETS));
      put(IF_X_ENTRY + "15." + i, new Gauge32(1_000));
      put(IF_X_ENTRY + "19." + i, new TimeTicks(0));
    }
  }

  private void put(String oid, Variable value) {
    objects.put(new OID(oid), value);
  }

  VariableBinding at(OID oid) {
    @Nullable Variable value = objects.get(oid);
    return new VariableBinding(oid, value == null ? Null.noSuchInstance : value);
  }

  VariableBinding after(OID oid) {
    Map.@Nullable Entry<OID, Variable> next = objects.higherEntry(oid);
    return next == null
        ? new VariableBinding(oid, Null.endOfMibView)
        : new VariableBinding(next.getKey(), next.getValue());
  }
}
