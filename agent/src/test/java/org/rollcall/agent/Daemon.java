package org.rollcall.agent;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A program that tests talk to. When {@link #close} or {@link #kill} returns the process has ended,
 * so that it writes nothing more into a folder that is about to be removed.
 */
public final class Daemon implements AutoCloseable {
  private static final long SECONDS_TO_END = 30;

  private final Process process;
  private final Path log;

  private Daemon(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * @param log file that gets all it prints
   */
  public static Daemon start(ProcessBuilder command, Path log) throws IOException {
    Process process = command.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    return new Daemon(process, log);
  }

  /** Fails with what the program printed if it has ended. */
  public void mustBeAlive() {
    if (!process.isAlive()) {
      throw new AssertionError(process.info() + " ended with " + process.exitValue() + said());
    }
  }

  private String said() {
    try {
      return ":\n" + Files.readString(log, StandardCharsets.ISO_8859_1);
    } catch (IOException unreadable) {
      return "; its log cannot be read: " + unreadable;
    }
  }

  /** The same as kill -9. */
  public void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** Asks it to end, and kills it if it does not. */
  @Override
  public void close() {
    process.destroy();
    if (!awaitEnd()) {
      process.destroyForcibly();
      if (!awaitEnd()) {
        throw new AssertionError("process " + process.pid() + " outlived kill -9");
      }
    }
  }

  private boolean awaitEnd() {
    try {
      return process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while a daemon ended", interrupted);
    }
  }
}
