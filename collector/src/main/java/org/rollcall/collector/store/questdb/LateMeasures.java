package org.rollcall.collector.store.questdb;

import io.questdb.cairo.CairoEngine;
import io.questdb.cairo.TableReader;
import io.questdb.cairo.TableToken;
import io.questdb.cairo.sql.TableRecordMetadata;
import io.questdb.cairo.wal.WalEventCursor;
import io.questdb.cairo.wal.WalEventReader;
import io.questdb.cairo.wal.WalTxnType;
import io.questdb.cairo.wal.WalUtils;
import io.questdb.cairo.wal.seq.TransactionLogCursor;
import io.questdb.std.str.Path;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes up a table that stands still because late rows are for a packed day from before the table
 * learned its newest measure: QuestDB merges rows only into a file with all of the table's columns.
 * The days that the waiting rows are for are unpacked, and those alone. The applier's thread.
 */
final class LateMeasures {
  private static final Logger LOG = LoggerFactory.getLogger(LateMeasures.class);

  /** In the log a row's time is followed by the row's number. */
  private static final int TIME_BYTES = 16;

  private static final int ROWS_AT_ONCE = 4_096;

  private final CairoEngine engine;
  private final Widths widths;
  private final Days days;

  LateMeasures(CairoEngine engine, Widths widths, Days days) {
    this.engine = engine;
    this.widths = widths;
    this.days = days;
  }

  /**
   * @return how many days were unpacked; with none, the table stands still for another reason
   */
  int unpack(TableToken table) throws IOException {
    int unpacked = 0;
    NavigableSet<LocalDate> waited = null;
    for (LocalDate day : narrow(table)) {
      if (waited == null) {
        waited = waitedFor(table);
      }
      if (waited.contains(day)) {
        days.unpack(table, day);
        unpacked++;
        LOG.atInfo()
            .addKeyValue("table", table.getTableName())
            .addKeyValue("day", day)
            .log("A packed day is unpacked: late rows came after the table learned a measure");
      }
    }
    return unpacked;
  }

  /** Packed days whose file has fewer columns than the table has, or will have. */
  private NavigableSet<LocalDate> narrow(TableToken table) {
    NavigableSet<LocalDate> narrow = new TreeSet<>();
    int columns;
    try (TableRecordMetadata metadata = engine.getSequencerMetadata(table)) {
      columns = metadata.getColumnCount();
    }
    try (TableReader reader = engine.getReader(table)) {
      for (int i = 0; i < reader.getPartitionCount(); i++) {
        if (reader.getTxFile().isPartitionParquet(i) && widths.of(reader, i) < columns) {
          narrow.add(Days.day(reader.getPartitionTimestampByIndex(i)));
        }
      }
    }
    return narrow;
  }

  /** The days of all rows in the log that are not in the table yet. */
  private NavigableSet<LocalDate> waitedFor(TableToken table) throws IOException {
    NavigableSet<LocalDate> waited = new TreeSet<>();
    long applied;
    try (TableReader reader = engine.getReader(table)) {
      applied = reader.getSeqTxn();
    }
    java.nio.file.Path folder =
        java.nio.file.Path.of(engine.getConfiguration().getDbRoot()).resolve(table.getDirName());
    try (TransactionLogCursor log = engine.getTableSequencerAPI().getCursor(table, applied);
        WalEventReader events = new WalEventReader(engine.getConfiguration());
        Path path = new Path()) {
      while (log.hasNext()) {
        if (log.getWalId() > 0) {
          String segment = WalUtils.WAL_NAME_BASE + log.getWalId() + "/" + log.getSegmentId();
          path.of(folder.resolve(segment).toString());
          WalEventCursor event = events.of(path, log.getSegmentTxn());
          if (WalTxnType.isDataType(event.getType())) {
            collect(folder.resolve(segment).resolve("t.d"), event.getDataInfo(), waited);
          }
        }
      }
    }
    return waited;
  }

  private static void collect(
      java.nio.file.Path times, WalEventCursor.DataInfo rows, NavigableSet<LocalDate> days)
      throws IOException {
    if (Days.day(rows.getMinTimestamp()).equals(Days.day(rows.getMaxTimestamp()))) {
      days.add(Days.day(rows.getMinTimestamp()));
      return;
    }
    ByteBuffer some = ByteBuffer.allocate(ROWS_AT_ONCE * TIME_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    try (FileChannel file = FileChannel.open(times, StandardOpenOption.READ)) {
      long row = rows.getStartRowID();
      while (row < rows.getEndRowID()) {
        int count = (int) Math.min(ROWS_AT_ONCE, rows.getEndRowID() - row);
        some.clear().limit(count * TIME_BYTES);
        while (some.hasRemaining()) {
          if (file.read(some, row * TIME_BYTES + some.position()) < 0) {
            throw new IOException(times + " ends before row " + rows.getEndRowID());
          }
        }
        for (int i = 0; i < count; i++) {
          days.add(Days.day(some.getLong(i * TIME_BYTES)));
        }
        row += count;
      }
    }
  }
}
