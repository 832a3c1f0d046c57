package org.rollcall.agent.snmp;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What has to happen later, on one thread, {@code snmp-waits}: requests that get no answer, pauses
 * between requests. Made for waits of which nearly all are over before their time, and which take
 * one of few lengths: those of one length wait in a line of their own, so that adding costs nothing
 * and what is over leaves when it comes to the head of its line.
 */
final class Waits implements AutoCloseable {

  /** Something that waits. */
  interface Wait {
    /** Whether nobody waits for it any more; then {@link #due} is not called. */
    boolean over();

    /** Its time has come; must not block. */
    void due();
  }

  private record Entry(Wait what, long atNanos) {}

  private final Map<Long, Queue<Entry>> lines = new HashMap<>();
  private @Nullable Thread thread;
  private boolean closed;
  private long nextNanos = Long.MAX_VALUE;

  /** Starts the thread. */
  synchronized void start() {
    Thread started = new Thread(this::run, "snmp-waits");
    started.setDaemon(true);
    thread = started;
    started.start();
  }

  /** Calls {@code wait.due()} after so many milliseconds, unless it is over by then. */
  void add(long millis, Wait wait) {
    long at = System.nanoTime() + millis * 1_000_000;
    Thread wake = null;
    synchronized (this) {
      Queue<Entry> line = lines.computeIfAbsent(millis, length -> new ArrayDeque<>());
      for (Entry head = line.peek(); head != null && head.what.over(); head = line.peek()) {
        line.remove();
      }
      line.add(new Entry(wait, at));
      if (nextNanos == Long.MAX_VALUE || at - nextNanos < 0) {
        nextNanos = at;
        wake = thread;
      }
    }
    if (wake != null) {
      LockSupport.unpark(wake);
    }
  }

  private void run() {
    List<Wait> due = new ArrayList<>();
    while (true) {
      long pause;
      synchronized (this) {
        if (closed) {
          return;
        }
        pause = collect(due);
      }
      due.forEach(Wait::due);
      if (due.isEmpty()) {
        LockSupport.parkNanos(this, pause);
      }
      due.clear();
    }
  }

  /** Moves what is due into the list; answers the nanoseconds until the next. */
  private long collect(List<Wait> due) {
    long now = System.nanoTime();
    long pause = Long.MAX_VALUE;
    for (Queue<Entry> line : lines.values()) {
      Entry head = line.peek();
      while (head != null && (head.what.over() || head.atNanos - now <= 0)) {
        line.remove();
        if (!head.what.over()) {
          due.add(head.what);
        }
        head = line.peek();
      }
      if (head != null) {
        pause = Math.min(pause, head.atNanos - now);
      }
    }
    nextNanos = pause == Long.MAX_VALUE ? Long.MAX_VALUE : now + pause;
    return pause;
  }

  /** How many wait, some of which may be over. */
  synchronized int size() {
    return lines.values().stream().mapToInt(Queue::size).sum();
  }

  @Override
  public void close() {
    Thread ended;
    synchronized (this) {
      closed = true;
      ended = thread;
    }
    if (ended != null) {
      LockSupport.unpark(ended);
    }
  }
}
