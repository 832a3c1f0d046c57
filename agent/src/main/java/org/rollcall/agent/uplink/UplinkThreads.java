package org.rollcall.agent.uplink;

import java.time.Clock;
import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;

/**
 * What uplinks share with the rest of the process.
 *
 * @param worker may wait for the disk and for name lookups
 * @param random for jitter; safe on any thread
 */
public record UplinkThreads(
    NetworkThreads network, ScheduledExecutorService worker, Clock clock, RandomGenerator random) {}
