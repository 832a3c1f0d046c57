/**
 * Tests of the school's line, when the collector says so. In: a LineTest command, which is a slot,
 * and what the line's SNMP probe last saw; out: one {@code throughput:LINE} observation for each
 * command, with figures or with the reason why there are none. A test runs on a thread {@code
 * line-test} that exists only for it; classes of the full test are loaded only when there is one.
 */
@NullMarked
package org.rollcall.agent.throughput;

import org.jspecify.annotations.NullMarked;
