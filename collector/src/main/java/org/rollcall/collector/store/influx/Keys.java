package org.rollcall.collector.store.influx;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.NavigableSet;
import java.util.TreeSet;

/** What the raw policy holds observations of: days and schools, without the rows. Any thread. */
final class Keys {
  private final Connection connection;
  private final Statements statements;

  Keys(Connection connection, Statements statements) {
    this.connection = connection;
    this.statements = statements;
  }

  /** The days of UTC, each asked for by itself between the oldest and the newest row. */
  NavigableSet<LocalDate> days(Collection<String> kinds) throws IOException {
    NavigableSet<LocalDate> edges = found(statements.edge(kinds, true));
    edges.addAll(found(statements.edge(kinds, false)));
    NavigableSet<LocalDate> days = new TreeSet<>();
    if (edges.isEmpty()) {
      return days;
    }
    for (LocalDate day = edges.first(); !day.isAfter(edges.last()); day = day.plusDays(1)) {
      days.addAll(found(statements.any(kinds, begin(day), begin(day.plusDays(1)))));
    }
    return days;
  }

  NavigableSet<String> schools(Collection<String> kinds, LocalDate day) throws IOException {
    NavigableSet<String> schools = new TreeSet<>();
    connection.stream(
        statements.schools(kinds, begin(day), begin(day.plusDays(1))),
        series -> Rows.visit(series, "", "", (school, row) -> schools.add(school)));
    return schools;
  }

  private NavigableSet<LocalDate> found(String question) throws IOException {
    NavigableSet<LocalDate> days = new TreeSet<>();
    connection.stream(
        question, series -> series.getValues().forEach(row -> days.add(day(Rows.millis(row)))));
    return days;
  }

  private static LocalDate day(long millis) {
    return LocalDate.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
  }

  private static Instant begin(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }
}
