package org.rollcall.agent;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.rollcall.agent.enrolment.AgentIdentity;
import org.rollcall.agent.enrolment.EnrolmentException;
import org.rollcall.agent.enrolment.IdentityFolder;
import org.rollcall.agent.spool.SpoolException;
import org.rollcall.agent.status.StatusPage;
import org.rollcall.agent.uplink.NetworkThreads;
import org.rollcall.agent.uplink.UplinkThreads;
import org.rollcall.config.SettingsException;
import org.rollcall.config.SettingsReader;
import org.rollcall.protocol.AgentKey;

/** One agent in this process, from reading its settings to its orderly end. */
final class AgentRun {
  static final int FAILED = 1;

  private AgentRun() {}

  /**
   * Runs on the calling thread; a failure that a person can mend is told on {@code err}.
   *
   * @param toldToEnd counted down when the agent is to close
   * @return 0, or {@value #FAILED} for such a failure
   */
  static int until(CountDownLatch toldToEnd, Path config, PrintWriter err) {
    try {
      until(toldToEnd, config);
      return 0;
    } catch (Exception fault) {
      if (isExpected(fault)) {
        err.println(fault.getMessage());
      } else {
        fault.printStackTrace(err);
      }
      return FAILED;
    }
  }

  static void until(CountDownLatch toldToEnd, Path config) throws Exception {
    AgentSettings settings = SettingsReader.read(config, AgentSettings.class);
    IdentityFolder folder = new IdentityFolder(settings.data());
    AgentIdentity identity = folder.identity();
    AgentKey key = folder.key(identity);
    try (NetworkThreads network = new NetworkThreads(1)) {
      network.start();
      ScheduledExecutorService worker = worker();
      UplinkThreads shared =
          new UplinkThreads(network, worker, Clock.systemUTC(), new SecureRandom());
      try (Agent agent = new Agent(identity, key, folder.folderOf(identity), settings, shared);
          StatusPage page =
              new StatusPage(settings.status(), network.group(), worker, agent::status)) {
        agent.start();
        page.start();
        ColdPages.start(worker);
        toldToEnd.await();
      } catch (IllegalArgumentException e) {
        throw new WrongInputException(config + " cannot be used:\n" + e.getMessage());
      } finally {
        worker.shutdown();
        if (!worker.awaitTermination(5, TimeUnit.SECONDS)) {
          worker.shutdownNow();
        }
      }
    }
  }

  private static ScheduledExecutorService worker() {
    return Executors.newScheduledThreadPool(
        1,
        work -> {
          Thread thread = new Thread(work, "worker");
          thread.setDaemon(true);
          return thread;
        });
  }

  /** Whether the message says what a person should do. */
  static boolean isExpected(Exception fault) {
    return fault instanceof SettingsException
        || fault instanceof EnrolmentException
        || fault instanceof SpoolException
        || fault instanceof WrongInputException;
  }

  /** What a person typed or wrote cannot be used; the message says why. */
  static final class WrongInputException extends Exception {
    private static final long serialVersionUID = 1L;

    WrongInputException(String message) {
      super(message);
    }
  }
}
