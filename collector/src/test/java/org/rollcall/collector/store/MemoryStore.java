package org.rollcall.collector.store;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.rollcall.protocol.v1.Gap;
import org.rollcall.protocol.v1.Observation;
import org.rollcall.protocol.v1.Report;

/**
 * A store in memory that behaves as every store must, and that can be told to fail or to take its
 * time. Durable for as long as the object lives.
 */
public final class MemoryStore implements ObservationStore {
  private final Map<String, NavigableMap<String, NavigableMap<Long, Observation>>> schools =
      new TreeMap<>();
  private final Semaphore gate = new Semaphore(1);
  private volatile @Nullable RuntimeException failure;
  private volatile @Nullable String refusal;
  private final Vocabulary vocabulary = new Vocabulary();
  private volatile int writes;
  private volatile boolean closed;

  /** Every write fails like this until {@link #recover}. */
  public void fail(RuntimeException how) {
    failure = how;
  }

  public void recover() {
    failure = null;
  }

  /** Every write waits until {@link #unblock}. */
  public void block() {
    gate.acquireUninterruptibly();
  }

  public void unblock() {
    gate.release();
  }

  /** Whether a write waits for {@link #unblock}. */
  public boolean holdsAWrite() {
    return gate.hasQueuedThreads();
  }

  /** Every report is refused with this reason; null ends it. */
  public void refuseAll(@Nullable String reason) {
    refusal = reason;
  }

  /** Reports written, again and again included. */
  public int writes() {
    return writes;
  }

  @Override
  public @Nullable String refuses(Report report) {
    return refusal != null ? refusal : vocabulary.admit(report);
  }

  @Override
  public void write(List<SchoolReport> batch) {
    gate.acquireUninterruptibly();
    try {
      RuntimeException how = failure;
      if (how != null) {
        throw how;
      }
      if (closed) {
        throw new StoreUnavailableException("The store is closed.", new IllegalStateException());
      }
      for (SchoolReport each : batch) {
        String fault = vocabulary.admit(each.report());
        if (fault != null) {
          throw new IllegalArgumentException("The store cannot hold a report: " + fault);
        }
      }
      synchronized (schools) {
        writes += batch.size();
        batch.forEach(this::keep);
      }
    } finally {
      gate.release();
    }
  }

  private void keep(SchoolReport each) {
    NavigableMap<String, NavigableMap<Long, Observation>> school =
        schools.computeIfAbsent(each.school(), code -> new TreeMap<>());
    List<Observation> all = new ArrayList<>(each.report().getObservationsList());
    for (Gap gap : each.report().getGapsList()) {
      all.add(gap(each.report().getAgent(), gap));
    }
    for (Observation observation : all) {
      school
          .computeIfAbsent(observation.getSubject(), subject -> new TreeMap<>())
          .put(observation.getTimeMillis(), observation);
    }
  }

  private static Observation gap(String agent, Gap gap) {
    return Observation.newBuilder()
        .setSubject("gap:" + agent)
        .setTimeMillis(gap.getFromMillis())
        .putMeasures("untilMillis", (double) gap.getToMillis())
        .putMeasures("reports", (double) (gap.getToSeq() - gap.getFromSeq() + 1))
        .setReason(gap.getReason())
        .build();
  }

  @Override
  public List<Observation> range(String school, String subject, Instant from, Instant to) {
    synchronized (schools) {
      NavigableMap<String, NavigableMap<Long, Observation>> rows = schools.get(school);
      NavigableMap<Long, Observation> row = rows == null ? null : rows.get(subject);
      return row == null
          ? List.of()
          : List.copyOf(row.subMap(from.toEpochMilli(), true, to.toEpochMilli(), false).values());
    }
  }

  @Override
  public void visit(String school, Instant from, Instant to, Visitor visitor) {
    List<Observation> found = new ArrayList<>();
    synchronized (schools) {
      NavigableMap<String, NavigableMap<Long, Observation>> rows = schools.get(school);
      if (rows != null) {
        rows.keySet().forEach(subject -> found.addAll(range(school, subject, from, to)));
      }
    }
    found.forEach(observation -> visitor.row(school, observation));
  }

  @Override
  public void latest(Instant since, Visitor visitor) {
    synchronized (schools) {
      schools.forEach(
          (school, rows) ->
              rows.values().stream()
                  .map(row -> row.lastEntry().getValue())
                  .filter(newest -> newest.getTimeMillis() >= since.toEpochMilli())
                  .forEach(newest -> visitor.row(school, newest)));
    }
  }

  @Override
  public void check() {
    if (closed) {
      throw new StoreUnavailableException("The store is closed.");
    }
  }

  @Override
  public NavigableSet<LocalDate> days() {
    synchronized (schools) {
      NavigableSet<LocalDate> days = new TreeSet<>();
      schools
          .values()
          .forEach(
              subjects ->
                  subjects
                      .values()
                      .forEach(rows -> rows.keySet().forEach(time -> days.add(day(time)))));
      return days;
    }
  }

  @Override
  public NavigableSet<String> schools(LocalDate day) {
    synchronized (schools) {
      NavigableSet<String> found = new TreeSet<>();
      schools.forEach(
          (school, subjects) -> {
            if (subjects.values().stream()
                .anyMatch(rows -> rows.keySet().stream().anyMatch(t -> day(t).equals(day)))) {
              found.add(school);
            }
          });
      return found;
    }
  }

  private static LocalDate day(long millis) {
    return LocalDate.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
  }

  @Override
  public void settle() {}

  /** Opens it again after a close, with what it held. */
  MemoryStore reopen() {
    closed = false;
    return this;
  }

  @Override
  public void close() {
    closed = true;
  }
}
