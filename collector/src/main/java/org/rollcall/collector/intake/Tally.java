package org.rollcall.collector.intake;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** The intake's counters. Reasons are codes from our own source, so their number is bounded. */
final class Tally {
  final LongAdder received = new LongAdder();
  final LongAdder stored = new LongAdder();
  final LongAdder duplicate = new LongAdder();
  final LongAdder unavailable = new LongAdder();
  final LongAdder inFlight = new LongAdder();
  final LongAdder observations = new LongAdder();
  final LongAdder batches = new LongAdder();
  final LongAdder numbersReused = new LongAdder();
  final LongAdder listenerFailures = new LongAdder();
  private final Map<String, LongAdder> rejected = new ConcurrentHashMap<>();

  void rejected(String reason) {
    rejected.computeIfAbsent(reason, key -> new LongAdder()).increment();
  }

  void settled(Outcome outcome) {
    inFlight.decrement();
    switch (outcome.kind()) {
      case STORED -> stored.increment();
      case DUPLICATE -> duplicate.increment();
      case UNAVAILABLE -> unavailable.increment();
      case MALFORMED, NOT_YOURS, BUSY -> rejected(outcome.reason());
    }
  }

  IntakeCounts snapshot() {
    Map<String, Long> reasons = new TreeMap<>();
    rejected.forEach((reason, count) -> reasons.put(reason, count.sum()));
    return new IntakeCounts(
        received.sum(),
        stored.sum(),
        duplicate.sum(),
        reasons,
        unavailable.sum(),
        inFlight.sum(),
        observations.sum(),
        batches.sum(),
        numbersReused.sum(),
        listenerFailures.sum());
  }
}
