/**
 * A district's devices on real protocols: routers, classroom terminals and computers that answer
 * SNMP v2c on UDP ports of the loopback, projectors that speak PJLink, and TCP listeners that stand
 * for the networks a school must reach. A district and a clock come in; addresses for the register
 * go out. One thread answers all SNMP, one all PJLink, one accepts all connects.
 */
@NullMarked
package org.rollcall.simulator.campus;

import org.jspecify.annotations.NullMarked;
