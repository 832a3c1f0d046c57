package org.rollcall.agent.reach.ping;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.rollcall.agent.notice.RepeatedNotice;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The system's {@code ping}, run as a process without a shell. At most {@link #PROCESSES} run at
 * once and {@link #QUEUE} looks wait; no process outlives the time it was given, nor {@link
 * #close}. What it prints is read up to {@link #MOST_BYTES}. All numbers are project defaults.
 */
public final class PingProgram implements AutoCloseable {

  /** Whose ping it is: they differ in options and in words. */
  public enum Kind {
    IPUTILS,
    BUSYBOX,
    OTHER
  }

  /**
   * What a run left.
   *
   * @param exit the exit code; -1 when it had to be killed
   * @param text all it printed, both streams
   */
  public record Printed(int exit, String text) {}

  /** The program is not there, or cannot be started. */
  public static final class NoPingException extends Exception {
    private static final long serialVersionUID = 1L;

    NoPingException(IOException cause) {
      super(cause);
    }
  }

  /** Reason of a look that could not be made because there is no ping. */
  public static final String NO_PROGRAM = "no-ping-program";

  /** Reason of a look for which ping said nothing that can be read. */
  public static final String FAILED = "ping-failed";

  /** Reason of a look that came when too many were waiting. */
  public static final String BUSY = "ping-busy";

  static final int PROCESSES = 4;
  static final int QUEUE = 128;
  static final int MOST_BYTES = 8192;

  private static final Logger LOG = LoggerFactory.getLogger(PingProgram.class);
  private static final Duration ONE_NOTICE_IN = Duration.ofDays(30);

  private final List<String> command;
  private final RepeatedNotice missing;
  private final RepeatedNotice failing;
  private final ThreadPoolExecutor threads;
  private final Set<Process> running = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;
  private volatile @Nullable Kind kind;

  public PingProgram(Clock clock) {
    this(List.of("ping"), clock);
  }

  /**
   * @param command the program and what stands before the options: the path is looked for as the
   *     system does
   */
  public PingProgram(List<String> command, Clock clock) {
    this.command = List.copyOf(command);
    this.missing = new RepeatedNotice(LOG, ONE_NOTICE_IN, clock);
    this.failing = new RepeatedNotice(LOG, Duration.ofHours(1), clock);
    this.threads =
        new ThreadPoolExecutor(
            PROCESSES,
            PROCESSES,
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(QUEUE),
            work -> {
              Thread thread = new Thread(work, "ping");
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * Does the work on one of the threads here, on which {@link #run} may block.
   *
   * @param whenBusy what comes of it when too many wait, or after {@link #close}
   */
  public <T> CompletableFuture<T> inTurn(Supplier<T> work, Supplier<T> whenBusy) {
    try {
      return CompletableFuture.supplyAsync(work, threads);
    } catch (RejectedExecutionException busy) {
      return CompletableFuture.completedFuture(whenBusy.get());
    }
  }

  /**
   * Runs the program to its end. Blocks.
   *
   * @param patience after this it is killed
   * @throws NoPingException when it cannot be started; said in the log once
   */
  public Printed run(List<String> arguments, Duration patience) throws NoPingException {
    List<String> line = new ArrayList<>(command);
    line.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.put("LANG", "C");
    environment.put("LC_ALL", "C");
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      missing.warn(
          "There is no ping program: install iputils-ping, or look by tcp",
          command.get(command.size() - 1),
          String.valueOf(e.getMessage()));
      throw new NoPingException(e);
    }
    missing.over("There is a ping program again", command.get(command.size() - 1));
    running.add(process);
    AtomicBoolean killed = new AtomicBoolean();
    CompletableFuture<Void> killing =
        CompletableFuture.runAsync(
            () -> kill(process, killed), after(closed ? Duration.ZERO : patience));
    try {
      return printed(process, killed);
    } finally {
      killing.cancel(false);
      kill(process, killed);
      running.remove(process);
    }
  }

  private static Executor after(Duration patience) {
    return CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Kills what is still there, with whatever it started: a wrapper's child would hold the pipe. */
  private static void kill(Process process, AtomicBoolean killed) {
    if (process.isAlive()) {
      killed.set(true);
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static Printed printed(Process process, AtomicBoolean killed) {
    String text = "";
    try (InputStream out = process.getInputStream()) {
      process.getOutputStream().close();
      text = new String(out.readNBytes(MOST_BYTES), StandardCharsets.ISO_8859_1);
      if (text.length() == MOST_BYTES) {
        kill(process, killed); // it says more than any ping
      }
    } catch (IOException e) {
      LOG.atDebug().setCause(e).log("What ping printed was cut off");
    }
    try {
      if (!process.waitFor(1, TimeUnit.SECONDS)) {
        kill(process, killed);
      }
      return new Printed(killed.get() ? -1 : process.exitValue(), text);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Printed(-1, text);
    }
  }

  /**
   * Whose program it is; asked of it once. Blocks.
   *
   * @throws NoPingException as {@link #run}
   */
  public Kind kind() throws NoPingException {
    Kind known = kind;
    if (known == null) {
      String text = run(List.of("-V"), Duration.ofSeconds(5)).text();
      known =
          text.contains("iputils")
              ? Kind.IPUTILS
              : text.contains("BusyBox") ? Kind.BUSYBOX : Kind.OTHER;
      kind = known;
    }
    return known;
  }

  /** Says, now and then, what the program answered when it could not be used. */
  public void complain(String subject, Printed printed) {
    if (!closed) {
      failing.warn("Ping cannot be used", subject, firstLine(printed.text()));
    }
  }

  private static String firstLine(String text) {
    String line = text.strip().lines().findFirst().orElse("(it printed nothing)");
    return line.length() <= 200 ? line : line.substring(0, 200);
  }

  /** Ends what is running; looks after this are {@link #BUSY}. */
  @Override
  public void close() {
    closed = true;
    threads.shutdownNow();
    running.forEach(process -> kill(process, new AtomicBoolean()));
  }
}
