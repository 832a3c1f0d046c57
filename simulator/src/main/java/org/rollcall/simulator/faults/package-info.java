/**
 * Breaks a running Rollcall on purpose and checks that nothing is lost. In: a seed and a time; out:
 * figures, and every promise that did not hold. Real agents, a real server and its stores run as
 * processes of their own; the run's thread breaks one part after the other, mends it, and compares
 * what the agents say their spools took with what the store shows. A line's bytes pass on two
 * threads for each connection.
 */
@NullMarked
package org.rollcall.simulator.faults;

import org.jspecify.annotations.NullMarked;
