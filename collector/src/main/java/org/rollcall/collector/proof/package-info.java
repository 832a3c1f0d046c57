/**
 * A proof that a stranger can check: a school's verdicts with all that they rest on, in one file.
 * In: the evidence log, the register, calendar and profile on a date. Out: a zip, or what does and
 * does not hold of one. Making and checking share {@link
 * org.rollcall.collector.proof.Recomputation}, which needs neither server nor database. Everything
 * runs on whoever asks.
 */
@NullMarked
package org.rollcall.collector.proof;

import org.jspecify.annotations.NullMarked;
