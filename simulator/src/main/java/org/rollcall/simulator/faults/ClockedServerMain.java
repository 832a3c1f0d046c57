package org.rollcall.simulator.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.rollcall.config.SettingsException;
import org.rollcall.config.SettingsReader;
import org.rollcall.web.Server;
import org.rollcall.web.ServerSettings;

/**
 * The server with a clock that a file sets: the milliseconds it is ahead. All else is as {@code
 * ./rollcall server} has it. Arguments: the settings, the clock's file.
 */
public final class ClockedServerMain {
  static final String READY = "Rollcall is ready:";
  private static final long LOOK_MILLIS = 50;

  private ClockedServerMain() {}

  public static void main(String[] arguments)
      throws SettingsException, IOException, InterruptedException {
    ServerSettings settings = SettingsReader.read(Path.of(arguments[0]), ServerSettings.class);
    Path file = Path.of(arguments[1]);
    OffsetClock clock = new OffsetClock();
    clock.ahead(read(file));
    ScheduledExecutorService watch =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "clock-file");
              thread.setDaemon(true);
              return thread;
            });
    ScheduledFuture<?> watching =
        watch.scheduleWithFixedDelay(
            () -> clock.ahead(read(file)), LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    CountDownLatch end = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> endAndWait(end, ended), "end"));
    try (Server server = Server.start(settings, clock)) {
      System.out.println(READY + " " + server.url());
      System.out.flush();
      end.await();
    } finally {
      watching.cancel(false);
      ended.countDown();
    }
  }

  private static void endAndWait(CountDownLatch end, CountDownLatch ended) {
    end.countDown();
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Written anew by a rename, so that it is never read in halves. */
  private static Duration read(Path file) {
    try {
      return Files.exists(file)
          ? Duration.ofMillis(Long.parseLong(Files.readString(file).strip()))
          : Duration.ZERO;
    } catch (IOException e) {
      throw new IllegalStateException("The clock's file " + file + " cannot be read.", e);
    }
  }
}
