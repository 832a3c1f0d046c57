package org.rollcall.collector.intake;

import java.util.List;
import org.rollcall.collector.store.StoreUnavailableException;

/** Keeps reports as they came. Called by the writer thread alone. */
public interface ReportLog {
  /** Keeps nothing. */
  ReportLog NONE = batch -> {};

  /**
   * Keeps a batch that the store has just taken; only then is it acknowledged. The same report may
   * come again.
   *
   * @throws StoreUnavailableException if nothing of the batch may be acknowledged
   */
  void keep(List<Received> batch);

  /**
   * A report as it came.
   *
   * @param millis when, since 1970, by the collector's clock
   * @param json whether the payload is JSON
   * @param payload nobody's to change
   */
  @SuppressWarnings("ArrayRecordComponent") // carried, never compared
  record Received(Sender sender, long millis, boolean json, byte[] payload) {}
}
