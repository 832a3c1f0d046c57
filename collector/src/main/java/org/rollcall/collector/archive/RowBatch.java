package org.rollcall.collector.archive;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.rollcall.collector.store.GapObservation;
import org.rollcall.collector.store.ObservationStore.SchoolReport;
import org.rollcall.protocol.v1.Observation;
import org.rollcall.protocol.v1.Report;

/** Turns rows that a store gave back into reports that a store takes. One thread. */
final class RowBatch {
  /** Rows in one report. A project default: 20,000 rows of ten measures take some 10 MB. */
  private static final int ROWS = 20_000;

  private final Consumer<List<SchoolReport>> sink;
  private final List<SchoolReport> reports = new ArrayList<>();
  private final Map<String, Report.Builder> gaps = new LinkedHashMap<>();
  private Report.Builder rows = Report.newBuilder();
  private String school = "";
  private int held;

  RowBatch(Consumer<List<SchoolReport>> sink) {
    this.sink = sink;
  }

  void add(String of, Observation row) {
    if (!of.equals(school)) {
      endSchool();
      school = of;
    }
    if (GapObservation.isGap(row)) {
      String agent = GapObservation.agent(row);
      gaps.computeIfAbsent(agent, a -> Report.newBuilder().setAgent(a))
          .addGaps(GapObservation.gap(row));
    } else {
      rows.addObservations(row);
    }
    held++;
    if (held >= ROWS) {
      flush();
    }
  }

  private void endSchool() {
    if (rows.getObservationsCount() > 0) {
      reports.add(new SchoolReport(school, rows.build()));
      rows = Report.newBuilder();
    }
    gaps.values().forEach(report -> reports.add(new SchoolReport(school, report.build())));
    gaps.clear();
  }

  /** Hands on what is held. */
  void flush() {
    endSchool();
    if (!reports.isEmpty()) {
      sink.accept(List.copyOf(reports));
      reports.clear();
    }
    held = 0;
  }
}
