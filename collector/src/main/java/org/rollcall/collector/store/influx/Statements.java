package org.rollcall.collector.store.influx;

import java.time.Instant;
import java.util.Collection;
import java.util.StringJoiner;
import org.rollcall.collector.store.ObservationStore;
import org.rollcall.protocol.Subject;

/** The questions, in InfluxQL. Every one is bounded in time. */
final class Statements {
  /** InfluxDB's times end in 2262 and begin in 1677; ours do in between. */
  private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

  private final String database;

  Statements(String database) {
    this.database = Names.identifier(database) + '.';
  }

  /** A measurement in a retention policy. */
  String place(String policy, String measurement) {
    return database + Names.identifier(policy) + '.' + Names.identifier(measurement);
  }

  String range(String school, String subject, Instant from, Instant to) {
    return "SELECT *::field FROM "
        + place(Policies.RAW, Subject.kind(subject))
        + where(from, to)
        + ofSubject(school, subject)
        + " LIMIT "
        + (ObservationStore.MAX_RANGE + 1);
  }

  /** One statement a kind, in the order of the kinds. */
  String school(String school, Collection<String> kinds, Instant from, Instant to) {
    StringJoiner statements = new StringJoiner("; ");
    for (String kind : kinds) {
      statements.add(
          "SELECT *::field FROM "
              + place(Policies.RAW, kind)
              + where(from, to)
              + is(Names.SCHOOL, school)
              + " GROUP BY \"subject\"");
    }
    return statements.toString();
  }

  String newest(Collection<String> kinds, Instant since) {
    StringJoiner statements = new StringJoiner("; ");
    for (String kind : kinds) {
      statements.add(
          "SELECT *::field FROM "
              + place(Policies.RAW, kind)
              + " WHERE time >= "
              + millis(since)
              + " GROUP BY \"school\", \"subject\" ORDER BY time DESC LIMIT 1");
    }
    return statements.toString();
  }

  /** One row a kind, the oldest there is or the newest. */
  String edge(Collection<String> kinds, boolean oldest) {
    StringJoiner statements = new StringJoiner("; ");
    for (String kind : kinds) {
      statements.add(
          "SELECT *::field FROM "
              + place(Policies.RAW, kind)
              + where(Instant.EPOCH, Instant.MAX)
              + " ORDER BY time "
              + (oldest ? "ASC" : "DESC")
              + " LIMIT 1");
    }
    return statements.toString();
  }

  /** One row a kind and school of that span. */
  String schools(Collection<String> kinds, Instant from, Instant to) {
    StringJoiner statements = new StringJoiner("; ");
    for (String kind : kinds) {
      statements.add(
          "SELECT *::field FROM "
              + place(Policies.RAW, kind)
              + where(from, to)
              + " GROUP BY \"school\" LIMIT 1");
    }
    return statements.toString();
  }

  /** One row a kind of that span. */
  String any(Collection<String> kinds, Instant from, Instant to) {
    StringJoiner statements = new StringJoiner("; ");
    for (String kind : kinds) {
      statements.add(
          "SELECT *::field FROM " + place(Policies.RAW, kind) + where(from, to) + " LIMIT 1");
    }
    return statements.toString();
  }

  /** A question that costs nothing and is refused when the database or its raw policy is gone. */
  String first() {
    return "SELECT *::field FROM " + place(Policies.RAW, "_none") + " WHERE time < 0 LIMIT 1";
  }

  static String where(Instant from, Instant to) {
    return " WHERE time >= " + millis(from) + " AND time < " + millis(to);
  }

  static String ofSubject(String school, String subject) {
    return is(Names.SCHOOL, school) + is(Names.SUBJECT, subject);
  }

  private static String is(String tag, String text) {
    return " AND " + Names.identifier(tag) + " = " + Names.literal(Names.tag(text));
  }

  private static String millis(Instant instant) {
    if (instant.getEpochSecond() >= LATEST.getEpochSecond()) {
      return LATEST.toEpochMilli() + "ms";
    }
    return Math.max(0, instant.toEpochMilli()) + "ms";
  }
}
