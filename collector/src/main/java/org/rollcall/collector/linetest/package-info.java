/**
 * Tests of schools' lines: when each may be tested, and the other end of the test. In: the
 * register, the profiles' targets, the calendars; out: commands to agents, each of which is a slot
 * with a token, and the UDP port that honours it ({@link org.rollcall.protocol.paced.PacedServer}).
 * One thread, {@code line-tests}, hands out slots; what comes of a test is reported by the agent
 * like anything else it sees.
 */
@NullMarked
package org.rollcall.collector.linetest;

import org.jspecify.annotations.NullMarked;
