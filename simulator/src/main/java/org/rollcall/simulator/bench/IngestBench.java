package org.rollcall.simulator.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.rollcall.simulator.server.ProcessFigures;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * How many reports a second are acknowledged, and how soon: MQTT 5 agents at QoS 1, each with a
 * fixed number of reports unacknowledged, against a server of our own or any other broker.
 */
@Command(
    name = "ingest",
    mixinStandardHelpOptions = true,
    description = "MQTT 5 agents that report as fast as they are acknowledged.")
final class IngestBench implements Callable<Integer> {
  private static final int MOST_AGENTS = 20_000;
  private static final int MOST_SECONDS = 3_600;

  @Option(names = "--agents", defaultValue = "50", description = "connections (default: 50)")
  private int agents;

  @Option(names = "--seconds", defaultValue = "20", description = "measured time (default: 20)")
  private int seconds;

  @Option(
      names = "--warm-up",
      defaultValue = "5",
      description = "seconds under load before the measuring begins (default: 5)")
  private int warmUp;

  @Option(
      names = "--payload",
      defaultValue = "300",
      description = "bytes of a report, at most (default: 300)")
  private int payload;

  @Option(
      names = "--in-flight",
      defaultValue = "20",
      description = "unacknowledged reports per connection (default: 20)")
  private int inFlight;

  @Option(
      names = "--store",
      defaultValue = "questdb",
      description = "store of the server that is started: questdb or influx (default: questdb)")
  private String store = "questdb";

  @Option(
      names = "--stall",
      defaultValue = "0",
      description = "with --store influx: seconds in the middle in which it stands still")
  private int stall;

  @Option(
      names = "--target",
      description = "HOST:PORT of another broker, plain MQTT without login; starts no server")
  private @Nullable String target;

  @Option(
      names = "--subscriber",
      description = "with --target: a durable QoS 1 subscriber that takes every report")
  private boolean subscriber;

  @Spec private @Nullable CommandSpec spec;

  /** The agents of a run, all connected, and a report like those of each. */
  private record Load(List<LoadConnection> connections, ReportTemplate sample) {}

  /** What was counted in the measured time. */
  private record Measured(double seconds, long reports, int observationsEach) {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    check(agents >= 1 && agents <= MOST_AGENTS, "--agents is 1 to " + MOST_AGENTS);
    check(seconds >= 1 && seconds <= MOST_SECONDS, "--seconds is 1 to " + MOST_SECONDS);
    check(warmUp >= 0 && warmUp <= MOST_SECONDS, "--warm-up is 0 to " + MOST_SECONDS);
    check(inFlight >= 1 && inFlight <= 60, "--in-flight is 1 to 60");
    check(payload >= 200 && payload <= 60_000, "--payload is 200 to 60000");
    check(store.equals("questdb") || store.equals("influx"), "--store is questdb or influx");
    check(stall >= 0 && stall <= seconds, "--stall is 0 to --seconds");
    check(stall == 0 || store.equals("influx"), "--stall needs --store influx");
    check(target == null || target.matches("[^:]+:\\d{1,5}"), "--target is HOST:PORT");
    return target == null ? ownServer() : otherBroker(BenchCommand.address(target));
  }

  private void check(boolean good, String otherwise) {
    if (!good && spec != null) {
      throw new ParameterException(spec.commandLine(), otherwise);
    }
  }

  private int ownServer() throws IOException, InterruptedException {
    System.err.println("Starting a server with " + agents + " agents ...");
    try (BenchStore kept =
            store.equals("influx") ? BenchStore.influx(stall) : BenchStore.questDb();
        BenchServer server = BenchServer.start(agents, kept.setting())) {
      if (server.logins().size() != agents) {
        throw new IllegalStateException(
            "The server registered " + server.logins().size() + " of " + agents + " agents.");
      }
      long emptyBytes = server.bytesOnDisk() + kept.bytesOnDisk();
      LoadFigures figures = new LoadFigures();
      try (LoadClient client = new LoadClient(server.target(), figures)) {
        Load load = connect(client, server.logins(), figures);
        int each = load.sample().observations();
        client.beginSending();
        TimeUnit.SECONDS.sleep(warmUp);
        ProcessFigures before = server.figures();
        Measured measured = measure(kept, figures, each);
        ProcessFigures after = server.figures();
        boolean whole =
            drain(client, figures)
                && new StoredCheck(server.httpPort()).holds(load.connections(), figures, each);
        kept.pack();
        double stored = (double) figures.acknowledgedSoFar() * each;
        print(
            measured,
            figures,
            after.rssMiB(),
            after.cpuSeconds() - before.cpuSeconds(),
            (server.bytesOnDisk() + kept.bytesOnDisk() - emptyBytes) / stored,
            kept.closedDayBytesPerRow());
        return whole ? 0 : 1;
      }
    }
  }

  private int otherBroker(InetSocketAddress broker) throws IOException, InterruptedException {
    LoadFigures figures = new LoadFigures();
    LoadFigures taken = new LoadFigures();
    try (LoadClient reader = new LoadClient(broker, taken);
        LoadClient client = new LoadClient(broker, figures)) {
      if (subscriber) {
        reader.connect(List.of(new DurableSubscriber(taken)));
      }
      List<LoadConnection.Login> logins =
          IntStream.rangeClosed(1, agents)
              .mapToObj(i -> new LoadConnection.Login("", "f-bench%05d".formatted(i), "", ""))
              .toList();
      Load load = connect(client, logins, figures);
      client.beginSending();
      TimeUnit.SECONDS.sleep(warmUp);
      Measured measured = measure(BenchStore.questDb(), figures, load.sample().observations());
      boolean whole = drain(client, figures);
      print(measured, figures, null, null, null, null);
      return whole ? 0 : 1;
    }
  }

  private Load connect(LoadClient client, List<LoadConnection.Login> logins, LoadFigures figures)
      throws InterruptedException {
    long epoch = System.currentTimeMillis();
    List<LoadConnection> connections = new ArrayList<>();
    ReportTemplate sample = ReportTemplate.of(logins.get(0).clientId(), epoch, payload);
    for (LoadConnection.Login login : logins) {
      ReportTemplate template = ReportTemplate.of(login.clientId(), epoch, payload);
      connections.add(new LoadConnection(login, template, inFlight, epoch, figures));
    }
    client.connect(connections);
    System.err.printf(
        Locale.ROOT,
        "%d agents connected; reports of %d bytes with %d observations.%n",
        logins.size(),
        sample.length(),
        sample.observations());
    return new Load(connections, sample);
  }

  private Measured measure(BenchStore kept, LoadFigures figures, int observationsEach)
      throws IOException, InterruptedException {
    long acknowledged = figures.acknowledgedSoFar();
    long began = System.nanoTime();
    figures.beginCounting();
    kept.sleep(seconds);
    figures.endCounting();
    double took = (System.nanoTime() - began) / 1e9;
    return new Measured(took, figures.acknowledgedSoFar() - acknowledged, observationsEach);
  }

  /** Waits until all that was sent is acknowledged; says so if it is not. */
  private static boolean drain(LoadClient client, LoadFigures figures) throws InterruptedException {
    figures.endSending();
    try {
      client.await(
          () -> figures.acknowledgedSoFar() + figures.refusedSoFar() >= figures.sentSoFar(),
          "reports were not acknowledged");
    } catch (IllegalStateException e) {
      System.err.println(e.getMessage());
      return false;
    }
    if (figures.refusedSoFar() > 0) {
      System.err.println(figures.refusedSoFar() + " reports were refused.");
    }
    return figures.refusedSoFar() == 0;
  }

  private static void print(
      Measured measured,
      LoadFigures figures,
      @Nullable Double rssMiB,
      @Nullable Double cpuSeconds,
      @Nullable Double bytesPerObservation,
      @Nullable Double closedDayBytesPerRow) {
    double rate = measured.reports() / measured.seconds();
    System.out.printf(
        Locale.ROOT,
        "{\"reportsPerSecond\":%.0f,\"observationsPerSecond\":%.0f,\"ackP50Ms\":%.2f,"
            + "\"ackP99Ms\":%.2f,\"collectorRssMiB\":%s,\"collectorCpuSeconds\":%s,"
            + "\"bytesPerObservation\":%s,\"closedDayBytesPerRow\":%s}%n",
        rate,
        rate * measured.observationsEach(),
        figures.latencyMillisAt(50),
        figures.latencyMillisAt(99),
        BenchCommand.number(rssMiB),
        BenchCommand.number(cpuSeconds),
        BenchCommand.number(bytesPerObservation),
        BenchCommand.number(closedDayBytesPerRow));
  }
}
