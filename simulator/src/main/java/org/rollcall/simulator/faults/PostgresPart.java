package org.rollcall.simulator.faults;

import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.rollcall.parts.postgres.PostgresServer;

/**
 * The PostgreSQL of a run. Agents that are connected need it for nothing; so, where the seed says
 * so, they are thrown out and have to log in again.
 */
final class PostgresPart implements Part {
  private final PostgresServer postgres;
  private final List<RunningAgent> agents;

  PostgresPart(PostgresServer postgres, List<RunningAgent> agents) {
    this.postgres = postgres;
    this.agents = List.copyOf(agents);
  }

  @Override
  public String name() {
    return "postgres";
  }

  @Override
  public Set<Fault> faults() {
    return EnumSet.of(Fault.KILLED, Fault.FROZEN);
  }

  @Override
  public void begin(Fault fault, long seed) {
    switch (fault) {
      case KILLED -> postgres.kill();
      case FROZEN -> postgres.stall();
      default -> throw new IllegalStateException("BUG: no fault of PostgreSQL: " + fault);
    }
    if (new Random(seed).nextBoolean()) {
      agents.forEach(RunningAgent::reconnect);
    }
  }

  @Override
  public void end(Fault fault) {
    switch (fault) {
      case KILLED -> postgres.startAgain();
      case FROZEN -> postgres.resume();
      default -> throw new IllegalStateException("BUG: no fault of PostgreSQL: " + fault);
    }
  }
}
