package org.rollcall.agent.snmp;

import java.util.List;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.VariableBinding;

/** The objects of one GET, ready to be sent again and again. Never changes; any thread. */
final class Question {

  private final List<OID> oids;
  private final VariableBinding[] bindings;

  Question(List<OID> oids) {
    this.oids = List.copyOf(oids);
    this.bindings = oids.stream().map(VariableBinding::new).toArray(VariableBinding[]::new);
  }

  static Question of(OID... oids) {
    return new Question(List.of(oids));
  }

  List<OID> oids() {
    return oids;
  }

  OID oid(int place) {
    return oids.get(place);
  }

  int size() {
    return oids.size();
  }

  /** For SNMP4J, which only reads them. */
  VariableBinding[] bindings() {
    return bindings;
  }
}
