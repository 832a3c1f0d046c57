package org.rollcall.simulator.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rollcall.simulator.server.Child;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * How many devices the agent's probes poll in a second and what CPU time that takes, beside bare
 * SNMP4J. The devices ({@link SnmpResponderMain}) and each way to poll ({@link SnmpPollerMain}) are
 * processes of their own.
 */
@Command(
    name = "snmp",
    mixinStandardHelpOptions = true,
    description = "Polls simulated switches as fast as the agent's SNMP probes can.",
    footer = {
      "",
      "A poll is one request for 22 values: uptime, the table's last change, and of 4 ports both",
      "64-bit octet counters, their discontinuity, speed and state; it counts when it gave 4 rates.",
      "devicesPerSecond: polls; the machine's cores are shared with the simulated devices.",
      "cpuSecondsPer1000Polls: CPU time of the polling process alone.",
      "bareSnmp4j…: the same request by SNMP4J's own session, values only counted, afterwards.",
      "failures: polls without all rates, which are the first of each device."
    })
final class SnmpBench implements Callable<Integer> {
  private static final int MOST_DEVICES = 1_000;
  private static final int MOST_SECONDS = 600;
  private static final Duration TIME_TO_START = Duration.ofMinutes(2);
  private static final List<String> FLAGS = List.of("-Xms64m", "-Xmx256m", "-XX:+UseSerialGC");

  @Option(
      names = "--devices",
      defaultValue = "256",
      description = "simulated switches, a UDP port each (default: 256)")
  private int devices;

  @Option(names = "--seconds", defaultValue = "10", description = "to measure (default: 10)")
  private int seconds;

  @Option(names = "--warm-up", defaultValue = "5", description = "seconds before (default: 5)")
  private int warmUp;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    check(devices >= 1 && devices <= MOST_DEVICES, "--devices is 1 to " + MOST_DEVICES);
    check(seconds >= 1 && seconds <= MOST_SECONDS, "--seconds is 1 to " + MOST_SECONDS);
    check(warmUp >= 0 && warmUp <= MOST_SECONDS, "--warm-up is 0 to " + MOST_SECONDS);
    Path folder = Files.createTempDirectory("rollcall-bench-snmp");
    try (Child responder =
        Child.start(
            "simulated devices",
            FLAGS,
            SnmpResponderMain.class.getName(),
            List.of(String.valueOf(devices)),
            folder.resolve("devices.log"),
            line -> line.startsWith(SnmpResponderMain.READY))) {
      String ports =
          responder.awaitReady(TIME_TO_START).substring(SnmpResponderMain.READY.length());
      System.err.println("Polling " + devices + " devices ...");
      String[] agent = poll("rollcall", ports, folder);
      System.err.println("The same by bare SNMP4J ...");
      String[] bare = poll("bare", ports, folder);
      print(agent, bare);
    } finally {
      BenchServer.delete(folder);
    }
    return 0;
  }

  private String[] poll(String how, String ports, Path folder) throws InterruptedException {
    try (Child poller =
        Child.start(
            how + " poller",
            FLAGS,
            SnmpPollerMain.class.getName(),
            List.of(how, String.valueOf(warmUp), String.valueOf(seconds), ports),
            folder.resolve(how + ".log"),
            line -> line.startsWith(SnmpPollerMain.RESULT))) {
      String line = poller.awaitReady(TIME_TO_START.plusSeconds(warmUp + seconds));
      return line.substring(SnmpPollerMain.RESULT.length()).split(" ", -1);
    }
  }

  private void print(String[] agent, String[] bare) {
    System.out.printf(
        Locale.ROOT,
        "{\"devicesPerSecond\":%s,\"cpuSecondsPer1000Polls\":%s,"
            + "\"bareSnmp4jDevicesPerSecond\":%s,\"bareSnmp4jCpuSecondsPer1000Polls\":%s,"
            + "\"cpuOfBare\":%.2f,\"failures\":%s,\"rssMiB\":%s,\"devices\":%d,"
            + "\"valuesPerPoll\":22}%n",
        agent[0],
        agent[1],
        bare[0],
        bare[1],
        Double.parseDouble(agent[1]) / Math.max(1e-4, Double.parseDouble(bare[1])),
        agent[2],
        agent[3],
        devices);
  }

  private void check(boolean good, String otherwise) {
    if (!good && spec != null) {
      throw new ParameterException(spec.commandLine(), otherwise);
    }
  }
}
