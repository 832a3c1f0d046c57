/**
 * A fictional district: its schools, what stands in them and how each behaves over time. A seed and
 * a clock come in; plans, register files and pure functions of time go out, from which both the
 * live devices and the back-filled history are made. No threads, no state: any thread.
 */
@NullMarked
package org.rollcall.simulator.district;

import org.jspecify.annotations.NullMarked;
