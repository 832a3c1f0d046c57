package org.rollcall.collector.intake;

import java.util.List;
import org.rollcall.collector.store.ObservationStore.SchoolReport;

/**
 * Told what has just become durable. Runs on the intake's writer thread, before the
 * acknowledgements leave: it must not block and must not throw.
 */
@FunctionalInterface
public interface IntakeListener {
  void stored(List<SchoolReport> batch);
}
