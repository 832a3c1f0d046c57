package org.rollcall.simulator.kill;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.rollcall.agent.Agent;
import org.rollcall.agent.AgentSettings;
import org.rollcall.agent.enrolment.AgentIdentity;
import org.rollcall.agent.enrolment.IdentityFolder;
import org.rollcall.agent.report.ReportSettings;
import org.rollcall.agent.spool.SpoolSettings;
import org.rollcall.agent.status.StatusSettings;
import org.rollcall.agent.throughput.LineTestSettings;
import org.rollcall.agent.uplink.NetworkThreads;
import org.rollcall.agent.uplink.UplinkSettings;
import org.rollcall.agent.uplink.UplinkThreads;
import org.rollcall.config.DataSize;
import org.rollcall.protocol.v1.Observation;

/**
 * An agent that sees something new all the time and writes into a journal what its spool has taken.
 * Goes on where the journal ends, until it holds enough; then waits until the spool is empty, says
 * so and stays. Arguments: the agent's folder, how many journal lines are enough.
 */
public final class JournalingAgentMain {
  static final String DRAINED = "drained";
  static final String JOURNAL = "journal";
  private static final int SEATS = 20;
  private static final int TIMES_A_BATCH = 5;
  private static final Duration PAUSE = Duration.ofMillis(10);

  private JournalingAgentMain() {}

  public static void main(String[] arguments) throws Exception {
    Path data = Path.of(arguments[0]);
    int enough = Integer.parseInt(arguments[1]);
    IdentityFolder folder = new IdentityFolder(data);
    AgentIdentity identity = folder.identity();
    ScheduledExecutorService worker = Executors.newScheduledThreadPool(1);
    NetworkThreads network = new NetworkThreads(1);
    network.start();
    AgentSettings settings =
        new AgentSettings(
            data,
            new SpoolSettings(DataSize.parse("64MiB"), Duration.ofMillis(100)),
            new ReportSettings(Duration.ofSeconds(1), Duration.ofSeconds(10)),
            new UplinkSettings(true, Duration.ofMillis(50), Duration.ofSeconds(1)),
            new StatusSettings(false, 0),
            Map.of(),
            null,
            new LineTestSettings(false, null),
            null,
            List.of());
    Agent agent =
        new Agent(
            identity,
            folder.key(identity),
            folder.folderOf(identity),
            settings,
            new UplinkThreads(network, worker, Clock.systemUTC(), new SecureRandom()));
    agent.start();
    see(agent, data.resolve(JOURNAL), enough);
    while (agent.spoolFigures().reports() > 0) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    System.out.println(DRAINED);
  }

  private static void see(Agent agent, Path journal, int enough)
      throws IOException, InterruptedException {
    long time = System.currentTimeMillis();
    long lines = 0;
    if (Files.exists(journal)) {
      for (String line : Files.readAllLines(journal)) {
        lines++;
        time = Math.max(time, Long.parseLong(line.substring(line.indexOf(' ') + 1)) + 1_000);
      }
    }
    try (BufferedWriter out =
        Files.newBufferedWriter(journal, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      while (lines < enough) {
        List<Observation> batch = new ArrayList<>();
        for (int t = 0; t < TIMES_A_BATCH; t++, time++) {
          for (int seat = 0; seat < SEATS; seat++) {
            batch.add(seen(seat, time));
          }
        }
        if (agent.reporter().report(batch)) {
          for (Observation observation : batch) {
            out.write(observation.getSubject() + " " + observation.getTimeMillis() + "\n");
          }
          out.flush();
          lines += batch.size();
        }
        TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
      }
    }
  }

  private static Observation seen(int seat, long time) {
    return Observation.newBuilder()
        .setSubject("terminal:c%02d".formatted(seat))
        .setTimeMillis(time)
        .putMeasures("up", 1)
        .putMeasures("uptimeSeconds", (double) (time % 100_000))
        .build();
  }
}
