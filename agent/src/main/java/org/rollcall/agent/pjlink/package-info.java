/**
 * Looking at projectors and displays by PJLink (JBMIA, class 1 v1.04 and class 2 v2.10).
 *
 * <p>In: device entries with {@code probe: pjlink}. Out: the probes of {@link
 * org.rollcall.agent.pjlink.PjlinkProbes}, whose observations carry state, faults, lamp and filter
 * hours, or a reason why not.
 *
 * <p>Threads: Netty's event loops, shared with the rest of the agent. Nothing here blocks them, and
 * no thread belongs to a device.
 */
@NullMarked
package org.rollcall.agent.pjlink;

import org.jspecify.annotations.NullMarked;
