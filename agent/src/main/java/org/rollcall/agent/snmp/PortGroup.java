package org.rollcall.agent.snmp;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.snmp4j.smi.OID;

/** Ports that are read in one request, all lean or all wholly, and that request. Never changes. */
final class PortGroup {

  private final Port[] ports;
  private final InterfaceFinder.@Nullable Place[] places;
  private final int[] from;
  private final boolean lean;
  private final Question question;

  PortGroup(List<OID> head, List<Port> ports, boolean lean) {
    this.ports = ports.toArray(Port[]::new);
    this.places = new InterfaceFinder.Place[this.ports.length];
    this.from = new int[this.ports.length];
    this.lean = lean;
    List<OID> asked = new ArrayList<>(head);
    for (int i = 0; i < this.ports.length; i++) {
      from[i] = asked.size();
      places[i] = this.ports[i].place();
      this.ports[i].ask(lean, asked);
    }
    this.question = new Question(asked);
  }

  Question question() {
    return question;
  }

  int size() {
    return ports.length;
  }

  boolean lean() {
    return lean;
  }

  List<Port> ports() {
    return List.of(ports);
  }

  /** Whether all its ports are still where they were, and to be read in this way. */
  boolean fits(Instant now) {
    for (int i = 0; i < ports.length; i++) {
      if (ports[i].lean(now) != lean || !Objects.equals(ports[i].place(), places[i])) {
        return false;
      }
    }
    return true;
  }

  Port port(int i) {
    return ports[i];
  }

  /** What an answer says of the port. */
  Port.Part part(int i, Answer answer, @Nullable Long uptime) {
    return new Port.Part(question, answer, from[i], lean, uptime);
  }
}
