package org.rollcall.collector.store.questdb;

import io.questdb.cairo.CairoEngine;
import io.questdb.cairo.CairoException;
import io.questdb.cairo.sql.TableReferenceOutOfDateException;
import io.questdb.griffin.SqlException;
import io.questdb.griffin.engine.functions.bind.BindVariableServiceImpl;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rollcall.protocol.v1.Observation;

/**
 * One query on one kind's table: which rows, and in which order. Whatever came from outside is
 * bound and never becomes part of the statement. The caller's thread; every query has its own
 * context.
 */
final class Rows {
  /** A column may be added between the statement's compilation and its run. */
  private static final int ATTEMPTS = 10;

  private final CairoEngine engine;
  private final Widths widths;
  private final String table;
  private final Order order;
  private final Instant from;
  private final @Nullable Instant to;
  private final @Nullable String school;
  private final @Nullable String subject;

  private enum Order {
    TIME,
    SUBJECT_AND_TIME,
    NEWEST
  }

  private Rows(
      Source source,
      Order order,
      Instant from,
      @Nullable Instant to,
      @Nullable String school,
      @Nullable String subject) {
    this.engine = source.engine;
    this.widths = source.widths;
    this.table = source.table;
    this.order = order;
    this.from = from;
    this.to = to;
    this.school = school;
    this.subject = subject;
  }

  /** A kind's table. */
  record Source(CairoEngine engine, Widths widths, String table) {}

  static Rows ofSubject(Source source, String school, String subject, Instant from, Instant to) {
    return new Rows(source, Order.TIME, from, to, school, subject);
  }

  static Rows ofSchool(Source source, String school, Instant from, Instant to) {
    return new Rows(source, Order.SUBJECT_AND_TIME, from, to, school, null);
  }

  static Rows newest(Source source, Instant since) {
    return new Rows(source, Order.NEWEST, since, null, null, null);
  }

  /** Every row, with its school. */
  void visit(Sink sink) {
    TableReferenceOutOfDateException last = null;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        run(sink);
        return;
      } catch (TableReferenceOutOfDateException e) {
        last = e; // thrown before the first row
      } catch (CairoException e) {
        throw Fault.unavailable("The observation store could not answer", e);
      } catch (SqlException e) {
        throw new IllegalStateException("BUG: QuestDB refuses a query of " + table, e);
      }
    }
    throw Fault.unavailable(
        "The observation store could not answer", new IllegalStateException(last));
  }

  private void run(Sink sink) throws SqlException {
    long end = to == null ? Long.MAX_VALUE : micros(to);
    Plan plan = Plan.of(engine, widths, table, micros(from), end);
    List<RunRows> runs = new ArrayList<>();
    try {
      for (Plan.Run run : plan.runs()) {
        runs.add(new RunRows(engine, statement(plan, run), binds(run)));
      }
      switch (order) {
        case TIME -> runs.forEach(rows -> rows.visit(sink));
        case SUBJECT_AND_TIME -> merged(runs, sink);
        case NEWEST -> newest(runs, sink);
      }
    } finally {
      runs.forEach(RunRows::close);
    }
  }

  private String statement(Plan plan, Plan.Run run) {
    StringBuilder statement = new StringBuilder(512);
    statement.append("SELECT ").append(plan.selected(run)).append(" FROM ").append(table);
    statement.append(" WHERE t >= :from");
    if (run.to() != Long.MAX_VALUE) {
      statement.append(" AND t < :to");
    }
    if (school != null) {
      statement.append(" AND school = :school");
    }
    if (subject != null) {
      statement.append(" AND subject = :subject");
    }
    statement.append(
        switch (order) {
          case TIME -> " ORDER BY t";
          case SUBJECT_AND_TIME -> " ORDER BY subject, t";
          case NEWEST -> " LATEST ON t PARTITION BY school, subject";
        });
    return statement.toString();
  }

  private BindVariableServiceImpl binds(Plan.Run run) throws SqlException {
    BindVariableServiceImpl binds = new BindVariableServiceImpl(engine.getConfiguration());
    binds.setTimestamp("from", run.from());
    if (run.to() != Long.MAX_VALUE) {
      binds.setTimestamp("to", run.to());
    }
    if (school != null) {
      binds.setStr("school", school);
    }
    if (subject != null) {
      binds.setStr("subject", subject);
    }
    return binds;
  }

  /** Subject by subject; of each the runs one after the other, which is oldest first. */
  private static void merged(List<RunRows> runs, Sink sink) {
    if (runs.size() == 1) {
      runs.get(0).visit(sink);
      return;
    }
    List<RunRows> left = new ArrayList<>();
    for (RunRows run : runs) {
      if (run.next()) {
        left.add(run);
      }
    }
    while (!left.isEmpty()) {
      RunRows first = left.get(0);
      for (RunRows run : left) {
        if (run.subject().compareTo(first.subject()) < 0) {
          first = run;
        }
      }
      String subject = first.subject();
      boolean more = true;
      while (more && first.subject().equals(subject)) {
        sink.row(first.school(), first.observation());
        more = first.next();
      }
      if (!more) {
        left.remove(first);
      }
    }
  }

  /** What a later run has shown already is not the newest of an earlier one. */
  private static void newest(List<RunRows> runs, Sink sink) {
    if (runs.size() == 1) {
      runs.get(0).visit(sink);
      return;
    }
    Set<String> seen = new HashSet<>();
    for (int i = runs.size() - 1; i >= 0; i--) {
      RunRows run = runs.get(i);
      while (run.next()) {
        if (seen.add(run.school() + '\0' + run.subject())) {
          sink.row(run.school(), run.observation());
        }
      }
    }
  }

  private static long micros(Instant instant) {
    return Math.multiplyExact(instant.toEpochMilli(), 1_000L);
  }

  /** Receives one row. */
  @FunctionalInterface
  interface Sink {
    void row(String school, Observation observation);

    static Sink ofObservations(Consumer<Observation> consumer) {
      return (school, observation) -> consumer.accept(observation);
    }
  }
}
