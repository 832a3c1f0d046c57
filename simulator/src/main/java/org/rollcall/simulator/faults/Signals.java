package org.rollcall.simulator.faults;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Signals to a process by its number, by the system's {@code kill}. */
final class Signals {
  private static final long SECONDS = 10;

  private Signals() {}

  /** The process stands still until {@link #thaw}; its connections stay open. */
  static void freeze(long pid) throws IOException, InterruptedException {
    send("STOP", pid);
  }

  static void thaw(long pid) throws IOException, InterruptedException {
    send("CONT", pid);
  }

  private static void send(String signal, long pid) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-" + signal, String.valueOf(pid)).start();
    if (!kill.waitFor(SECONDS, TimeUnit.SECONDS) || kill.exitValue() != 0) {
      throw new IOException("Process " + pid + " did not take the signal " + signal + ".");
    }
  }
}
