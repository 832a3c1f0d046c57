package org.rollcall.simulator.demo;

import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.rollcall.simulator.district.District;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./rollcall demo}. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "A whole district on this machine: server, simulated campuses on real protocols, real",
      "agents, back-filled history. Ctrl-C ends it."
    })
public final class DemoCommand implements Callable<Integer> {
  /** More than its parts may take together: the agents, then the server before it is killed. */
  private static final long SECONDS_TO_END = 60;

  private static final int MOST_DAYS = 60;
  private static final int MOST_PORT = 65_535;

  @Option(names = "--schools", defaultValue = "60", description = "default: ${DEFAULT-VALUE}")
  private int schools;

  @Option(names = "--http-port", defaultValue = "8080", description = "default: ${DEFAULT-VALUE}")
  private int httpPort;

  @Option(names = "--mqtt-port", defaultValue = "8883", description = "default: ${DEFAULT-VALUE}")
  private int mqttPort;

  @Option(
      names = "--days",
      defaultValue = "30",
      description = "days of history; default: ${DEFAULT-VALUE}")
  private int days;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "an empty folder for everything; default: a temporary one, removed at the end")
  private @Nullable Path data;

  @Option(names = "--seed", defaultValue = "1", description = "default: ${DEFAULT-VALUE}")
  private long seed;

  @Spec private @Nullable CommandSpec spec;

  /**
   * What a demo is made of.
   *
   * @param data an empty folder; null: a temporary one
   */
  record Settings(
      long seed, int schools, int days, int httpPort, int mqttPort, @Nullable Path data) {}

  @Override
  public Integer call() throws Exception {
    check(
        schools >= 1 && schools <= District.MOST_SCHOOLS,
        "--schools is 1 to " + District.MOST_SCHOOLS);
    check(days >= 1 && days <= MOST_DAYS, "--days is 1 to " + MOST_DAYS);
    check(httpPort >= 1 && httpPort <= MOST_PORT, "--http-port is 1 to " + MOST_PORT);
    check(mqttPort >= 1 && mqttPort <= MOST_PORT, "--mqtt-port is 1 to " + MOST_PORT);
    Thread main = Thread.currentThread();
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(main, ended), "end"));
    try (Demo demo =
        new Demo(new Settings(seed, schools, days, httpPort, mqttPort, data), Clock.systemUTC())) {
      demo.start();
      demo.awaitEnd();
      return 1;
    } catch (InterruptedException told) {
      return 0;
    } finally {
      ended.countDown();
    }
  }

  private void check(boolean good, String otherwise) {
    if (!good && spec != null) {
      throw new ParameterException(spec.commandLine(), otherwise);
    }
  }

  /** Runs when the process is told to end: interrupts the demo and waits until it is taken down. */
  private static void end(Thread main, CountDownLatch ended) {
    main.interrupt();
    try {
      if (!ended.await(SECONDS_TO_END, TimeUnit.SECONDS)) {
        System.err.println("The demo did not end in time.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
