/**
 * The evidence log: agents' reports as they came, by the day they were received, in a tree of
 * hashes for each school and day; the heads of the days are signed and each names the one before.
 * In: what the intake acknowledges. Out: a school's records of some days with what proves them.
 * Reports are kept on the intake's writer thread; days are closed on a thread of its own.
 */
@NullMarked
package org.rollcall.collector.evidence;

import org.jspecify.annotations.NullMarked;
