package org.rollcall.collector.store.questdb;

import io.questdb.log.LogLevel;
import io.questdb.log.LogRecordUtf8Sink;
import io.questdb.log.LogWriter;
import io.questdb.mp.QueueConsumer;
import io.questdb.mp.RingQueue;
import io.questdb.mp.SCSequence;
import io.questdb.mp.SynchronizedJob;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes on to SLF4J what QuestDB logs as gone wrong, at most {@value #LINES_A_MINUTE} lines a
 * minute; the next minute's first line says how many were held back. QuestDB makes it by the name
 * in {@code log.properties} and runs it on its logging thread.
 */
public final class LogBridge extends SynchronizedJob implements LogWriter {
  /** QuestDB's system property for where its log is configured. */
  private static final String CONFIGURATION = "out";

  private static final Logger LOG = LoggerFactory.getLogger("org.questdb");
  private static final int LINES_A_MINUTE = 30;

  private final RingQueue<LogRecordUtf8Sink> ring;
  private final SCSequence sequence;
  private final QueueConsumer<LogRecordUtf8Sink> consumer = this::pass;
  private long minute;
  private int lines;
  private long heldBack;

  /** The form QuestDB asks for; what to pass on is decided by the level in the properties. */
  public LogBridge(RingQueue<LogRecordUtf8Sink> ring, SCSequence sequence, int level) {
    this.ring = ring;
    this.sequence = sequence;
  }

  /** Before the first of QuestDB's classes is touched: it logs to the console otherwise. */
  static void install() {
    if (System.getProperty(CONFIGURATION) == null) {
      System.setProperty(CONFIGURATION, "/org/rollcall/collector/store/questdb/log.properties");
    }
  }

  @Override
  public void bindProperties(io.questdb.log.LogFactory factory) {}

  @Override
  protected boolean runSerially() {
    return sequence.consumeAll(ring, consumer);
  }

  private void pass(LogRecordUtf8Sink line) {
    int level = line.getLevel();
    if ((level & (LogLevel.ERROR | LogLevel.CRITICAL)) == 0) {
      return;
    }
    long now = TimeUnit.NANOSECONDS.toMinutes(System.nanoTime());
    if (now != minute) {
      minute = now;
      lines = 0;
    }
    if (lines >= LINES_A_MINUTE) {
      heldBack++;
      return;
    }
    lines++;
    // Everything that needs a person surfaces as StoreUnavailableException or from WalApplier.
    LOG.atWarn()
        .addKeyValue("line", line.toString().strip())
        .addKeyValue("heldBack", heldBack)
        .log("QuestDB reports a fault");
    heldBack = 0;
  }
}
