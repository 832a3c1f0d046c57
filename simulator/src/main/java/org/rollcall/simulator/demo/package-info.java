/**
 * A whole district on one machine: a real server in a process of its own, simulated campuses on
 * real protocols, and a real agent for every school, with its past. Options come in; a running
 * district goes out, until the process is told to end. Runs on the main thread and a few of its
 * own.
 */
@NullMarked
package org.rollcall.simulator.demo;

import org.jspecify.annotations.NullMarked;
