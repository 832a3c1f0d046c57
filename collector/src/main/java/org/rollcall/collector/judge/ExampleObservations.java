package org.rollcall.collector.judge;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.calendar.SchoolCalendar;
import org.rollcall.collector.judge.ExampleFile.EduPath;
import org.rollcall.collector.judge.ExampleFile.ExampleCase;
import org.rollcall.collector.judge.ExampleFile.LineTests;
import org.rollcall.collector.store.ObservationStore;
import org.rollcall.protocol.v1.Observation;
import org.rollcall.protocol.v1.Report;

/**
 * What an example's agent would have reported, as a store that holds one school and can only be
 * read, so that examples go the way of real observations.
 */
final class ExampleObservations implements ObservationStore {
  private static final int PROBES = 100;
  private static final int PROBE_DAYS = 5;
  private static final int SEEN_DAYS = 10;

  private final SchoolCalendar calendar;
  private final LocalDate date;
  private final List<Observation> observations = new ArrayList<>();

  ExampleObservations(SchoolCalendar calendar, LocalDate date) {
    this.calendar = calendar;
    this.date = date;
  }

  ExampleObservations of(ExampleCase example) {
    LineTests tests = example.tests();
    if (tests != null) {
      tests(tests);
    }
    Double port = example.portMbps();
    if (port != null) {
      see("link:wan", date, LocalTime.of(9, 0), "up", 1, "speedBitsPerSecond", port * 1e6);
    }
    example.reach().forEach((anchor, percent) -> probes("reach:" + anchor, percent));
    example.service().forEach((platform, percent) -> probes("service:" + platform, percent));
    EduPath path = example.path();
    if (path != null) {
      for (LocalDate day : calendar.lastSchoolDays(date, SEEN_DAYS)) {
        for (int i = 0; i < PROBES / PROBE_DAYS; i++) {
          see(
              "path:edu",
              day,
              LocalTime.of(8, 0).plusMinutes(2L * i),
              "viaDistrict",
              path.viaDistrict() ? 1 : 0,
              "vpn",
              path.vpn() ? 1 : 0);
        }
      }
    }
    Integer seen = example.seen();
    if (seen != null) {
      for (LocalDate day : calendar.lastSchoolDays(date, SEEN_DAYS)) {
        for (int i = 1; i <= example.classes(); i++) {
          see("terminal:t" + i, day, LocalTime.of(9, 0), "up", i <= seen ? 1 : 0);
        }
      }
    }
    observations.sort(
        Comparator.comparing(Observation::getSubject).thenComparing(Observation::getTimeMillis));
    return this;
  }

  private void tests(LineTests tests) {
    for (LocalDate day : calendar.lastSchoolDays(date, tests.days())) {
      for (int i = 0; i < tests.perDay(); i++) {
        List<Object> measures = new ArrayList<>();
        measures.add("downloadBitsPerSecond");
        measures.add(tests.mbps() * 1e6);
        measures.add("transferSeconds");
        measures.add(tests.seconds());
        Double used = tests.utilisation();
        if (used != null) {
          measures.add("utilisation");
          measures.add(used);
        }
        Double skew = tests.clockSkewSeconds();
        if (skew != null) {
          measures.add("clockSkewSeconds");
          measures.add(skew);
        }
        see("throughput:wan", day, LocalTime.of(18, 0).plusMinutes(10L * i), measures.toArray());
      }
    }
  }

  /** So many of a hundred probes in the first lesson of five school days are good. */
  private void probes(String subject, int percent) {
    int n = 0;
    for (LocalDate day : calendar.lastSchoolDays(date, PROBE_DAYS)) {
      for (int i = 0; i < PROBES / PROBE_DAYS; i++) {
        see(subject, day, LocalTime.of(8, 0).plusMinutes(2L * i), "up", n++ < percent ? 1 : 0);
      }
    }
  }

  private void see(String subject, LocalDate day, LocalTime time, Object... measures) {
    long millis = day.atTime(time).atZone(calendar.zone()).toInstant().toEpochMilli();
    Observation.Builder seen = Observation.newBuilder().setSubject(subject).setTimeMillis(millis);
    for (int i = 0; i < measures.length; i += 2) {
      seen.putMeasures((String) measures[i], ((Number) measures[i + 1]).doubleValue());
    }
    observations.add(seen.build());
  }

  @Override
  public void visit(String school, Instant from, Instant to, Visitor visitor) {
    for (Observation observation : observations) {
      if (observation.getTimeMillis() >= from.toEpochMilli()
          && observation.getTimeMillis() < to.toEpochMilli()) {
        visitor.row(school, observation);
      }
    }
  }

  @Override
  public List<Observation> range(String school, String subject, Instant from, Instant to) {
    List<Observation> found = new ArrayList<>();
    visit(
        school,
        from,
        to,
        (ignored, observation) -> {
          if (observation.getSubject().equals(subject)) {
            found.add(observation);
          }
        });
    return found;
  }

  @Override
  public @Nullable String refuses(Report report) {
    return "read-only";
  }

  @Override
  public void write(List<SchoolReport> batch) {
    throw new IllegalArgumentException("An example's observations can only be read.");
  }

  @Override
  public void latest(Instant since, Visitor visitor) {
    visit("", since, Instant.ofEpochMilli(Long.MAX_VALUE), visitor);
  }

  /** Nobody walks an example. */
  @Override
  public NavigableSet<LocalDate> days() {
    throw new IllegalStateException("BUG: the days of an example are not asked for");
  }

  @Override
  public NavigableSet<String> schools(LocalDate day) {
    throw new IllegalStateException("BUG: the schools of an example are not asked for");
  }

  @Override
  public void settle() {}

  @Override
  public void close() {}
}
