package org.rollcall.collector.store.questdb;

import io.questdb.DefaultTelemetryConfiguration;
import io.questdb.TelemetryConfiguration;
import io.questdb.cairo.CommitMode;
import io.questdb.cairo.DefaultCairoConfiguration;
import io.questdb.griffin.engine.table.parquet.ParquetCompression;
import io.questdb.std.FilesFacade;
import io.questdb.std.FilesFacadeImpl;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * QuestDB for one process on a small machine: two processors, one table per kind of subject, some
 * ten columns each. Pages are small, because QuestDB maps and allocates one per column that is
 * open; nothing runs in parallel that the two processors could not run anyway.
 */
final class SmallConfiguration extends DefaultCairoConfiguration {
  private static final int KIB = 1024;
  private static final int MIB = 1024 * KIB;

  /** A column file in the log, 32 Ki doubles; cut to size when its segment closes. */
  private static final int WAL_PAGE = 256 * KIB;

  /** A column file of the newest day; cut to size when the day closes. */
  private static final int DATA_PAGE = 512 * KIB;

  /** What merging late rows allocates for each column to begin with; it grows when it must. */
  private static final int MERGE_PAGE = 256 * KIB;

  /** Rows and transactions that one merge takes at most: back-fill is merged in large steps. */
  private static final int MERGE_ROWS = 500_000;

  private static final int MERGE_TRANSACTIONS = 1_000;
  private static final int SEGMENT_ROWS = 200_000;
  private static final long IDLE_MILLIS = 60_000;
  private static final long PURGE_MILLIS = 10_000;

  /**
   * How a closed day is packed. A merge of late rows reads and writes whole row groups, and in
   * memory: for twelve columns 100,000 rows are 10 MiB.
   */
  private static final int PACKED_ROWS = 100_000;

  private static final int ZSTD_LEVEL = 3;

  /** Of a packed file that merges have left behind, until the next merge writes it anew. */
  private static final double PACKED_WASTE = 0.25;

  private final boolean sync;
  private final FilesFacade files;

  /** Whose commits wait for the disk, whatever {@code sync} says. */
  private volatile @Nullable Thread careful;

  private final TelemetryConfiguration telemetry = new NoTelemetry();

  SmallConfiguration(Path root, boolean sync, FilesFacade files) {
    super(root.toString());
    this.sync = sync;
    this.files = files;
  }

  @Override
  public FilesFacade getFilesFacade() {
    // The super constructor asks before the field is set.
    return files == null ? FilesFacadeImpl.INSTANCE : files;
  }

  @Override
  public int getCommitMode() {
    return sync || careful == Thread.currentThread() ? CommitMode.SYNC : CommitMode.NOSYNC;
  }

  /** Every commit that this thread makes meanwhile waits for the disk. One thread at a time. */
  void carefully(Runnable work) {
    careful = Thread.currentThread();
    try {
      work.run();
    } finally {
      careful = null;
    }
  }

  @Override
  public int getPartitionEncoderParquetCompressionCodec() {
    return ParquetCompression.COMPRESSION_ZSTD;
  }

  @Override
  public int getPartitionEncoderParquetCompressionLevel() {
    return ZSTD_LEVEL;
  }

  @Override
  public int getPartitionEncoderParquetRowGroupSize() {
    return PACKED_ROWS; // at QuestDB's own 0 merging late rows fails
  }

  @Override
  public double getPartitionEncoderParquetO3RewriteUnusedRatio() {
    return PACKED_WASTE;
  }

  @Override
  public long getWalDataAppendPageSize() {
    return WAL_PAGE;
  }

  @Override
  public long getDataAppendPageSize() {
    return DATA_PAGE;
  }

  @Override
  public int getO3ColumnMemorySize() {
    return MERGE_PAGE;
  }

  @Override
  public int getMaxUncommittedRows() {
    return MERGE_ROWS;
  }

  @Override
  public double getWalLagRowsMultiplier() {
    return 1;
  }

  @Override
  public int getWalApplyLookAheadTransactionCount() {
    return MERGE_TRANSACTIONS;
  }

  @Override
  public long getWalSegmentRolloverRowCount() {
    return SEGMENT_ROWS;
  }

  @Override
  public long getWalPurgeInterval() {
    return PURGE_MILLIS;
  }

  @Override
  public long getInactiveReaderTTL() {
    return IDLE_MILLIS;
  }

  @Override
  public long getInactiveWriterTTL() {
    return IDLE_MILLIS;
  }

  @Override
  public int getSqlSortValuePageSize() {
    return MIB;
  }

  @Override
  public boolean isSqlParallelFilterEnabled() {
    return false;
  }

  @Override
  public boolean isMatViewEnabled() {
    return false;
  }

  @Override
  public TelemetryConfiguration getTelemetryConfiguration() {
    return telemetry;
  }

  /** QuestDB would keep tables about itself, and nobody would read them. */
  private static final class NoTelemetry extends DefaultTelemetryConfiguration {
    @Override
    public boolean getDisableCompletely() {
      return true;
    }

    @Override
    public boolean getEnabled() {
      return false;
    }
  }
}
