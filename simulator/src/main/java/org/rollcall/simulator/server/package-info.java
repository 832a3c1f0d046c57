/**
 * The real server as a child process, for the demo, the load generators and the fault tests: its
 * settings, its commands, its start and its end. Folders and ports come in; a running server goes
 * out, which ends when this process ends, however it ends. Calls block; each child has one thread
 * that reads what it prints.
 */
@NullMarked
package org.rollcall.simulator.server;

import org.jspecify.annotations.NullMarked;
