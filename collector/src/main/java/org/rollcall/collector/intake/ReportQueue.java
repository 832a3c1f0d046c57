package org.rollcall.collector.intake;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Reports waiting for the store, oldest first. Says when it is congested (senders should pause) and
 * refuses above its hard limits. Any thread puts; the writer takes.
 */
final class ReportQueue {
  private static final long MAX_BATCH_BYTES = 4L << 20;

  private final Capacity capacity;
  private final ArrayDeque<Pending> waiting = new ArrayDeque<>();
  private long bytes;
  private boolean closed;

  ReportQueue(Capacity capacity) {
    this.capacity = capacity;
  }

  /** False if the report does not fit, or the queue is closed. */
  synchronized boolean put(Pending report) {
    if (closed
        || waiting.size() >= capacity.hardReports()
        || bytes + report.bytes() > capacity.hardBytes()) {
      return false;
    }
    waiting.add(report);
    bytes += report.bytes();
    if (waiting.size() == 1) {
      notifyAll();
    }
    return true;
  }

  /** Waits for the next batch; empty when the queue is closed and nothing is left in it. */
  synchronized List<Pending> take() throws InterruptedException {
    while (waiting.isEmpty() && !closed) {
      wait();
    }
    List<Pending> batch = new ArrayList<>(Math.min(waiting.size(), capacity.batchReports()));
    long batchBytes = 0;
    while (batch.size() < capacity.batchReports() && batchBytes < MAX_BATCH_BYTES) {
      Pending report = waiting.poll();
      if (report == null) {
        break;
      }
      batch.add(report);
      batchBytes += report.bytes();
    }
    bytes -= batchBytes;
    return batch;
  }

  synchronized boolean congested() {
    return waiting.size() >= capacity.reports() || bytes >= capacity.bytes();
  }

  /** Whether so little waits that paused senders may go on. */
  synchronized boolean relieved() {
    return waiting.size() <= capacity.reports() / 2 && bytes <= capacity.bytes() / 2;
  }

  synchronized boolean isClosed() {
    return closed;
  }

  /** Refuses what comes from now on; what waits can still be taken. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }
}
