package org.rollcall.simulator.faults;

import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.rollcall.simulator.faults.FaultyLine.Mode;

/** The line between the server and what it keeps its data in. */
final class StoreLinePart implements Part {
  private final String name;
  private final FaultyLine line;
  private final List<RunningAgent> agents;

  /**
   * @param agents those that need what is behind the line to log in; where the seed says so, they
   *     have to
   */
  StoreLinePart(String name, FaultyLine line, List<RunningAgent> agents) {
    this.name = name;
    this.line = line;
    this.agents = List.copyOf(agents);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Set<Fault> faults() {
    return EnumSet.of(Fault.CUT, Fault.STALL, Fault.SLOW, Fault.CORRUPT, Fault.HALF_OPEN);
  }

  @Override
  public void begin(Fault fault, long seed) {
    line.mode(fault.mode());
    if (new Random(seed).nextBoolean()) {
      agents.forEach(RunningAgent::reconnect);
    }
  }

  @Override
  public void end(Fault fault) {
    line.mode(Mode.PASS);
  }
}
