package org.rollcall.simulator.faults;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rollcall.simulator.faults.FaultyLine.Mode;

/** One agent's process, its clock, and its spool's disk where it has one of its own. */
final class AgentPart implements Part {
  private final RunningAgent agent;
  private final @Nullable SmallDisk disk;
  private final Set<Fault> faults;

  /**
   * @param disk of its spool; null: it is not filled
   * @param clocks whether its clock is set ahead and back
   */
  AgentPart(RunningAgent agent, @Nullable SmallDisk disk, boolean clocks) {
    this.agent = agent;
    this.disk = disk;
    this.faults = EnumSet.of(Fault.KILLED, Fault.FROZEN);
    if (disk != null) {
      faults.add(Fault.DISK_FULL);
      faults.add(Fault.DISK_FULL_AND_KILLED);
    }
    if (clocks) {
      faults.addAll(
          EnumSet.of(Fault.HOUR_AHEAD, Fault.HOUR_BACK, Fault.YEAR_AHEAD, Fault.YEAR_BACK));
    }
  }

  @Override
  public String name() {
    return "agent " + agent.member().name();
  }

  @Override
  public Set<Fault> faults() {
    return EnumSet.copyOf(faults);
  }

  @Override
  public void begin(Fault fault, long seed) throws IOException, InterruptedException {
    switch (fault) {
      case KILLED -> agent.child().kill();
      case FROZEN -> Signals.freeze(agent.child().pid());
      case DISK_FULL, DISK_FULL_AND_KILLED -> {
        // What is acknowledged is deleted, which would make room.
        agent.line().mode(Mode.CUT);
        disk().fill();
      }
      default -> agent.order(true, fault.ahead());
    }
  }

  @Override
  public void end(Fault fault) throws IOException, InterruptedException {
    switch (fault) {
      case KILLED -> agent.start();
      case FROZEN -> Signals.thaw(agent.child().pid());
      case DISK_FULL -> mendDisk();
      case DISK_FULL_AND_KILLED -> {
        agent.child().kill();
        agent.start();
        mendDisk();
      }
      default -> agent.order(true, Duration.ZERO);
    }
  }

  private void mendDisk() throws IOException {
    disk().free();
    agent.line().mode(Mode.PASS);
  }

  private SmallDisk disk() {
    if (disk == null) {
      throw new IllegalStateException("BUG: the agent has no disk of its own");
    }
    return disk;
  }
}
