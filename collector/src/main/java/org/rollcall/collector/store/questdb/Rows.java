package org.rollcall.collector.store.questdb;

import io.questdb.cairo.CairoEngine;
import io.questdb.cairo.CairoException;
import io.questdb.cairo.security.AllowAllSecurityContext;
import io.questdb.cairo.sql.Record;
import io.questdb.cairo.sql.RecordCursor;
import io.questdb.cairo.sql.RecordCursorFactory;
import io.questdb.cairo.sql.RecordMetadata;
import io.questdb.cairo.sql.TableReferenceOutOfDateException;
import io.questdb.griffin.SqlException;
import io.questdb.griffin.SqlExecutionContextImpl;
import io.questdb.griffin.engine.functions.bind.BindVariableServiceImpl;
import java.time.Instant;
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
  private final String statement;
  private final Instant from;
  private @Nullable Instant to;
  private @Nullable String school;
  private @Nullable String subject;

  private Rows(CairoEngine engine, String statement, Instant from) {
    this.engine = engine;
    this.statement = statement;
    this.from = from;
  }

  static Rows ofSubject(
      CairoEngine engine, String table, String school, String subject, Instant from, Instant to) {
    Rows rows =
        new Rows(
            engine,
            "SELECT * FROM "
                + table
                + " WHERE t >= :from AND t < :to AND school = :school AND subject = :subject"
                + " ORDER BY t",
            from);
    rows.to = to;
    rows.school = school;
    rows.subject = subject;
    return rows;
  }

  static Rows ofSchool(CairoEngine engine, String table, String school, Instant from, Instant to) {
    Rows rows =
        new Rows(
            engine,
            "SELECT * FROM "
                + table
                + " WHERE t >= :from AND t < :to AND school = :school ORDER BY subject, t",
            from);
    rows.to = to;
    rows.school = school;
    return rows;
  }

  static Rows newest(CairoEngine engine, String table, Instant since) {
    return new Rows(
        engine,
        "SELECT * FROM " + table + " WHERE t >= :from LATEST ON t PARTITION BY school, subject",
        since);
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
        throw new IllegalStateException("BUG: QuestDB refuses " + statement, e);
      }
    }
    throw Fault.unavailable(
        "The observation store could not answer", new IllegalStateException(last));
  }

  private void run(Sink sink) throws SqlException {
    BindVariableServiceImpl binds = new BindVariableServiceImpl(engine.getConfiguration());
    binds.setTimestamp("from", micros(from));
    if (to != null) {
      binds.setTimestamp("to", micros(to));
    }
    if (school != null) {
      binds.setStr("school", school);
    }
    if (subject != null) {
      binds.setStr("subject", subject);
    }
    try (SqlExecutionContextImpl context = new SqlExecutionContextImpl(engine, 0)) {
      context.with(AllowAllSecurityContext.INSTANCE, binds);
      try (RecordCursorFactory factory = engine.select(statement, context);
          RecordCursor cursor = factory.getCursor(context)) {
        Columns columns = new Columns(factory.getMetadata());
        Record row = cursor.getRecord();
        while (cursor.hasNext()) {
          sink.row(columns.school(row), columns.observation(row));
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

  /** Where a result's columns are. */
  private static final class Columns {
    private final int t;
    private final int school;
    private final int subject;
    private final int reason;
    private final @Nullable String[] measures;

    Columns(RecordMetadata metadata) {
      t = metadata.getColumnIndex("t");
      school = metadata.getColumnIndex("school");
      subject = metadata.getColumnIndex("subject");
      reason = metadata.getColumnIndex("reason");
      measures = new @Nullable String[metadata.getColumnCount()];
      for (int i = 0; i < measures.length; i++) {
        measures[i] = ColumnName.toMeasure(metadata.getColumnName(i));
      }
    }

    String school(Record row) {
      return text(row, school);
    }

    Observation observation(Record row) {
      Observation.Builder observation =
          Observation.newBuilder()
              .setSubject(text(row, subject))
              .setTimeMillis(row.getTimestamp(t) / 1_000)
              .setReason(text(row, reason));
      for (int i = 0; i < measures.length; i++) {
        String measure = measures[i];
        if (measure != null) {
          double value = row.getDouble(i);
          if (!Double.isNaN(value)) {
            observation.putMeasures(measure, value);
          }
        }
      }
      return observation.build();
    }

    private static String text(Record row, int column) {
      CharSequence text = row.getSymA(column);
      return text == null ? "" : text.toString();
    }
  }
}
