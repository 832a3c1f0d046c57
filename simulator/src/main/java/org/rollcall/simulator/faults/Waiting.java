package org.rollcall.simulator.faults;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waits for what should come by itself. */
final class Waiting {
  private static final long LOOK_MILLIS = 50;

  private Waiting() {}

  /** Looks; a question that fails is a no. */
  @FunctionalInterface
  interface Condition {
    boolean holds() throws IOException, InterruptedException;
  }

  /**
   * Looks again and again until it holds.
   *
   * @param otherwise what is wrong if it does not, as half a sentence
   * @throws BrokenPromiseException when the time is over
   */
  static void until(Duration patience, Condition condition, String otherwise)
      throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    String detail = "";
    while (true) {
      try {
        if (condition.holds()) {
          return;
        }
      } catch (IOException e) {
        detail = " (" + e + ")";
      }
      if (System.nanoTime() > end) {
        throw new BrokenPromiseException(
            "After " + patience.toSeconds() + " s " + otherwise + detail + ".");
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
  }

  /** Lets that much time pass. */
  static void pass(Duration time) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(time.toNanos());
  }
}
