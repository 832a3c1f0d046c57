/** Whole servers whose register is in PostgreSQL. */
@NullMarked
package org.rollcall.simulator.postgres;

import org.jspecify.annotations.NullMarked;
