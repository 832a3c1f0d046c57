/**
 * When lessons are. A calendar file comes in; school days, lessons and lesson minutes go out to the
 * day roll-up, the judge and the pages. Values are immutable and belong to no thread.
 */
@NullMarked
package org.rollcall.collector.calendar;

import org.jspecify.annotations.NullMarked;
