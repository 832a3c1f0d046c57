/**
 * Which way the traffic to an anchor takes: the first hops, and whose networks they lie in.
 *
 * <p>In: device entries with {@code probe: path}. Out: the probes of {@link
 * org.rollcall.agent.reach.path.PathProbes}.
 *
 * <p>Threads: those of {@link org.rollcall.agent.reach.ping.PingProgram}, one for a whole check.
 */
@NullMarked
package org.rollcall.agent.reach.path;

import org.jspecify.annotations.NullMarked;
