package org.rollcall.simulator.server;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Runs another main class, and ends when standard input ends: the parent holds the other end of it,
 * so a child goes with its parent even where that was killed and could tell nobody.
 */
public final class WatchedMain {
  private static final long SECONDS_TO_END = 15;

  private WatchedMain() {}

  /** First argument: the class whose {@code main} to run; the others go to it. */
  public static void main(String[] arguments) throws ReflectiveOperationException {
    Thread watch = new Thread(WatchedMain::endWithParent, "parent-watch");
    watch.setDaemon(true);
    watch.start();
    String[] own = Arrays.copyOfRange(arguments, 1, arguments.length);
    try {
      Class.forName(arguments[0]).getMethod("main", String[].class).invoke(null, (Object) own);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(arguments[0] + " failed", e.getCause());
    }
  }

  private static void endWithParent() {
    try {
      while (System.in.read() >= 0) {
        // Nothing is ever said; only the end counts.
      }
    } catch (IOException e) {
      System.err.println("Standard input broke (" + e.getMessage() + "); ending.");
    }
    Thread last = new Thread(WatchedMain::halt, "halt");
    last.setDaemon(true);
    last.start();
    Runtime.getRuntime().exit(0);
  }

  /** For a child whose orderly end hangs. */
  private static void halt() {
    try {
      TimeUnit.SECONDS.sleep(SECONDS_TO_END);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(1);
  }
}
