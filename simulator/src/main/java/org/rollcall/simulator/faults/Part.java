package org.rollcall.simulator.faults;

import java.io.IOException;
import java.util.Set;

/** A part of a run that faults befall. The run's thread alone calls it. */
interface Part {
  /** Stable, e.g. {@code server}. */
  String name();

  Set<Fault> faults();

  /**
   * Breaks it.
   *
   * @param seed decides whatever there is to decide
   */
  void begin(Fault fault, long seed) throws IOException, InterruptedException;

  /** Mends it; it works again when this returns, or soon after by itself. */
  void end(Fault fault) throws IOException, InterruptedException;
}
