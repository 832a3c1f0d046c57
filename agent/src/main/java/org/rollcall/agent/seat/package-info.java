/**
 * Whether the computers of a room are on, by the ports of the switch that they hang on, where the
 * computers themselves answer nobody.
 *
 * <p>In: device entries with {@code probe: switch-port}, whose address is the switch. Out: one
 * observation a seat from one reading of the switch's tables ({@link
 * org.rollcall.agent.seat.SeatProbes}).
 *
 * <p>Threads: none of its own; looks go on on those of the table source.
 */
@NullMarked
package org.rollcall.agent.seat;

import org.jspecify.annotations.NullMarked;
