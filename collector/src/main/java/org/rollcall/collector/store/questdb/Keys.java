package org.rollcall.collector.store.questdb;

import io.questdb.cairo.CairoEngine;
import io.questdb.cairo.CairoException;
import io.questdb.cairo.security.AllowAllSecurityContext;
import io.questdb.cairo.sql.Record;
import io.questdb.cairo.sql.RecordCursor;
import io.questdb.cairo.sql.RecordCursorFactory;
import io.questdb.griffin.SqlException;
import io.questdb.griffin.SqlExecutionContextImpl;
import io.questdb.griffin.engine.functions.bind.BindVariableServiceImpl;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.function.Consumer;

/** What a kind's table holds rows of: days and schools, without the rows. The caller's thread. */
final class Keys {
  private static final long MICROS = 1_000_000L;

  private Keys() {}

  static void days(CairoEngine engine, String table, Consumer<LocalDate> each) {
    run(
        engine,
        "SELECT DISTINCT timestamp_floor('d', t) AS day FROM " + table,
        new BindVariableServiceImpl(engine.getConfiguration()),
        row ->
            each.accept(
                LocalDate.ofInstant(
                    Instant.ofEpochSecond(Math.floorDiv(row.getTimestamp(0), MICROS)),
                    ZoneOffset.UTC)));
  }

  static void schools(CairoEngine engine, String table, LocalDate day, Consumer<String> each) {
    BindVariableServiceImpl binds = new BindVariableServiceImpl(engine.getConfiguration());
    try {
      binds.setTimestamp("from", micros(day));
      binds.setTimestamp("to", micros(day.plusDays(1)));
    } catch (SqlException e) {
      throw new IllegalStateException("BUG: QuestDB refuses a day's bounds", e);
    }
    run(
        engine,
        "SELECT DISTINCT school FROM " + table + " WHERE t >= :from AND t < :to",
        binds,
        row -> each.accept(String.valueOf(row.getSymA(0))));
  }

  private static long micros(LocalDate day) {
    return Math.multiplyExact(day.atStartOfDay(ZoneOffset.UTC).toEpochSecond(), MICROS);
  }

  private static void run(
      CairoEngine engine, String statement, BindVariableServiceImpl binds, Consumer<Record> each) {
    try (SqlExecutionContextImpl context = new SqlExecutionContextImpl(engine, 0)) {
      context.with(AllowAllSecurityContext.INSTANCE, binds);
      try (RecordCursorFactory factory = engine.select(statement, context);
          RecordCursor cursor = factory.getCursor(context)) {
        Record row = cursor.getRecord();
        while (cursor.hasNext()) {
          each.accept(row);
        }
      }
    } catch (CairoException e) {
      throw Fault.unavailable("The observation store could not answer", e);
    } catch (SqlException e) {
      throw new IllegalStateException("BUG: QuestDB refuses " + statement, e);
    }
  }
}
