/**
 * What switches and routers know of the devices around them: forwarding tables (BRIDGE-MIB,
 * Q-BRIDGE-MIB), ports (IF-MIB), addresses (IP-MIB) and neighbours (LLDP-MIB).
 *
 * <p>In: a {@link org.rollcall.agent.switches.TableSource} that walks columns. Out: tables that
 * keep what was read and say why the rest is missing ({@link
 * org.rollcall.agent.switches.SwitchReader}). Rows that cannot be are left out: a device's table is
 * no more trusted than any other input.
 *
 * <p>Threads: none of its own; cells are taken on the source's threads, one at a time.
 */
@NullMarked
package org.rollcall.agent.switches;

import org.jspecify.annotations.NullMarked;
