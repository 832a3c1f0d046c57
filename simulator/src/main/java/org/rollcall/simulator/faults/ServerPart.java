package org.rollcall.simulator.faults;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The server's process, its clock and its disk, on which all lies that is kept nowhere else. */
final class ServerPart implements Part {
  private final RunningServer server;
  private final SmallDisk disk;
  private final List<RunningAgent> agents;
  private final boolean hasObservations;

  /**
   * @param hasObservations whether they lie in its folder, and can be missing when it starts
   */
  ServerPart(
      RunningServer server, SmallDisk disk, List<RunningAgent> agents, boolean hasObservations) {
    this.server = server;
    this.disk = disk;
    this.agents = List.copyOf(agents);
    this.hasObservations = hasObservations;
  }

  @Override
  public String name() {
    return "server";
  }

  @Override
  public Set<Fault> faults() {
    Set<Fault> faults =
        EnumSet.of(
            Fault.KILLED,
            Fault.FROZEN,
            Fault.DISK_FULL,
            Fault.HOUR_AHEAD,
            Fault.HOUR_BACK,
            Fault.YEAR_AHEAD,
            Fault.YEAR_BACK);
    if (hasObservations) {
      faults.add(Fault.EMPTIED);
    }
    return faults;
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
    agents.forEach(RunningAgent::reconnect);
  }
}
