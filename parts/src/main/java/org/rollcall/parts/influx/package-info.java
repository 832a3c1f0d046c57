/**
 * Debian's InfluxDB as a process of its own, for tests and load generators: a folder goes in, an
 * address comes out, and what was started is ended by its own process id. Any thread.
 */
@NullMarked
package org.rollcall.parts.influx;

import org.jspecify.annotations.NullMarked;
