package org.rollcall.collector.proof;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.rollcall.collector.day.DayRoller;
import org.rollcall.collector.store.GapObservation;
import org.rollcall.collector.store.ObservationStore;
import org.rollcall.protocol.v1.Gap;
import org.rollcall.protocol.v1.Observation;
import org.rollcall.protocol.v1.Report;

/**
 * The observations of reports, by school and day, deflated: a month of a school takes a few MiB. An
 * observation that was told twice is there once, the last telling wins, as in a store. Not
 * thread-safe.
 */
final class SentObservations implements DayRoller.Source {
  private final ZoneId zone;
  private final Map<String, Map<LocalDate, Packed>> days = new HashMap<>();
  private final Map<String, List<Observation>> gaps = new HashMap<>();

  SentObservations(ZoneId zone) {
    this.zone = zone;
  }

  void add(String school, Report report) throws IOException {
    for (Observation seen : report.getObservationsList()) {
      LocalDate day = day(Instant.ofEpochMilli(seen.getTimeMillis()));
      days.computeIfAbsent(school, s -> new HashMap<>())
          .computeIfAbsent(day, d -> new Packed())
          .add(seen);
    }
    for (Gap gap : report.getGapsList()) {
      gaps.computeIfAbsent(school, s -> new ArrayList<>())
          .add(GapObservation.of(report.getAgent(), gap));
    }
  }

  private LocalDate day(Instant time) {
    return LocalDate.ofInstant(time, zone);
  }

  @Override
  public void visit(String school, Instant from, Instant to, ObservationStore.Visitor visitor) {
    Map<String, TreeMap<Long, Observation>> subjects = new TreeMap<>();
    Map<LocalDate, Packed> its = days.getOrDefault(school, Map.of());
    for (LocalDate day = day(from); !day.isAfter(day(to)); day = day.plusDays(1)) {
      Packed packed = its.get(day);
      if (packed != null) {
        packed.read(
            seen ->
                subjects
                    .computeIfAbsent(seen.getSubject(), s -> new TreeMap<>())
                    .put(seen.getTimeMillis(), seen));
      }
    }
    for (TreeMap<Long, Observation> times : subjects.values()) {
      times
          .subMap(from.toEpochMilli(), to.toEpochMilli())
          .values()
          .forEach(seen -> visitor.row(school, seen));
    }
  }

  @Override
  public void visitGaps(String school, Instant from, Instant to, ObservationStore.Visitor visitor) {
    Map<String, TreeMap<Long, Observation>> agents = new TreeMap<>();
    for (Observation gap : gaps.getOrDefault(school, List.of())) {
      agents.computeIfAbsent(gap.getSubject(), s -> new TreeMap<>()).put(gap.getTimeMillis(), gap);
    }
    for (TreeMap<Long, Observation> times : agents.values()) {
      times
          .subMap(from.toEpochMilli(), to.toEpochMilli())
          .values()
          .forEach(gap -> visitor.row(school, gap));
    }
  }

  @Override
  public Instant keptSince() {
    return Instant.EPOCH;
  }

  /** Observations, each with its length before it, deflated. */
  private static final class Packed {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DeflaterOutputStream out = new DeflaterOutputStream(bytes);
    private boolean finished;

    void add(Observation seen) throws IOException {
      seen.writeDelimitedTo(out);
    }

    void read(java.util.function.Consumer<Observation> sink) {
      try {
        if (!finished) {
          out.close();
          finished = true;
        }
        try (InputStream in =
            new InflaterInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
          Observation seen = Observation.parseDelimitedFrom(in);
          while (seen != null) {
            sink.accept(seen);
            seen = Observation.parseDelimitedFrom(in);
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException("BUG: reading from memory failed", e);
      }
    }
  }
}
