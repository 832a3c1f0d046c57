package org.rollcall.simulator.campus;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.Variable;

/**
 * The objects of one device in lexicographic order, each a function of the time of asking (epoch
 * milliseconds). Not changed after it was built; any thread.
 */
final class Mib {
  private final NavigableMap<OID, LongFunction<Variable>> objects = new TreeMap<>();

  /** Adds an object that never changes. */
  Mib constant(String oid, Variable value) {
    return computed(oid, now -> value);
  }

  /** Adds an object computed when asked. */
  Mib computed(String oid, LongFunction<Variable> value) {
    if (objects.put(new OID(oid), value) != null) {
      throw new IllegalStateException("BUG: object " + oid + " is defined twice");
    }
    return this;
  }

  /** The value of exactly that instance, or null. */
  @Nullable Variable get(OID oid, long now) {
    LongFunction<Variable> value = objects.get(oid);
    return value == null ? null : value.apply(now);
  }

  /** Whether any instance lies below that object: tells noSuchInstance from noSuchObject. */
  boolean hasBelow(OID object) {
    OID next = objects.ceilingKey(object);
    return next != null && next.startsWith(object);
  }

  /** The first instance after that one in lexicographic order, or null at the end of the view. */
  @Nullable Entry next(OID after, long now) {
    Map.Entry<OID, LongFunction<Variable>> next = objects.higherEntry(after);
    return next == null ? null : new Entry(next.getKey(), next.getValue().apply(now));
  }

  record Entry(OID oid, Variable value) {}
}
