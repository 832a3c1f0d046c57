package org.rollcall.simulator.server;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * A Java process that shares this one's class path and dies with it. What it prints goes to a log
 * file; one thread reads it and ends with the process.
 */
public final class Child implements AutoCloseable {
  private static final Duration TIME_TO_END = Duration.ofSeconds(Child.END_SECONDS);
  private static final int LAST_LINES = 20;

  private final String name;
  private final Process process;
  private final Thread reader;
  private final CompletableFuture<String> ready = new CompletableFuture<>();
  private final Deque<String> lastLines = new ArrayDeque<>();

  private Child(String name, Process process, Path log, Predicate<String> readyLine) {
    this.name = name;
    this.process = process;
    this.reader = new Thread(() -> read(log, readyLine), name + "-output");
    reader.setDaemon(true);
  }

  /**
   * Starts a main class under {@link WatchedMain}.
   *
   * @param name for messages, e.g. server
   * @param log file that gets all output, after what is in it
   * @param readyLine tells the line of output that means it is ready
   */
  public static Child start(
      String name,
      List<String> flags,
      String main,
      List<String> arguments,
      Path log,
      Predicate<String> readyLine) {
    List<String> command = new ArrayList<>(Launch.java(flags));
    command.add(WatchedMain.class.getName());
    command.add(main);
    command.addAll(arguments);
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      Child child = new Child(name, process, log, readyLine);
      child.reader.start();
      return child;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot start the " + name + " process.", e);
    }
  }

  private void read(Path log, Predicate<String> readyLine) {
    try (BufferedReader in =
            new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        BufferedWriter out =
            Files.newBufferedWriter(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        out.write(line);
        out.newLine();
        out.flush();
        remember(line);
        if (readyLine.test(line)) {
          ready.complete(line);
        }
      }
    } catch (IOException e) {
      remember("Its output could not be read or kept: " + e.getMessage());
    } finally {
      ready.completeExceptionally(new IllegalStateException("The " + name + " ended early."));
    }
  }

  private synchronized void remember(String line) {
    lastLines.add(line);
    if (lastLines.size() > LAST_LINES) {
      lastLines.remove();
    }
  }

  private synchronized String lastLines() {
    return String.join("\n  ", lastLines);
  }

  /**
   * Waits for the ready line.
   *
   * @throws IllegalStateException with the last lines it printed, if it ends or the time passes
   */
  public String awaitReady(Duration limit) throws InterruptedException {
    try {
      return ready.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | java.util.concurrent.ExecutionException e) {
      throw new IllegalStateException(
          "The "
              + name
              + (process.isAlive() ? " is not ready after " + limit.toSeconds() + " s" : " ended")
              + ". It said last:\n  "
              + lastLines(),
          e);
    }
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** The same as kill -9: it gets no chance to do anything. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
    reader.join();
  }

  /** Asks it to end, and kills it if it does not within {@value #END_SECONDS} seconds. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(TIME_TO_END.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
      reader.join(TIME_TO_END.toMillis());
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  static final long END_SECONDS = 20;
}
