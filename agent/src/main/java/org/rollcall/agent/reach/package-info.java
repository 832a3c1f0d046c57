/**
 * Whether a place on the network can be reached: a TCP connection is opened, timed and closed.
 *
 * <p>In: device entries with {@code probe: tcp} or {@code partner}. Out: the probes of {@link
 * org.rollcall.agent.reach.ReachProbes} and {@link org.rollcall.agent.reach.PartnerProbes}. The
 * other ways to reach something are packages below: {@code ping}, {@code dns}, {@code http}, {@code
 * path}.
 *
 * <p>Threads: Netty's event loops, shared with the rest of the agent; names are looked up
 * elsewhere, because that blocks.
 */
@NullMarked
package org.rollcall.agent.reach;

import org.jspecify.annotations.NullMarked;
