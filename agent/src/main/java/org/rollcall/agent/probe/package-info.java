/**
 * What an agent looks with: the {@link org.rollcall.agent.probe.Probe} every kind of look
 * implements, and the {@link org.rollcall.agent.probe.Schedule} that runs them.
 *
 * <p>In: device entries of {@code agent.yaml} ({@link org.rollcall.agent.probe.DeviceSettings}).
 * Out: observations, handed one by one to a sink.
 *
 * <p>Threads: the schedule has one thread, {@code schedule}, which starts probes and calls the
 * sink; name lookups have one thread of their own, {@code name-lookup}. A probe's own I/O runs on
 * the threads of its package and never on these.
 */
@NullMarked
package org.rollcall.agent.probe;

import org.jspecify.annotations.NullMarked;
