/**
 * Load generators. Command-line options come in; one JSON object a run goes out. Every run is
 * bounded in time and ends the processes it started.
 */
@NullMarked
package org.rollcall.simulator.bench;

import org.jspecify.annotations.NullMarked;
