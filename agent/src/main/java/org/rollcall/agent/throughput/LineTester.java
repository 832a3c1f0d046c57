package org.rollcall.agent.throughput;

import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.rollcall.protocol.v1.Command;
import org.rollcall.protocol.v1.LineTest;
import org.rollcall.protocol.v1.Observation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does LineTest commands: tests the line, or skips the test with a reason. One test at a time; each
 * command makes exactly one observation. {@link #handle} on any thread, without waiting.
 */
public final class LineTester implements AutoCloseable {
  /** Reasons for which a test is skipped. */
  static final String LINE_BUSY = "line-busy";

  static final String TEST_UNDER_WAY = "test-under-way";
  static final String EXPIRED = "expired";
  static final String BUDGET_SPENT = "budget-spent";
  static final String SWITCHED_OFF = "switched-off";
  static final String BAD_COMMAND = "bad-command";
  static final String NO_SUCH_HOST = "no-such-host";
  static final String FAILED = "test-failed";

  /** How far this machine's clock may be off before an expiry means nothing. Project default. */
  private static final long CLOCKS_APART_MILLIS = 30_000;

  private static final Logger LOG = LoggerFactory.getLogger(LineTester.class);

  private volatile LineTestSettings settings;
  private final TrafficBudget budget;
  private final LineUse use;
  private final Surroundings around;
  private final ThreadPoolExecutor thread;
  private volatile boolean closed;

  /**
   * What a tester takes from outside.
   *
   * @param serverKeySha256 by which key the collector is known; null: full tests go without TLS
   * @param report where observations go; any thread
   */
  public record Surroundings(
      Clock clock,
      RandomGenerator random,
      @Nullable String serverKeySha256,
      Consumer<Observation> report) {}

  /**
   * @param folder the agent's own, for what tests moved this month
   */
  public LineTester(LineTestSettings settings, Path folder, LineUse use, Surroundings around) {
    this.settings = settings;
    this.budget = new TrafficBudget(folder.resolve("line-tests"), around.clock());
    this.use = use;
    this.around = around;
    this.thread =
        new ThreadPoolExecutor(
            0, 1, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), LineTester::thread);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "line-test");
    thread.setDaemon(true);
    return thread;
  }

  /** What tests may cost from the next one on. Any thread. */
  public void settings(LineTestSettings newer) {
    settings = newer;
  }

  /** Begins with a command, or skips it at once. */
  public void handle(Command command) {
    LineTest test = command.getLineTest();
    LineReport report = new LineReport(test, around.clock());
    report.skewOfCommand(command.getSentMillis());
    Double used =
        use.share(test.getLine(), test.getContractBitsPerSecond(), around.clock().millis());
    report.utilisation(used);
    String skipped = whyNot(command, used);
    if (skipped == null) {
      try {
        thread.execute(() -> run(test, report));
        return;
      } catch (RejectedExecutionException busy) {
        skipped = TEST_UNDER_WAY;
      }
    }
    LOG.atDebug().addKeyValue("line", test.getLine()).addKeyValue("reason", skipped).log("Skipped");
    around.report().accept(report.skipped(skipped));
  }

  private @Nullable String whyNot(Command command, @Nullable Double used) {
    LineTest test = command.getLineTest();
    LineTestSettings now = settings;
    if (!now.enabled()) {
      return SWITCHED_OFF;
    }
    if (around.clock().millis() - command.getExpiresMillis() > CLOCKS_APART_MILLIS) {
      return EXPIRED;
    }
    if (used != null && used >= test.getMaxUtilisation() && test.getMaxUtilisation() > 0) {
      return LINE_BUSY;
    }
    Long monthly = now.monthlyBytes() == null ? null : now.monthlyBytes().bytes();
    return budget.allows(test.getMaxBytes(), monthly) ? null : BUDGET_SPENT;
  }

  private void run(LineTest test, LineReport report) {
    Observation seen;
    try {
      seen =
          switch (test.getWay()) {
            case PACED -> {
              PacedLine paced = new PacedLine(test, around, () -> closed);
              yield paced.run(report);
            }
            case FULL -> {
              FullLine full = new FullLine(test, around);
              yield full.run(report);
            }
            case UNRECOGNIZED -> report.skipped(BAD_COMMAND);
          };
    } catch (RuntimeException e) {
      LOG.atWarn().addKeyValue("line", test.getLine()).setCause(e).log("A line test failed");
      seen = report.skipped(FAILED);
    }
    budget.spend(report.moved());
    around.report().accept(seen);
  }

  /** Ends a test that is under way; its observation is still made. Waits for 5 s at most. */
  @Override
  public void close() {
    closed = true;
    thread.shutdownNow();
    try {
      boolean unused = thread.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
