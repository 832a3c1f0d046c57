package org.rollcall.simulator.district;

/**
 * A line of devices.csv.
 *
 * @param space class or room it stands in; empty for the line itself
 * @param kind link, terminal, pc or projector: the first half of its subject
 * @param name the second half of its subject
 * @param address host:port at which it answers
 * @param probe how an agent watches it
 */
public record RegisteredDevice(
    String school, String space, String kind, String name, String address, String probe) {}
