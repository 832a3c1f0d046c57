package org.rollcall.simulator.faults;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Looks at the server's heap several times a second while it answers, on a thread of its own, and
 * remembers the most it saw: used bytes, what the collector of garbage has not taken yet included.
 */
final class HeapWatch implements AutoCloseable {
  private static final String HEAP = "rollcall_heap_used_bytes";
  private static final long LOOK_MILLIS = 250;

  private final RunningServer server;
  private final AtomicLong peak = new AtomicLong();
  private final Thread thread = new Thread(this::look, "heap-watch");

  HeapWatch(RunningServer server) {
    this.server = server;
  }

  void start() {
    thread.setDaemon(true);
    thread.start();
  }

  long peakMib() {
    return peak.get() / (1 << 20);
  }

  /** Ends with an interrupt. */
  private void look() {
    try {
      while (true) {
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        try {
          peak.accumulateAndGet((long) server.metric(HEAP), Math::max);
        } catch (IOException e) {
          // It is down, or stands still; the next look tells.
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
