/**
 * Looking at devices by SNMP v2c: uplinks by their interface counters, hosts by their uptime, and
 * all interfaces of a device.
 *
 * <p>In: {@link org.rollcall.agent.snmp.SnmpSettings} and device entries. Out: the probes of {@link
 * org.rollcall.agent.snmp.SnmpProbes}, whose observations carry rates and states or a reason why
 * not.
 *
 * <p>Threads: one socket and one receiving thread serve every device; a second one waits for what
 * does not answer. Everything here runs on those two and on the schedule's, and nothing blocks
 * them. SNMP4J's types do not leave this package.
 */
@NullMarked
package org.rollcall.agent.snmp;

import org.jspecify.annotations.NullMarked;
