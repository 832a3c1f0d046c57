package org.rollcall.collector.store.questdb;

import io.questdb.cairo.CairoConfiguration;
import io.questdb.cairo.CairoEngine;
import io.questdb.cairo.TableReader;
import io.questdb.cairo.TableUtils;
import io.questdb.griffin.engine.table.parquet.PartitionDecoder;
import io.questdb.log.Log;
import io.questdb.log.LogFactory;
import io.questdb.std.FilesFacade;
import io.questdb.std.MemoryTag;
import io.questdb.std.str.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many of its table's columns a packed day has: those the table had when the day was packed,
 * which are its first. Read once from the end of the day's file. Any thread.
 */
final class Widths {
  private static final Log QUEST_LOG = LogFactory.getLog(Widths.class);

  /** Ten years of thirty kinds; then it is learned anew. */
  private static final int MOST = 120_000;

  private final CairoEngine engine;
  private final Map<Packed, Shape> known = new ConcurrentHashMap<>();

  /** A packed day's file in one state: it is written anew under another name, or grows. */
  private record Packed(String table, long partition, long name, long bytes) {}

  /**
   * @param columns how many, from the table's first
   * @param rows of each row group
   */
  record Shape(int columns, List<Integer> rows) {}

  Widths(CairoEngine engine) {
    this.engine = engine;
  }

  /**
   * @param partition index of one that is packed
   */
  int of(TableReader reader, int partition) {
    return shape(reader, partition).columns;
  }

  Shape shape(TableReader reader, int partition) {
    Packed packed =
        new Packed(
            reader.getTableToken().getDirName(),
            reader.getPartitionTimestampByIndex(partition),
            reader.getTxFile().getPartitionNameTxn(partition),
            reader.getTxFile().getPartitionParquetFileSize(partition));
    Shape shape = known.get(packed);
    if (shape == null) {
      shape = read(reader, packed);
      if (known.size() >= MOST) {
        known.clear();
      }
      known.put(packed, shape);
    }
    return shape;
  }

  private Shape read(TableReader reader, Packed packed) {
    CairoConfiguration configuration = engine.getConfiguration();
    FilesFacade files = configuration.getFilesFacade();
    PartitionDecoder decoder = new PartitionDecoder();
    int tag = MemoryTag.MMAP_PARQUET_PARTITION_DECODER;
    long address = 0;
    try (Path path = new Path()) {
      TableUtils.setPathForParquetPartition(
          path.of(configuration.getDbRoot()).concat(reader.getTableToken()),
          reader.getMetadata().getTimestampType(),
          reader.getPartitionedBy(),
          packed.partition,
          packed.name);
      address = TableUtils.mapRO(files, path.$(), QUEST_LOG, packed.bytes, tag);
      decoder.of(address, packed.bytes, MemoryTag.NATIVE_PARQUET_PARTITION_DECODER);
      List<Integer> rows = new ArrayList<>();
      for (int group = 0; group < decoder.metadata().getRowGroupCount(); group++) {
        rows.add(decoder.metadata().getRowGroupSize(group));
      }
      return new Shape(decoder.metadata().getColumnCount(), List.copyOf(rows));
    } finally {
      decoder.close();
      if (address != 0) {
        files.munmap(address, packed.bytes, tag);
      }
    }
  }
}
