package org.rollcall.simulator.projector;

import java.time.Instant;

/** When a projector is in which state of power. Called on the projectors' thread and on others. */
public interface PowerScript {

  Power at(Instant now);

  /** Somebody switches it, by remote control or by POWR; a script of its own will may not mind. */
  default void turn(boolean on, Instant now) {
    // What follows a plan of its own is not switched from outside.
  }
}
