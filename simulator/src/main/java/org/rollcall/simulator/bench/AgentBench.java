package org.rollcall.simulator.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.rollcall.simulator.campus.PolledDevices;
import org.rollcall.simulator.district.SchoolPlan;
import org.rollcall.simulator.server.AgentProcess;
import org.rollcall.simulator.server.MemoryFigures;
import org.rollcall.simulator.server.ProcessFigures;
import org.rollcall.simulator.server.ServerMetrics;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * What an agent costs the machine it runs on: one as {@code ./rollcall agent} starts it, enrolled
 * with a server of our own over TLS, looking at simulated SNMP devices once a minute each. Fails
 * unless what it saw arrived.
 */
@Command(
    name = "agent",
    mixinStandardHelpOptions = true,
    description = {
      "One agent as ./rollcall agent starts it, polling each device once a minute over SNMP v2c.",
      "rssMiB: VmRSS of /proc/PID/status, median of a sample every 2 s of the measured time;",
      "peakRssMiB: VmHWM; pssMiB, privateMiB: of smaps_rollup, at the end;",
      "cpuPercent: user and system time over the measured time, of one core."
    })
final class AgentBench implements Callable<Integer> {
  private static final int MOST_DEVICES = 2_000;
  private static final int MOST_SECONDS = 86_400;
  private static final int SAMPLE_SECONDS = 2;
  private static final int INTERVAL_SECONDS = 60;

  /** Of what is due in the measured time, since looks at its edges may fall outside. */
  private static final double LEAST_SHARE = 0.8;

  @Option(names = "--devices", defaultValue = "60", description = "devices (default: 60)")
  private int devices;

  @Option(names = "--seconds", defaultValue = "180", description = "measured time (default: 180)")
  private int seconds;

  @Option(
      names = "--warm-up",
      defaultValue = "120",
      description = "seconds of polling before the measuring begins (default: 120)")
  private int warmUp;

  @Spec private @Nullable CommandSpec spec;

  /** What was read of the agent, and what the server stored in the same time. */
  private record Measured(
      double seconds, List<MemoryFigures> samples, double cpuSeconds, double stored, long asked) {
    double median(ToDoubleFunction<MemoryFigures> of) {
      double[] sorted = samples.stream().mapToDouble(of).sorted().toArray();
      return sorted[sorted.length / 2];
    }

    MemoryFigures last() {
      return samples.get(samples.size() - 1);
    }
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    check(devices >= 1 && devices <= MOST_DEVICES, "--devices is 1 to " + MOST_DEVICES);
    check(seconds >= 1 && seconds <= MOST_SECONDS, "--seconds is 1 to " + MOST_SECONDS);
    check(warmUp >= 0 && warmUp <= MOST_SECONDS, "--warm-up is 0 to " + MOST_SECONDS);
    Path folder = Files.createTempDirectory("rollcall-bench-agent");
    try (PolledDevices polled = new PolledDevices(Clock.systemUTC())) {
      polled.start(devices);
      System.err.println("Starting a server and an agent ...");
      try (BenchServer server = BenchServer.start(1)) {
        Path settings = Files.writeString(folder.resolve("agent.yaml"), settings(polled));
        Path log = Files.createFile(folder.resolve("agent.log"));
        AgentProcess.enrol(server.enrolmentCode(), settings, log);
        try (AgentProcess agent = AgentProcess.start(settings, log)) {
          Measured measured = measure(agent, server, polled);
          boolean arrived = arrived(measured, new ServerMetrics(server.httpPort()));
          if (!arrived) {
            System.err.print(Files.readString(log));
          }
          print(measured);
          return arrived ? 0 : 1;
        }
      }
    } finally {
      BenchServer.delete(folder);
    }
  }

  private void check(boolean good, String otherwise) {
    if (!good && spec != null) {
      throw new ParameterException(spec.commandLine(), otherwise);
    }
  }

  private static String settings(PolledDevices polled) {
    StringBuilder yaml = new StringBuilder("data: data\nsnmp: {community: public}\ndevices:\n");
    int number = 0;
    for (PolledDevices.Device device : polled.devices()) {
      number++;
      yaml.append(
          "- {subject: '%s:d%d', probe: snmp, address: '%s', interval: %ds%s}%n"
              .formatted(
                  device.router() ? "link" : "terminal",
                  number,
                  device.address(),
                  INTERVAL_SECONDS,
                  device.router() ? ", ifName: " + SchoolPlan.LINK_IF_NAME : ""));
    }
    return yaml.toString();
  }

  private Measured measure(AgentProcess agent, BenchServer server, PolledDevices polled)
      throws IOException, InterruptedException {
    System.err.printf("Warming up for %d s, then measuring for %d s ...%n", warmUp, seconds);
    TimeUnit.SECONDS.sleep(warmUp);
    ServerMetrics metrics = new ServerMetrics(server.httpPort());
    double storedBefore = stored(metrics);
    long askedBefore = polled.requestsAnswered();
    double cpuBefore = ProcessFigures.of(agent.pid()).cpuSeconds();
    long began = System.nanoTime();
    long end = began + TimeUnit.SECONDS.toNanos(seconds);
    List<MemoryFigures> samples = new ArrayList<>();
    do {
      TimeUnit.NANOSECONDS.sleep(
          Math.min(end - System.nanoTime(), TimeUnit.SECONDS.toNanos(SAMPLE_SECONDS)));
      samples.add(MemoryFigures.of(agent.pid()));
    } while (System.nanoTime() < end);
    double took = (System.nanoTime() - began) / 1e9;
    double cpu = ProcessFigures.of(agent.pid()).cpuSeconds() - cpuBefore;
    return new Measured(
        took,
        samples,
        cpu,
        stored(metrics) - storedBefore,
        polled.requestsAnswered() - askedBefore);
  }

  private static double stored(ServerMetrics metrics) throws IOException, InterruptedException {
    return metrics.value("rollcall_observations_stored_total");
  }

  /**
   * Whether the server stored an observation for about every look that was due in the measured
   * time, and, after a minute at most, as many as there are devices.
   */
  private boolean arrived(Measured measured, ServerMetrics metrics)
      throws IOException, InterruptedException {
    double due = LEAST_SHARE * devices * Math.floor(measured.seconds() / INTERVAL_SECONDS);
    double all = stored(metrics);
    for (int i = 0; i < INTERVAL_SECONDS && all < devices; i++) {
      TimeUnit.SECONDS.sleep(1);
      all = stored(metrics);
    }
    System.err.printf(
        Locale.ROOT,
        "The server stored %.0f observations in the measured time, %.0f in all.%n",
        measured.stored(),
        all);
    return measured.stored() >= due && all >= devices;
  }

  private void print(Measured measured) {
    double minutes = measured.seconds() / INTERVAL_SECONDS;
    System.out.printf(
        Locale.ROOT,
        "{\"rssMiB\":%.1f,\"cpuPercent\":%.3f,\"peakRssMiB\":%.1f,\"pssMiB\":%.1f,"
            + "\"privateMiB\":%.1f,\"devices\":%d,\"requestsPerMinute\":%.1f,"
            + "\"observationsStoredPerMinute\":%.1f,\"warmUpSeconds\":%d,\"seconds\":%.1f}%n",
        measured.median(MemoryFigures::rssMiB),
        measured.cpuSeconds() / measured.seconds() * 100,
        measured.last().peakMiB(),
        measured.last().pssMiB(),
        measured.last().privateMiB(),
        devices,
        measured.asked() / minutes,
        measured.stored() / minutes,
        warmUp,
        measured.seconds());
  }
}
