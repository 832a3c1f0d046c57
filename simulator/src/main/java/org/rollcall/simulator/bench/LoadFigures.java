package org.rollcall.simulator.bench;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;

/**
 * What the connections of one run count together. Sent, acknowledged and the histogram are written
 * by the one event loop; anybody may read the counts, the histogram only after the run.
 */
final class LoadFigures {
  private static final long LONGEST_LATENCY_MICROS = TimeUnit.MINUTES.toMicros(2);

  private final LongAdder sent = new LongAdder();
  private final LongAdder acknowledged = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicBoolean sending = new AtomicBoolean();
  private final AtomicBoolean counting = new AtomicBoolean();
  private final AtomicBoolean over = new AtomicBoolean();
  private final Map<String, Integer> faults = new ConcurrentSkipListMap<>();
  private final Histogram latencyMicros = new Histogram(LONGEST_LATENCY_MICROS, 3);

  void connected() {
    connections.incrementAndGet();
  }

  int connections() {
    return connections.get();
  }

  void sent() {
    sent.increment();
  }

  void acknowledged(int reason, long nanos) {
    if (reason >= 0x80) {
      refused.increment();
      return;
    }
    acknowledged.increment();
    if (counting.getPlain()) {
      latencyMicros.recordValue(Math.min(LONGEST_LATENCY_MICROS, nanos / 1_000));
    }
  }

  void broken(String what) {
    faults.merge(what, 1, Integer::sum);
  }

  boolean sending() {
    return sending.getPlain();
  }

  boolean over() {
    return over.get();
  }

  /** Lets connections send; latencies are not kept yet. */
  void beginSending() {
    sending.set(true);
  }

  /** The warm-up is over: latencies are kept from here. */
  void beginCounting() {
    counting.set(true);
  }

  void endCounting() {
    counting.set(false);
  }

  void endSending() {
    sending.set(false);
  }

  /** From here on, a connection that closes is no fault. */
  void end() {
    over.set(true);
  }

  long sentSoFar() {
    return sent.sum();
  }

  long acknowledgedSoFar() {
    return acknowledged.sum();
  }

  long refusedSoFar() {
    return refused.sum();
  }

  /** What went wrong, with how often. */
  Map<String, Integer> faults() {
    return new TreeMap<>(faults);
  }

  double latencyMillisAt(double percentile) {
    return latencyMicros.getValueAtPercentile(percentile) / 1_000.0;
  }
}
