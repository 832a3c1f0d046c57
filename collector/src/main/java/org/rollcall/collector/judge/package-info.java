/**
 * Judges schools against profiles. School days and the register come in; verdicts with their
 * reasons go out to the database and the listeners. The judge itself is pure; one thread of the
 * service runs it.
 */
@NullMarked
package org.rollcall.collector.judge;

import org.jspecify.annotations.NullMarked;
