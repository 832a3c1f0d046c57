/**
 * Whether a website answers as it should, and how long its certificate is still good for.
 *
 * <p>In: device entries with {@code probe: http}. Out: the probes of {@link
 * org.rollcall.agent.reach.http.HttpProbes}.
 *
 * <p>Threads: Netty's event loops, shared with the rest of the agent.
 */
@NullMarked
package org.rollcall.agent.reach.http;

import org.jspecify.annotations.NullMarked;
