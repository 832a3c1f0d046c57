package org.rollcall.collector.store.questdb;

import io.questdb.cairo.CairoEngine;
import io.questdb.cairo.TableReader;
import io.questdb.cairo.TableToken;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A query's span, cut where days differ in the columns they can be asked for. QuestDB does not
 * answer a query for a column that a packed day's file lacks, so days that were packed before the
 * table learned its newest measures are asked for the older ones alone.
 *
 * @param columns of the table, in their order
 * @param runs together the whole span, oldest first, at least one
 */
record Plan(List<String> columns, List<Run> runs) {
  private static final long MICROS_A_DAY = TimeUnit.DAYS.toMicros(1);

  /**
   * @param from inclusive, microseconds
   * @param to exclusive; {@link Long#MAX_VALUE} without an end
   * @param width how many of the columns there are, from the first
   */
  record Run(long from, long to, int width) {}

  static Plan of(CairoEngine engine, Widths widths, String table, long from, long to) {
    TableToken token = engine.verifyTableName(table);
    try (TableReader reader = engine.getReader(token)) {
      List<String> columns = new ArrayList<>();
      for (int i = 0; i < reader.getMetadata().getColumnCount(); i++) {
        columns.add(reader.getMetadata().getColumnName(i));
      }
      List<Run> runs = new ArrayList<>();
      long begin = from;
      int width = columns.size();
      for (int i = 0; i < reader.getPartitionCount(); i++) {
        long day = Math.floorDiv(reader.getPartitionTimestampByIndex(i), MICROS_A_DAY);
        if ((day + 1) * MICROS_A_DAY <= from || day * MICROS_A_DAY >= to) {
          continue;
        }
        int its =
            reader.getTxFile().isPartitionParquet(i)
                ? Math.min(widths.of(reader, i), columns.size())
                : columns.size();
        if (its != width) {
          long cut = Math.max(from, day * MICROS_A_DAY);
          if (cut > begin) {
            runs.add(new Run(begin, cut, width));
          }
          begin = cut;
          width = its;
        }
      }
      runs.add(new Run(begin, to, width));
      return new Plan(columns, runs);
    }
  }

  /** The columns of a run as a statement names them. */
  String selected(Run run) {
    return '"' + String.join("\", \"", columns.subList(0, run.width)) + '"';
  }
}
