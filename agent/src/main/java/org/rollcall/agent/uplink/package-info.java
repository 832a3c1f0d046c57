/**
 * The way from the spool to the collector: MQTT 5 over a line that breaks. In: spooled reports;
 * out: PUBLISH with QoS 1, and what PUBACK says of each.
 *
 * <p>Threads: a connection's listener is called on a network thread and must not block; {@link
 * org.rollcall.agent.uplink.Uplink} does its work, disk included, on the agent's worker. Netty's
 * types do not leave this package, but for the event loop group that other packages' sockets share.
 */
@NullMarked
package org.rollcall.agent.uplink;

import org.jspecify.annotations.NullMarked;
