package org.rollcall.simulator.faults;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.locks.LockSupport;
import org.rollcall.agent.Agent;
import org.rollcall.agent.AgentSettings;
import org.rollcall.agent.enrolment.AgentIdentity;
import org.rollcall.agent.enrolment.IdentityFolder;
import org.rollcall.agent.report.ReportSettings;
import org.rollcall.agent.spool.SpoolFigures;
import org.rollcall.agent.spool.SpoolSettings;
import org.rollcall.agent.status.StatusSettings;
import org.rollcall.agent.throughput.LineTestSettings;
import org.rollcall.agent.uplink.NetworkThreads;
import org.rollcall.agent.uplink.UplinkSettings;
import org.rollcall.agent.uplink.UplinkThreads;
import org.rollcall.config.DataSize;
import org.rollcall.protocol.v1.Observation;
import org.rollcall.simulator.faults.Journal.Entry;

/**
 * A real agent that sees what its {@link Plan} says instead of devices, and writes into a {@link
 * Journal} what its spool has taken. Goes on where the journal ends. Obeys {@link Orders} and tells
 * its {@link AgentState}. Arguments: its folder, the plan's first Monday and subjects, the spool's
 * size.
 */
public final class JournalingAgentMain {
  static final String RUNS = "Agent sees";

  /** All of them go into one report: the spool takes them as a whole or not at all. */
  private static final int STEPS_A_REPORT = 5;

  private static final Duration PAUSE = Duration.ofMillis(50);

  private final Path folder;
  private final Plan plan;
  private final Agent agent;
  private final OffsetClock clock;

  private JournalingAgentMain(Path folder, Plan plan, Agent agent, OffsetClock clock) {
    this.folder = folder;
    this.plan = plan;
    this.agent = agent;
    this.clock = clock;
  }

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    Plan plan = new Plan(LocalDate.parse(arguments[1]), Integer.parseInt(arguments[2]));
    OffsetClock clock = new OffsetClock();
    clock.ahead(Duration.ofMillis(Orders.read(folder).aheadMillis()));
    ScheduledExecutorService worker = Executors.newScheduledThreadPool(1);
    NetworkThreads network = new NetworkThreads(1);
    network.start();
    IdentityFolder identities = new IdentityFolder(folder);
    AgentIdentity identity = identities.identity();
    Agent agent =
        new Agent(
            identity,
            identities.key(identity),
            identities.folderOf(identity),
            settings(folder, DataSize.parse(arguments[3])),
            new UplinkThreads(network, worker, clock, new SecureRandom()));
    agent.start();
    System.out.println(RUNS);
    new JournalingAgentMain(folder, plan, agent, clock).see();
    agent.close();
    System.exit(0);
  }

  private static AgentSettings settings(Path folder, DataSize spool) {
    return new AgentSettings(
        folder,
        new SpoolSettings(spool, Duration.ofMillis(100)),
        new ReportSettings(Duration.ofSeconds(1), Duration.ofSeconds(10)),
        new UplinkSettings(true, Duration.ofMillis(50), Duration.ofSeconds(1)),
        new StatusSettings(false, 0),
        Map.of(),
        null,
        new LineTestSettings(false, null),
        null,
        List.of());
  }

  private void see() throws IOException {
    List<Entry> before = Journal.read(folder);
    long step = before.isEmpty() ? 0 : before.get(before.size() - 1).step() + 1;
    try (BufferedWriter out =
        Files.newBufferedWriter(
            folder.resolve(Journal.FILE), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      for (Orders orders = Orders.read(folder); !orders.ends(); orders = Orders.read(folder)) {
        clock.ahead(Duration.ofMillis(orders.aheadMillis()));
        if (orders.sees()) {
          see(step, orders.aheadMillis(), out);
          step += STEPS_A_REPORT;
        }
        tell(orders);
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }

  private void see(long first, long aheadMillis, BufferedWriter out) throws IOException {
    List<Entry> entries = new ArrayList<>();
    List<Observation> seen = new ArrayList<>();
    for (long step = first; step < first + STEPS_A_REPORT; step++) {
      long time = plan.timeOf(step) + aheadMillis;
      entries.add(new Entry(true, step, time, aheadMillis, System.currentTimeMillis()));
      seen.addAll(plan.seen(time));
    }
    boolean kept = agent.reporter().report(seen);
    for (Entry entry : entries) {
      out.write(
          new Entry(kept, entry.step(), entry.time(), entry.aheadMillis(), entry.wall()).line());
    }
    out.flush();
  }

  private void tell(Orders orders) throws IOException {
    SpoolFigures spool = agent.spoolFigures();
    new AgentState(
            orders.number(),
            spool.reports() + spool.gaps(),
            spool.lost(),
            agent.uplinkFigures().connected())
        .write(folder);
  }
}
