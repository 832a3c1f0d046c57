/**
 * What an agent says of itself to whoever sits at its machine: a page on 127.0.0.1 and nowhere
 * else, as HTML, JSON and plain text. In: {@link org.rollcall.agent.status.AgentStatus}, asked for
 * when somebody looks. Out: HTTP, GET only, no secrets.
 *
 * <p>Threads: sockets on the network thread that the uplink uses too; the answer is made on the
 * agent's worker, because figures may wait for the disk. Nothing is made before somebody asks.
 */
@NullMarked
package org.rollcall.agent.status;

import org.jspecify.annotations.NullMarked;
