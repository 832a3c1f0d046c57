/**
 * Projectors and displays that speak PJLink class 1 and 2 over TCP, as the specification says or
 * with the manners of models in the field. A {@link
 * org.rollcall.simulator.projector.ProjectorModel} and a {@link
 * org.rollcall.simulator.projector.PowerScript} come in; a port on the loopback goes out. One
 * thread, {@code projectors}, serves all of them.
 */
@NullMarked
package org.rollcall.simulator.projector;

import org.jspecify.annotations.NullMarked;
