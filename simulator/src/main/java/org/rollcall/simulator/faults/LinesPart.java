package org.rollcall.simulator.faults;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.rollcall.simulator.faults.FaultyLine.Mode;

/** The lines between agents and server; a fault takes some of them, at least one. */
final class LinesPart implements Part {
  static final String NAME = "lines";

  private static final Duration TIME_TO_OUTGROW = Duration.ofMinutes(2);

  private final List<RunningAgent> agents;

  LinesPart(List<RunningAgent> agents) {
    this.agents = List.copyOf(agents);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<Fault> faults() {
    return EnumSet.of(
        Fault.CUT, Fault.STALL, Fault.SLOW, Fault.CORRUPT, Fault.HALF_OPEN, Fault.OUTGROWN);
  }

  @Override
  public void begin(Fault fault, long seed) throws IOException, InterruptedException {
    Random random = new Random(seed);
    int sure = random.nextInt(agents.size());
    for (int i = 0; i < agents.size(); i++) {
      if (i == sure || fault == Fault.OUTGROWN || random.nextBoolean()) {
        agents.get(i).line().mode(fault.mode());
      }
    }
    if (fault == Fault.OUTGROWN) {
      for (RunningAgent agent : agents) {
        long before = agent.state().lost();
        Waiting.until(
            TIME_TO_OUTGROW,
            () -> !agent.member().mayLose() || agent.state().lost() > before,
            "the spool of " + agent.member().name() + " was not outgrown");
      }
    }
  }

  @Override
  public void end(Fault fault) {
    agents.forEach(agent -> agent.line().mode(Mode.PASS));
  }
}
