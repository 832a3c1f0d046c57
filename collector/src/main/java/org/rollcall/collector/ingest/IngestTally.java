package org.rollcall.collector.ingest;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** The door's counters. Any thread. */
final class IngestTally {
  final LongAdder open = new LongAdder();
  final LongAdder accepted = new LongAdder();
  final LongAdder turnedAway = new LongAdder();
  final LongAdder crowdedOut = new LongAdder();
  final LongAdder logins = new LongAdder();
  final LongAdder enrolled = new LongAdder();
  final LongAdder malformed = new LongAdder();
  final LongAdder tooSlow = new LongAdder();
  final LongAdder silent = new LongAdder();
  final LongAdder takenOver = new LongAdder();
  final LongAdder twoPlaces = new LongAdder();
  final LongAdder subscriptionsRefused = new LongAdder();
  final LongAdder held = new LongAdder();
  final LongAdder told = new LongAdder();
  final LongAdder notTold = new LongAdder();
  private final Map<String, LongAdder> loginsRefused = new ConcurrentHashMap<>();

  void loginRefused(String reason) {
    loginsRefused.computeIfAbsent(reason, key -> new LongAdder()).increment();
  }

  IngestCounts snapshot() {
    Map<String, Long> refused = new TreeMap<>();
    loginsRefused.forEach((reason, count) -> refused.put(reason, count.sum()));
    return new IngestCounts(
        open.sum(),
        accepted.sum(),
        turnedAway.sum(),
        logins.sum(),
        refused,
        enrolled.sum(),
        malformed.sum(),
        tooSlow.sum(),
        crowdedOut.sum(),
        silent.sum(),
        takenOver.sum(),
        twoPlaces.sum(),
        held.sum(),
        subscriptionsRefused.sum(),
        told.sum(),
        notTold.sum());
  }
}
