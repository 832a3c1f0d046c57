/**
 * The past of a simulated school: the observations its agent would have made, and their way through
 * a real agent's reporter, spool and uplink. A school's plan and a span come in; observations go
 * out in the order of time. Each back-fill runs on its caller's thread.
 */
@NullMarked
package org.rollcall.simulator.history;

import org.jspecify.annotations.NullMarked;
