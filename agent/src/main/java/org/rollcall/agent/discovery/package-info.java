/**
 * Looks for devices that nobody has registered, in the networks that {@code discovery:} of {@code
 * agent.yaml} names and nowhere else.
 *
 * <p>In: the section, what switches and routers tell ({@link org.rollcall.agent.switches}), this
 * machine's own ARP table, and what answers to an echo request, a TCP connection or SNMP. Out:
 * sightings, a device each, for a technician to approve; and one observation of how the sweep went.
 *
 * <p>Left out before anything leaves the school: devices that are configured already, addresses
 * outside the networks, and hardware addresses that their machines made up, as telephones do.
 *
 * <p>Threads: a sweep has one thread, {@code discovery}, which ends with it and may block; between
 * two sweeps there is none. The agent's worker starts sweeps and never waits for one.
 */
@NullMarked
package org.rollcall.agent.discovery;

import org.jspecify.annotations.NullMarked;
