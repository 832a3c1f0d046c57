package org.rollcall.simulator.faults;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.rollcall.simulator.faults.FaultyLine.Mode;

/** The server's process, its clock and its disk, on which register and observations lie. */
final class ServerPart implements Part {
  private final RunningServer server;
  private final SmallDisk disk;
  private final List<RunningAgent> agents;

  ServerPart(RunningServer server, SmallDisk disk, List<RunningAgent> agents) {
    this.server = server;
    this.disk = disk;
    this.agents = List.copyOf(agents);
  }

  @Override
  public String name() {
    return "server";
  }

  @Override
  public Set<Fault> faults() {
    return EnumSet.of(
        Fault.KILLED,
        Fault.FROZEN,
        Fault.DISK_FULL,
        Fault.EMPTIED,
        Fault.HOUR_AHEAD,
        Fault.HOUR_BACK,
        Fault.YEAR_AHEAD,
        Fault.YEAR_BACK);
  }

  @Override
  public void begin(Fault fault, long seed) throws IOException, InterruptedException {
    switch (fault) {
      case KILLED, EMPTIED -> server.kill();
      case FROZEN -> Signals.freeze(server.child().pid());
      case DISK_FULL -> disk.fill();
      default -> clock(fault.ahead());
    }
  }

  @Override
  public void end(Fault fault) throws IOException, InterruptedException {
    switch (fault) {
      case KILLED -> server.start();
      case EMPTIED -> {
        server.emptyStore();
        server.start();
      }
      case FROZEN -> Signals.thaw(server.child().pid());
      case DISK_FULL -> disk.free();
      default -> clock(Duration.ZERO);
    }
  }

  /** Whoever is connected stays so; so every agent has to log in again by the new clock. */
  private void clock(Duration ahead) throws IOException {
    server.clock(ahead);
    for (RunningAgent agent : agents) {
      agent.line().mode(Mode.CUT);
      agent.line().mode(Mode.PASS);
    }
  }
}
