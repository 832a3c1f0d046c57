package org.rollcall.collector.store.questdb;

import io.questdb.cairo.CairoError;
import io.questdb.cairo.CairoException;
import java.io.IOException;
import org.rollcall.collector.store.StoreUnavailableException;

/** QuestDB's exceptions in words that can leave this package. */
final class Fault {
  /** Linux, macOS and the BSDs agree on it. */
  private static final int ENOSPC = 28;

  private static final int EDQUOT = 122;

  private Fault() {}

  /**
   * What a writer that gave up was stopped by. QuestDB throws an error there, which would end the
   * thread that looks after the tables, though only one table's writer is lost.
   */
  static CairoException stopped(CairoError e) {
    return e.getCause() instanceof CairoException cause
        ? cause
        : CairoException.critical(0).put(String.valueOf(e.getMessage()));
  }

  static boolean isDiskFull(CairoException e) {
    return e.getErrno() == ENOSPC || e.getErrno() == EDQUOT;
  }

  /**
   * @param what what could not be done, without a full stop
   */
  static StoreUnavailableException unavailable(String what, Exception e) {
    // QuestDB reuses its exception objects: the message is copied, the object is not kept.
    String detail = String.valueOf(e.getMessage());
    if (e instanceof CairoException cairo && isDiskFull(cairo)) {
      return new StoreUnavailableException(
          what + ": the disk is full. Free space, or move the store to a larger disk.",
          new IOException(detail));
    }
    return new StoreUnavailableException(what + ": " + detail, new IOException(detail));
  }
}
