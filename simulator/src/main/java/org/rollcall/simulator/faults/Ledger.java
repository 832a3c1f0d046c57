package org.rollcall.simulator.faults;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rollcall.collector.store.GapObservation;
import org.rollcall.collector.store.ObservationStore;
import org.rollcall.protocol.Limits;
import org.rollcall.protocol.v1.Observation;
import org.rollcall.simulator.faults.Journal.Entry;

/**
 * What a store that nobody writes to holds of one agent's school, held against the agent's journal.
 *
 * @param accepted observations the spool took
 * @param lost observations neither stored nor under a gap record, and those lost by an agent that
 *     had room
 * @param dropped observations lost under a gap record
 * @param duplicated rows beyond the first of an observation
 * @param gaps gap records
 * @param firstLost the first entry of the journal that lost counts
 */
record Ledger(
    long accepted, long lost, long dropped, long duplicated, List<Gap> gaps, String firstLost) {
  /** By a clock set back: a store that drops its oldest need not take it, nor a gap of its time. */
  private static final Duration REFUSED_BEFORE = Duration.ofDays(1);

  private static final long TO_MILLIS = 4_000_000_000_000L;

  Ledger {
    gaps = List.copyOf(gaps);
  }

  /** A gap record: both ends inclusive, milliseconds since 1970. */
  record Gap(long from, long to, String reason) {
    boolean spans(long time) {
      return from <= time && time <= to;
    }
  }

  /** What was read: rows by subject and time, and gap records. */
  private record Rows(Map<String, Map<Long, Integer>> counts, List<Gap> gaps) {
    boolean has(String subject, long time) {
      return counts.getOrDefault(subject, Map.of()).containsKey(time);
    }
  }

  static Ledger of(ObservationStore store, RunningAgent agent) {
    Rows rows = read(store, agent.school());
    long accepted = 0;
    long lost = 0;
    long dropped = 0;
    String firstLost = "";
    int subjects = agent.member().plan().subjects();
    long earliest = store.keptSince().plus(REFUSED_BEFORE).toEpochMilli();
    for (Entry entry : agent.owed()) {
      if (entry.time() < earliest) {
        continue;
      }
      accepted += entry.kept() ? subjects : 0;
      for (int number = 0; number < subjects; number++) {
        if (rows.has(agent.member().plan().subject(number), entry.time())) {
          continue;
        }
        if (agent.member().mayLose() && isTold(rows.gaps(), entry)) {
          dropped++;
        } else {
          firstLost = lost++ == 0 ? entry.line().strip() : firstLost;
        }
      }
    }
    long duplicated =
        rows.counts().values().stream()
            .flatMap(times -> times.values().stream())
            .mapToLong(count -> count - 1)
            .sum();
    return new Ledger(accepted, lost, dropped, duplicated, rows.gaps(), firstLost);
  }

  /**
   * By the agent's clock as it was then. Where that was refused, by the time it really was: of what
   * was seen, or, for an agent that only knows when it was told, of the seeing.
   */
  private static boolean isTold(List<Gap> gaps, Entry entry) {
    boolean wasRefused = entry.aheadMillis() > Limits.MAX_AHEAD.toMillis();
    return gaps.stream()
        .anyMatch(
            gap ->
                gap.spans(entry.time())
                    || gap.spans(entry.trueTime())
                    || (wasRefused && gap.spans(entry.wall())));
  }

  private static Rows read(ObservationStore store, String school) {
    Map<String, Map<Long, Integer>> counts = new HashMap<>();
    List<Gap> gaps = new ArrayList<>();
    store.visit(
        school,
        Instant.ofEpochMilli(Limits.EARLIEST_MILLIS),
        Instant.ofEpochMilli(TO_MILLIS),
        (code, seen) -> {
          if (seen.getSubject().startsWith(GapObservation.KIND + ':')) {
            gaps.add(gap(seen));
          } else {
            counts
                .computeIfAbsent(seen.getSubject(), subject -> new HashMap<>())
                .merge(seen.getTimeMillis(), 1, Integer::sum);
          }
        });
    return new Rows(counts, gaps);
  }

  private static Gap gap(Observation seen) {
    return new Gap(
        seen.getTimeMillis(),
        (long) seen.getMeasuresOrThrow(GapObservation.UNTIL_MILLIS),
        seen.getReason());
  }

  /** Times at which the store holds the school's line. */
  static java.util.NavigableSet<Long> lineTimes(ObservationStore store, String school) {
    java.util.TreeSet<Long> times = new java.util.TreeSet<>();
    store.visitKind(
        school,
        "link",
        Instant.ofEpochMilli(Limits.EARLIEST_MILLIS),
        Instant.ofEpochMilli(TO_MILLIS),
        (code, seen) -> times.add(seen.getTimeMillis()));
    return times;
  }
}
