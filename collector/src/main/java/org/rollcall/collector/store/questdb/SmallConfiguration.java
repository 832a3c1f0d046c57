package org.rollcall.collector.store.questdb;

import io.questdb.DefaultTelemetryConfiguration;
import io.questdb.TelemetryConfiguration;
import io.questdb.cairo.CommitMode;
import io.questdb.cairo.DefaultCairoConfiguration;
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

  private final boolean sync;
  private final @Nullable FilesFacade files;
  private final TelemetryConfiguration telemetry = new NoTelemetry();

  /**
   * @param files null for the operating system's own
   */
  SmallConfiguration(Path root, boolean sync, @Nullable FilesFacade files) {
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
    return sync ? CommitMode.SYNC : CommitMode.NOSYNC;
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
