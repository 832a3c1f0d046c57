/**
 * The simulator's process. Command lines come in; a demo or a load run goes out. Runs on the main
 * thread.
 */
@NullMarked
package org.rollcall.simulator;

import org.jspecify.annotations.NullMarked;
