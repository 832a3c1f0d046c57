package org.rollcall.web.command;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.rollcall.config.SettingsException;
import org.rollcall.web.Server;
import org.rollcall.web.ServerSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./rollcall server}: runs until it is told to end. */
@Command(
    name = "server",
    description = "The server: takes reports, judges, shows the map. Ends with Ctrl-C.",
    mixinStandardHelpOptions = true)
final class ServerCommand implements Callable<Integer> {
  @Mixin private ConfigOption config = new ConfigOption();

  @Option(
      names = "--end-with-stdin",
      hidden = true,
      description = "End when standard input ends: for a parent process that may die.")
  private boolean endWithStdin;

  @Override
  public Integer call() throws SettingsException, IOException, InterruptedException {
    ServerSettings settings = config.settings();
    CountDownLatch end = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    try (Server server = Server.start(settings, Clock.systemUTC())) {
      Thread hook = new Thread(() -> endAndWait(end, ended), "end");
      Runtime.getRuntime().addShutdownHook(hook);
      if (endWithStdin) {
        watchStdin(end);
      }
      System.out.println("Rollcall is ready: " + server.url());
      Path code = server.collector().firstRun().codeFile();
      if (code != null) {
        System.out.println(
            "There is no account yet: open " + server.url() + "/setup with the code in " + code);
      }
      System.out.flush();
      end.await();
    } finally {
      ended.countDown();
    }
    return 0;
  }

  private static void endAndWait(CountDownLatch end, CountDownLatch ended) {
    end.countDown();
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Reads until the end of standard input, which comes when the parent process is gone. */
  private static void watchStdin(CountDownLatch end) {
    Thread watcher =
        new Thread(
            () -> {
              try {
                while (System.in.read() >= 0) {
                  // What is written to us means nothing; only the end does.
                }
              } catch (IOException e) {
                // A broken pipe is an end as well.
              }
              end.countDown();
            },
            "stdin");
    watcher.setDaemon(true);
    watcher.start();
  }
}
