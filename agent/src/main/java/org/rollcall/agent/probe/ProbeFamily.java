package org.rollcall.agent.probe;

import java.util.List;

/**
 * Makes the probes of one kind, and owns what they share (a socket, a session). Probes may be made
 * before {@link #start}; they may run only after it.
 */
public interface ProbeFamily extends AutoCloseable {

  /** What {@code probe:} says in a device entry: {@code snmp}, {@code tcp}. */
  String name();

  /**
   * The probe for one device entry.
   *
   * @throws IllegalArgumentException with a sentence for the person who wrote the entry, when this
   *     family cannot look at it
   */
  Probe probe(DeviceSettings device);

  /**
   * Puts those of its probes together that one look can answer.
   *
   * @param probes all that {@link #probe} made
   */
  default List<Probe> gather(List<Probe> probes) {
    return probes;
  }

  /**
   * Opens what the probes share.
   *
   * @throws java.io.UncheckedIOException when the machine refuses, such as when no socket can be
   *     had
   */
  void start();

  @Override
  void close();
}
