/**
 * Echoes by ICMP, through the system's own {@code ping}: a program in Java may open no raw socket.
 *
 * <p>In: device entries with {@code probe: icmp}. Out: the probes of {@link
 * org.rollcall.agent.reach.ping.PingProbes}, and {@link org.rollcall.agent.reach.ping.PingProgram}
 * for other looks that need the program.
 *
 * <p>Threads: up to {@value org.rollcall.agent.reach.ping.PingProgram#PROCESSES} of its own, {@code
 * ping}, each waiting for one process; started when the first look comes, gone again when idle.
 */
@NullMarked
package org.rollcall.agent.reach.ping;

import org.jspecify.annotations.NullMarked;
