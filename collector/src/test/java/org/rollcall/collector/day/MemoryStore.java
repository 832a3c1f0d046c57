package org.rollcall.collector.day;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.store.ObservationStore;
import org.rollcall.protocol.v1.Gap;
import org.rollcall.protocol.v1.Observation;
import org.rollcall.protocol.v1.Report;

/** A store in memory that keeps the promises the judge lives by: keyed, grouped and in order. */
public final class MemoryStore implements ObservationStore {
  private volatile Instant keptSince = Instant.EPOCH;
  private final Map<String, TreeMap<String, TreeMap<Long, Observation>>> schools = new HashMap<>();
  private @Nullable String broken;
  private int visits;

  /** Lets every query for that school fail; null heals it. */
  public synchronized void breakFor(@Nullable String school) {
    broken = school;
  }

  public synchronized int visits() {
    return visits;
  }

  /** From now on single observations before this count as gone; they are here all the same. */
  public void keepSince(Instant since) {
    keptSince = since;
  }

  @Override
  public Instant keptSince() {
    return keptSince;
  }

  @Override
  public @Nullable String refuses(Report report) {
    return null;
  }

  @Override
  public synchronized void write(List<SchoolReport> batch) {
    for (SchoolReport entry : batch) {
      Report report = entry.report();
      report.getObservationsList().forEach(o -> put(entry.school(), o));
      for (Gap gap : report.getGapsList()) {
        put(
            entry.school(),
            Observation.newBuilder()
                .setSubject("gap:" + report.getAgent())
                .setTimeMillis(gap.getFromMillis())
                .putMeasures("untilMillis", (double) gap.getToMillis())
                .setReason(gap.getReason())
                .build());
      }
    }
  }

  private void put(String school, Observation observation) {
    schools
        .computeIfAbsent(school, s -> new TreeMap<>())
        .computeIfAbsent(observation.getSubject(), s -> new TreeMap<>())
        .put(observation.getTimeMillis(), observation);
  }

  @Override
  public synchronized List<Observation> range(
      String school, String subject, Instant from, Instant to) {
    return new ArrayList<>(
        schools
            .getOrDefault(school, new TreeMap<>())
            .getOrDefault(subject, new TreeMap<>())
            .subMap(from.toEpochMilli(), to.toEpochMilli())
            .values());
  }

  @Override
  public synchronized void visit(String school, Instant from, Instant to, Visitor visitor) {
    visits++;
    if (school.equals(broken)) {
      throw new IllegalStateException("The rows of " + school + " cannot be read.");
    }
    schools
        .getOrDefault(school, new TreeMap<>())
        .values()
        .forEach(
            rows ->
                rows.subMap(from.toEpochMilli(), to.toEpochMilli())
                    .values()
                    .forEach(row -> visitor.row(school, row)));
  }

  @Override
  public synchronized void visitKind(
      String school, String kind, Instant from, Instant to, Visitor visitor) {
    int before = visits;
    ObservationStore.super.visitKind(school, kind, from, to, visitor);
    visits = before;
  }

  @Override
  public synchronized void latest(Instant since, Visitor visitor) {
    schools.forEach(
        (school, subjects) ->
            subjects
                .values()
                .forEach(
                    rows -> {
                      if (rows.lastKey() >= since.toEpochMilli()) {
                        visitor.row(school, rows.lastEntry().getValue());
                      }
                    }));
  }

  @Override
  public NavigableSet<LocalDate> days() {
    synchronized (this) {
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
    synchronized (this) {
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

  @Override
  public void close() {}
}
