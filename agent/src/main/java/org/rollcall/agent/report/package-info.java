/**
 * Observations become reports here. In: observations from any thread; out: numbered, chained and
 * sealed reports in the spool. Closing a report writes to the disk and happens on the agent's
 * worker thread, or on the caller's for {@link org.rollcall.agent.report.Reporter#report}.
 */
@NullMarked
package org.rollcall.agent.report;

import org.jspecify.annotations.NullMarked;
