package org.rollcall.collector.store.questdb;

import io.questdb.cairo.CairoEngine;
import io.questdb.cairo.ColumnType;
import io.questdb.cairo.TableToken;
import io.questdb.cairo.TableWriter;
import io.questdb.cairo.security.AllowAllSecurityContext;
import io.questdb.cairo.sql.SymbolTable;
import io.questdb.cairo.sql.TableRecordMetadata;
import io.questdb.cairo.wal.WalWriter;
import io.questdb.griffin.SqlException;
import java.util.HashMap;
import java.util.Map;
import org.rollcall.protocol.Limits;
import org.rollcall.protocol.v1.Observation;

/**
 * One kind's table, open for writing. Rows are appended and then committed together; until then
 * nothing of them exists. The store's writer thread only.
 */
final class KindTable implements AutoCloseable {
  static final String PREFIX = "o_";

  private static final int SCHOOL = 1;
  private static final int SUBJECT = 2;
  private static final int REASON = 3;

  /**
   * Texts that were new to this writer, after which it is opened anew: a writer knows the symbols
   * the table had when it was opened, and logs every other with every commit that uses it.
   */
  private static final int NEW_TEXTS = 20_000;

  private final CairoEngine engine;
  private final TableToken token;
  private final Map<String, Integer> columns = new HashMap<>();
  private final SymbolKeys schools = new SymbolKeys(SCHOOL);
  private final SymbolKeys subjects = new SymbolKeys(SUBJECT);
  private final SymbolKeys reasons = new SymbolKeys(REASON);
  private final int[] rowColumns = new int[Limits.MAX_MEASURES];
  private final double[] rowValues = new double[Limits.MAX_MEASURES];
  private WalWriter writer;
  private int newTexts;
  private boolean dirty;

  private KindTable(CairoEngine engine, TableToken token) {
    this.engine = engine;
    this.token = token;
    this.writer = openWriter(engine, token);
    learnColumns();
  }

  /** Opens the kind's table, which is made if this is its first observation. */
  static KindTable open(CairoEngine engine, Making making, String kind) {
    String name = PREFIX + kind;
    TableToken token = engine.getTableTokenIfExists(name);
    if (token == null) {
      making.begin(name);
      try {
        engine.execute(
            "CREATE TABLE IF NOT EXISTS "
                + name
                + " (t TIMESTAMP, school SYMBOL CAPACITY 2048, subject SYMBOL CAPACITY 2048,"
                + " reason SYMBOL CAPACITY 128) TIMESTAMP(t) PARTITION BY DAY WAL"
                + " DEDUP UPSERT KEYS(t, school, subject)");
      } catch (SqlException e) {
        throw Fault.unavailable("The observation store could not make the table " + name, e);
      }
      token = engine.verifyTableName(name);
    }
    KindTable table = new KindTable(engine, token);
    making.finished(name);
    return table;
  }

  static WalWriter openWriter(CairoEngine engine, TableToken token) {
    // Not from the engine's pool: that would give back a writer with the symbols of long ago.
    return new WalWriter(
        engine.getConfiguration(),
        token,
        engine.getTableSequencerAPI(),
        engine.getDdlListener(token),
        engine.getWalDirectoryPolicy(),
        engine.getWalLocker(),
        engine.getRecentWriteTracker(),
        engine.getTelemetryWal());
  }

  private void learnColumns() {
    TableRecordMetadata metadata = writer.getMetadata();
    columns.clear();
    for (int i = 0; i < metadata.getColumnCount(); i++) {
      String measure = ColumnName.toMeasure(metadata.getColumnName(i));
      if (measure != null) {
        columns.put(measure, i);
      }
    }
  }

  /** True between the first row and its commit. */
  boolean isDirty() {
    return dirty;
  }

  void append(String school, Observation observation) {
    dirty = true;
    int n = 0;
    for (Map.Entry<String, Double> measure : observation.getMeasuresMap().entrySet()) {
      rowColumns[n] = column(measure.getKey());
      rowValues[n] = measure.getValue();
      n++;
    }
    // All columns are there before the row begins: a column cannot be added in the middle of one.
    TableWriter.Row row = writer.newRow(observation.getTimeMillis() * 1_000);
    schools.put(row, school);
    subjects.put(row, observation.getSubject());
    if (!observation.getReason().isEmpty()) {
      reasons.put(row, observation.getReason());
    }
    for (int i = 0; i < n; i++) {
      row.putDouble(rowColumns[i], rowValues[i]);
    }
    row.append();
  }

  private int column(String measure) {
    Integer known = columns.get(measure);
    if (known != null) {
      return known;
    }
    writer.addColumn(
        ColumnName.ofMeasure(measure), ColumnType.DOUBLE, AllowAllSecurityContext.INSTANCE);
    learnColumns();
    Integer added = columns.get(measure);
    if (added == null) {
      throw new IllegalStateException("BUG: no column for the measure " + measure);
    }
    return added;
  }

  /** Makes the rows since the last commit durable, all at once. */
  void commit() {
    writer.commit();
    dirty = false;
    if (newTexts >= NEW_TEXTS) {
      reopen();
    }
  }

  private void reopen() {
    WalWriter fresh = openWriter(engine, token);
    writer.close();
    writer = fresh;
    newTexts = 0;
    schools.forget();
    subjects.forget();
    reasons.forget();
    learnColumns();
  }

  /** Drops what was not committed. After a fault the table is closed and opened anew. */
  @Override
  public void close() {
    writer.close();
  }

  /** The numbers that stand for texts the table had when the writer was opened. */
  private final class SymbolKeys {
    private final int column;
    private final Map<String, Integer> keys = new HashMap<>();

    SymbolKeys(int column) {
      this.column = column;
    }

    void put(TableWriter.Row row, String text) {
      Integer key = keys.get(text);
      if (key == null) {
        int found = writer.getSymbolMapReader(column).keyOf(text);
        if (found == SymbolTable.VALUE_NOT_FOUND) {
          newTexts++;
          row.putSym(column, text);
          return;
        }
        key = found;
        keys.put(text, key);
      }
      row.putSymIndex(column, key);
    }

    void forget() {
      keys.clear();
    }
  }
}
