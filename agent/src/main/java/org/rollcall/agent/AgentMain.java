package org.rollcall.agent;

import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The agent's process. Plain {@code agent} and {@code agent --config FILE}, as services start it,
 * are understood here: what reads every other command line would stay in memory for years.
 */
public final class AgentMain {
  /** System property that installed packages set to where their settings lie. */
  private static final String CONFIG = "rollcall.agent.config";

  private static final String DEFAULT_CONFIG = "config/agent.yaml";

  /** The same for the command line reader. */
  static final String CONFIG_OR_DEFAULT = "${sys:" + CONFIG + ":-" + DEFAULT_CONFIG + "}";

  private static final String CONFIG_OPTION = "--config";

  private AgentMain() {}

  public static void main(String[] args) {
    System.setProperty(AgentLog.CHOSEN, "true");
    CountDownLatch toldToEnd = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  toldToEnd.countDown();
                  await(ended);
                },
                "end"));
    int code = run(args, writer(System.out), writer(System.err), toldToEnd);
    ended.countDown();
    System.exit(code);
  }

  /**
   * Runs a command line.
   *
   * @param toldToEnd counted down when a running agent is to close
   * @return 0 for success, 1 for a failure that was explained on {@code err}, 2 for wrong usage
   */
  static int run(String[] args, PrintWriter out, PrintWriter err, CountDownLatch toldToEnd) {
    if (args.length == 0) {
      return AgentRun.until(toldToEnd, Path.of(System.getProperty(CONFIG, DEFAULT_CONFIG)), err);
    }
    if (args.length == 2 && args[0].equals(CONFIG_OPTION)) {
      return AgentRun.until(toldToEnd, Path.of(args[1]), err);
    }
    return AgentCommand.run(args, out, err, toldToEnd);
  }

  private static PrintWriter writer(OutputStream console) {
    return new PrintWriter(console, true, Charset.defaultCharset());
  }

  private static void await(CountDownLatch latch) {
    try {
      boolean unused = latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
