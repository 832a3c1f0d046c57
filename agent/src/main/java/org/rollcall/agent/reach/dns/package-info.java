/**
 * Whether a name server answers, and tells the truth.
 *
 * <p>In: device entries with {@code probe: dns}. Out: the probes of {@link
 * org.rollcall.agent.reach.dns.DnsProbes}.
 *
 * <p>Threads: Netty's event loops, shared with the rest of the agent.
 */
@NullMarked
package org.rollcall.agent.reach.dns;

import org.jspecify.annotations.NullMarked;
