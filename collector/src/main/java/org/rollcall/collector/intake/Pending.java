package org.rollcall.collector.intake;

import java.util.ArrayList;
import java.util.List;
import org.rollcall.collector.store.ObservationStore.SchoolReport;

/**
 * A report on its way to the store. Its followers are guarded by the lock of its agent's window.
 */
final class Pending {
  final SchoolReport report;
  final ReportLog.Received received;
  final int checksum;
  final Lane lane;
  final int token;

  /** Copies of the same report that arrived while this one was on its way; they share its fate. */
  private List<Pending> followers = List.of();

  Pending(SchoolReport report, ReportLog.Received received, int checksum, Lane lane, int token) {
    this.report = report;
    this.received = received;
    this.checksum = checksum;
    this.lane = lane;
    this.token = token;
  }

  int bytes() {
    return received.payload().length;
  }

  long epoch() {
    return report.report().getEpoch();
  }

  long seq() {
    return report.report().getSeq();
  }

  void follow(Pending copy) {
    if (followers.isEmpty()) {
      followers = new ArrayList<>(2);
    }
    followers.add(copy);
  }

  List<Pending> followers() {
    return followers;
  }
}
