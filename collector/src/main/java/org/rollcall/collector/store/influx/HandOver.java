package org.rollcall.collector.store.influx;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.influxdb.InfluxDB.Cancellable;
import org.influxdb.dto.QueryResult;
import org.jspecify.annotations.Nullable;

/**
 * Passes a streamed answer, piece by piece, from the thread that reads it to the one that asked. A
 * few pieces at most wait: a slow asker slows the reading down.
 */
final class HandOver {
  private static final int MOST_WAITING = 2;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<QueryResult> waiting = new ArrayDeque<>(MOST_WAITING);
  private @Nullable String heldBack;
  private boolean whole;
  private boolean abandoned;
  private @Nullable Throwable fault;

  /** A piece was read. Waits for room; cancels the reading when nobody wants it any more. */
  void piece(Cancellable reading, QueryResult piece) {
    lock.lock();
    try {
      if (piece.getError() != null) {
        error(piece.getError());
        return;
      }
      while (waiting.size() == MOST_WAITING && !abandoned) {
        changed.await();
      }
      if (abandoned) {
        reading.cancel();
        return;
      }
      waiting.add(piece);
      changed.signalAll();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      reading.cancel();
      failed(e);
    } finally {
      lock.unlock();
    }
  }

  /** The client marks the end of an answer as an error: the last one before {@link #ended}. */
  private void error(String said) {
    if (heldBack != null && fault == null) {
      fault = new RefusedException(200, heldBack);
    }
    heldBack = said;
  }

  /** All was read. */
  void ended() {
    lock.lock();
    try {
      whole = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The reading has ended before its time. */
  void failed(Throwable why) {
    lock.lock();
    try {
      if (fault == null) {
        fault = why;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Nobody takes any more. */
  void abandon() {
    lock.lock();
    try {
      abandoned = true;
      waiting.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * The next piece, or null after the last one.
   *
   * @param patience for it to come
   * @throws IOException if the answer is not whole
   */
  @Nullable QueryResult take(Duration patience) throws IOException, InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = patience.toNanos();
      while (waiting.isEmpty() && !whole && fault == null) {
        if (left <= 0) {
          throw new IOException("InfluxDB did not go on with its answer for " + patience + ".");
        }
        left = changed.awaitNanos(left);
      }
      QueryResult piece = waiting.poll();
      changed.signalAll();
      if (piece == null && fault != null) {
        throw new IOException(String.valueOf(fault.getMessage()), fault);
      }
      return piece;
    } finally {
      lock.unlock();
    }
  }
}
