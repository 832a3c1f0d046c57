package org.rollcall.simulator.bench;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.rollcall.simulator.server.ProcessFigures;

/**
 * Polls the ports it is given, as fast as it can, in a process of its own, whose CPU time is all
 * that is counted. Prints one line, {@value #RESULT} and its figures; ends with its parent.
 */
public final class SnmpPollerMain {
  static final String RESULT = "polled ";

  /** Polls under way at once, in all. */
  static final int IN_FLIGHT = 64;

  private SnmpPollerMain() {}

  /** A way to poll. */
  interface Poller extends AutoCloseable {
    /** Begins to poll the ports round and round. */
    void start(List<Integer> ports);

    /** Polls that were answered in full so far. */
    long polls();

    /** Polls that were not. */
    long failures();

    @Override
    void close();
  }

  /**
   * Polls.
   *
   * @param arguments rollcall or bare; seconds to warm up; seconds to measure; ports
   */
  public static void main(String[] arguments) throws InterruptedException {
    List<Integer> ports = Stream.of(arguments[3].split(",", -1)).map(Integer::valueOf).toList();
    long pid = ProcessHandle.current().pid();
    try (Poller poller = arguments[0].equals("bare") ? new BarePoller() : new AgentPoller()) {
      poller.start(ports);
      TimeUnit.SECONDS.sleep(Long.parseLong(arguments[1]));
      ProcessFigures before = ProcessFigures.of(pid);
      long began = System.nanoTime();
      long first = poller.polls();
      TimeUnit.SECONDS.sleep(Long.parseLong(arguments[2]));
      long polls = poller.polls() - first;
      double seconds = (System.nanoTime() - began) / 1e9;
      ProcessFigures after = ProcessFigures.of(pid);
      System.out.printf(
          Locale.ROOT,
          RESULT + "%.0f %.4f %d %.1f%n",
          polls / seconds,
          (after.cpuSeconds() - before.cpuSeconds()) * 1_000 / Math.max(1, polls),
          poller.failures(),
          after.rssMiB());
    }
    System.exit(0);
  }
}
