/**
 * From a problem to a person. In: signals, which are what causes, agents, school days, contracts
 * and the plan say of now; rules as files; duty as a file. Out: alerts in the register, and
 * messages for the channels. {@link org.rollcall.collector.alerts.AlertDesk} runs a round every few
 * seconds on a thread of its own; whoever asks or acknowledges may do so from any thread.
 *
 * <p>The way: {@link org.rollcall.collector.alerts.Signal} → {@link
 * org.rollcall.collector.alerts.AlertBook} (pending, firing, resolved) → {@code Telling} (school
 * time, duty, steps) → channels.
 */
@NullMarked
package org.rollcall.collector.alerts;

import org.jspecify.annotations.NullMarked;
