/**
 * What one school showed on one day. Observations come in from the store; {@link
 * org.rollcall.collector.day.SchoolDay}s, small enough to keep for years, go out to the database
 * and the judge. Which days have new data is noted on the intake's writer thread; rolling up and
 * saving belong to the judging thread.
 */
@NullMarked
package org.rollcall.collector.day;

import org.jspecify.annotations.NullMarked;
