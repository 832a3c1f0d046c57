/**
 * What is broken now, and what to do first. In: the newest observations, who was last heard when,
 * the register, calendars and maintenance windows; what people write to a cause. Out: causes, the
 * worst first, each with what stands behind it. Everything runs on whoever asks; what was found is
 * kept for some seconds.
 */
@NullMarked
package org.rollcall.collector.problems;

import org.jspecify.annotations.NullMarked;
