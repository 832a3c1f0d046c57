/**
 * What the collector tells this agent: commands to be done once, and its configuration.
 *
 * <p>In: messages of the agent's own two topics. Out: calls to the handlers that {@link
 * org.rollcall.agent.Agent} registers by kind; and what the messages' times say of the collector's
 * clock. Whatever comes in may be malformed, too large, repeated or too late: that is counted,
 * logged now and then, and never stops anything.
 *
 * <p>Threads: handlers run on the agent's worker, one message after the other; they must not wait
 * for a network.
 */
@NullMarked
package org.rollcall.agent.control;

import org.jspecify.annotations.NullMarked;
