package org.rollcall.simulator.bench;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.rollcall.simulator.server.ProcessFigures;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What connections that say nothing cost the server's memory: its resident size with a few of them,
 * and again with all.
 */
@Command(
    name = "idle",
    mixinStandardHelpOptions = true,
    description = "Resident memory of plain connections that say nothing.")
final class IdleBench implements Callable<Integer> {
  /** Connected first, so that what the first connection loads is not charged to the others. */
  private static final int FIRST = 20;

  @Option(
      names = "--connections",
      defaultValue = "1000",
      description = "idle connections (default: 1000)")
  private int connections;

  @Option(
      names = "--seconds",
      defaultValue = "10",
      description = "time to settle before each reading (default: 10)")
  private int seconds;

  @Override
  public Integer call() throws IOException, InterruptedException {
    int all = Math.max(1, Math.min(20_000, connections)) + FIRST;
    try (BenchServer server = BenchServer.start(all)) {
      LoadFigures figures = new LoadFigures();
      try (LoadClient client = new LoadClient(server.target(), figures)) {
        client.connect(idle(server.logins().subList(0, FIRST), figures));
        ProcessFigures before = settled(server);
        client.connect(idle(server.logins().subList(FIRST, all), figures));
        ProcessFigures after = settled(server);
        double mib = after.rssMiB() - before.rssMiB();
        System.out.printf(
            Locale.ROOT,
            "{\"connections\":%d,\"rssBeforeMiB\":%.1f,\"rssAfterMiB\":%.1f,"
                + "\"mibPer1000\":%.2f}%n",
            all - FIRST,
            before.rssMiB(),
            after.rssMiB(),
            mib * 1_000 / (all - FIRST));
      }
    }
    return 0;
  }

  private static List<LoadConnection> idle(List<LoadConnection.Login> logins, LoadFigures figures) {
    return logins.stream().map(login -> new LoadConnection(login, null, 1, 0, figures)).toList();
  }

  private ProcessFigures settled(BenchServer server) throws InterruptedException {
    TimeUnit.SECONDS.sleep(Math.max(1, Math.min(40, seconds)));
    return server.figures();
  }
}
