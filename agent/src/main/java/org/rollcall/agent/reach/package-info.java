/**
 * Whether a place on the network can be reached: a TCP connection is opened, timed and closed.
 *
 * <p>In: device entries with {@code probe: tcp}. Out: the probes of {@link
 * org.rollcall.agent.reach.ReachProbes}.
 *
 * <p>Threads: Netty's event loops, shared with the rest of the agent; names are looked up
 * elsewhere, because that blocks.
 */
@NullMarked
package org.rollcall.agent.reach;

import org.jspecify.annotations.NullMarked;
