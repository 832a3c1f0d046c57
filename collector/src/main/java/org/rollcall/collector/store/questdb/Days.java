package org.rollcall.collector.store.questdb;

import io.questdb.cairo.CairoEngine;
import io.questdb.cairo.CairoError;
import io.questdb.cairo.TableReader;
import io.questdb.cairo.TableToken;
import io.questdb.cairo.TableWriter;
import io.questdb.std.ObjHashSet;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The days of the kinds' tables: which there are, and packing, unpacking and dropping one of them.
 * Changes go past the log and straight to the table, so that a day that cannot be packed does not
 * stop the rows behind it; they are the applier's thread's alone. Looking is anybody's.
 */
final class Days {
  private static final long MICROS_A_DAY = TimeUnit.DAYS.toMicros(1);
  private static final String REASON = "upkeep of closed days";

  private final CairoEngine engine;
  private final SmallConfiguration configuration;
  private final SyncedFiles files;
  private final Widths widths;

  Days(CairoEngine engine, SmallConfiguration configuration, SyncedFiles files, Widths widths) {
    this.engine = engine;
    this.configuration = configuration;
    this.files = files;
    this.widths = widths;
  }

  /** Every kind's table. */
  List<TableToken> tables() {
    ObjHashSet<TableToken> tokens = new ObjHashSet<>();
    engine.getTableTokens(tokens, false);
    List<TableToken> tables = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.get(i).getTableName().startsWith(KindTable.PREFIX)) {
        tables.add(tokens.get(i));
      }
    }
    return tables;
  }

  /** A table's days, oldest first. */
  List<StoredDay> of(TableToken table) {
    String kind = table.getTableName().substring(KindTable.PREFIX.length());
    List<StoredDay> days = new ArrayList<>();
    try (TableReader reader = engine.getReader(table)) {
      int count = reader.getPartitionCount();
      int i = 0;
      while (i < count) {
        LocalDate day = day(reader.getPartitionTimestampByIndex(i));
        long rows = 0;
        long packed = 0;
        // QuestDB may split a day that late rows are merged into.
        for (; i < count && day(reader.getPartitionTimestampByIndex(i)).equals(day); i++) {
          rows += reader.getPartitionRowCountFromMetadata(i);
          boolean isPacked = reader.getTxFile().isPartitionParquet(i);
          packed =
              isPacked && packed >= 0
                  ? packed + reader.getTxFile().getPartitionParquetFileSize(i)
                  : -1;
        }
        days.add(new StoredDay(kind, day, rows, packed, i == count));
      }
    }
    return days;
  }

  /** Makes one file of a day's columns. What is packed already stays as it is. */
  void pack(TableToken table, LocalDate day) {
    change(table, writer -> writer.convertPartitionNativeToParquet(micros(day), null, Double.NaN));
  }

  /** Makes plain columns of a day's file. */
  void unpack(TableToken table, LocalDate day) {
    Widths.Shape shape = shape(table, day);
    if (shape == null) {
      return;
    }
    change(
        table,
        writer -> {
          tellColumns(writer, micros(day), shape.columns());
          files.unpacking(shape.rows(), () -> writer.convertPartitionParquetToNative(micros(day)));
        });
  }

  private Widths.@Nullable Shape shape(TableToken table, LocalDate day) {
    try (TableReader reader = engine.getReader(table)) {
      int partition = reader.getTxFile().getPartitionIndex(micros(day));
      return partition >= 0 && reader.getTxFile().isPartitionParquet(partition)
          ? widths.shape(reader, partition)
          : null;
    }
  }

  /**
   * Says where the columns of a packed day begin: with its first row if the file has them,
   * otherwise after its last. QuestDB fills columns up that began later when it packs a day, and
   * still believes what was before when it unpacks: every value would be read in a wrong row. While
   * the day is packed nobody asks where its columns begin.
   */
  private static void tellColumns(TableWriter writer, long day, int width) {
    long rows = writer.getPartitionSize(writer.getPartitionIndexByTimestamp(day));
    for (int column = 0; column < writer.getMetadata().getColumnCount(); column++) {
      long begin = writer.getColumnTop(day, column, -1);
      if (column < width && begin != 0) {
        writer.upsertColumnVersion(day, column, 0);
      } else if (column >= width && begin >= 0 && begin != rows) {
        writer.upsertColumnVersion(day, column, rows);
      }
    }
    writer.commit();
  }

  void drop(TableToken table, LocalDate day) {
    change(table, writer -> writer.removePartition(micros(day)));
  }

  private void change(TableToken table, Consumer<TableWriter> change) {
    try {
      TableWriter writer = engine.getWriter(table, REASON);
      boolean done = false;
      try {
        configuration.carefully(() -> change.accept(writer));
        done = true;
      } finally {
        if (!done) {
          writer.destroy(); // nobody knows what it holds; the next one reads the disk
        }
        writer.close();
      }
    } catch (CairoError e) {
      throw Fault.stopped(e);
    }
  }

  static LocalDate day(long micros) {
    return LocalDate.ofEpochDay(Math.floorDiv(micros, MICROS_A_DAY));
  }

  private static long micros(LocalDate day) {
    return Math.multiplyExact(day.toEpochDay(), MICROS_A_DAY);
  }

  static Instant end(LocalDate day) {
    return day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
  }
}
