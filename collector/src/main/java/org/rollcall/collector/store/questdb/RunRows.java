package org.rollcall.collector.store.questdb;

import io.questdb.cairo.CairoEngine;
import io.questdb.cairo.security.AllowAllSecurityContext;
import io.questdb.cairo.sql.Record;
import io.questdb.cairo.sql.RecordCursor;
import io.questdb.cairo.sql.RecordCursorFactory;
import io.questdb.cairo.sql.RecordMetadata;
import io.questdb.griffin.SqlException;
import io.questdb.griffin.SqlExecutionContextImpl;
import io.questdb.griffin.engine.functions.bind.BindVariableServiceImpl;
import org.jspecify.annotations.Nullable;
import org.rollcall.protocol.v1.Observation;

/** The rows of one statement, one after the other. One thread, and closed at the end. */
final class RunRows implements AutoCloseable {
  private final SqlExecutionContextImpl context;
  private final RecordCursorFactory factory;
  private final RecordCursor cursor;
  private final Columns columns;
  private final Record row;

  RunRows(CairoEngine engine, String statement, BindVariableServiceImpl binds) throws SqlException {
    context = new SqlExecutionContextImpl(engine, 0);
    RecordCursorFactory compiled = null;
    boolean open = false;
    try {
      context.with(AllowAllSecurityContext.INSTANCE, binds);
      compiled = engine.select(statement, context);
      factory = compiled;
      cursor = factory.getCursor(context);
      open = true;
    } finally {
      if (!open) {
        if (compiled != null) {
          compiled.close();
        }
        context.close();
      }
    }
    columns = new Columns(factory.getMetadata());
    row = cursor.getRecord();
  }

  boolean next() {
    return cursor.hasNext();
  }

  String school() {
    return columns.school(row);
  }

  String subject() {
    return columns.subject(row);
  }

  Observation observation() {
    return columns.observation(row);
  }

  void visit(Rows.Sink sink) {
    while (cursor.hasNext()) {
      sink.row(school(), observation());
    }
  }

  @Override
  public void close() {
    try (context;
        factory;
        cursor) {
      // All three, the innermost first.
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

    String subject(Record row) {
      return text(row, subject);
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
