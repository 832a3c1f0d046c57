/**
 * One agent, wired: probes, reporter, spool and uplink, and the command line around them. In:
 * {@code agent.yaml} and what enrolment left in the data folder; out: reports to the collector.
 * Threads: the schedule's, the network's, and a worker for everything that waits for the disk.
 */
@NullMarked
package org.rollcall.agent;

import org.jspecify.annotations.NullMarked;
