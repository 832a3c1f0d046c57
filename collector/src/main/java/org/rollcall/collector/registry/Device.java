package org.rollcall.collector.registry;

import java.util.List;

/**
 * A device the school declares and an agent may watch.
 *
 * @param space name of the class it stands in, or of a computer room; empty for the line itself
 * @param kind what it is; the first half of its subject: link, terminal, pc, switch, projector
 * @param name unique among the school's devices of that kind; the second half of its subject
 * @param address host or host:port on the campus network
 * @param probe how it is watched, e.g. {@code snmp} or {@code snmp ifName=GE0/0/1}
 */
public record Device(
    String school, String space, String kind, String name, String address, String probe) {

  /** The kinds there are, in the order the documentation lists them. */
  public static final List<String> KINDS = List.of("link", "terminal", "pc", "switch", "projector");

  /** The subject under which agents report this device. */
  public String subject() {
    return kind + ":" + name;
  }
}
