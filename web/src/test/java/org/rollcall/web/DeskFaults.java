package org.rollcall.web;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.rollcall.collector.store.ObservationStore.SchoolReport;
import org.rollcall.protocol.v1.Observation;
import org.rollcall.protocol.v1.Report;

/** Breaks things at a {@link TestServer}, as if agents told of them now. */
public final class DeskFaults {
  private DeskFaults() {}

  /**
   * The line of the first school is down; a terminal of the second says that its lamp is broken;
   * every school is heard.
   */
  public static void show(TestServer server) {
    Instant now = Instant.now();
    List<SchoolReport> told = new ArrayList<>();
    for (String school : TestServer.SCHOOLS) {
      boolean first = school.equals(TestServer.SCHOOLS.get(0));
      boolean second = school.equals(TestServer.SCHOOLS.get(1));
      double up = first ? 0 : 1;
      told.add(
          report(
              school,
              seen("link:wan", now, "", Map.of("up", up)),
              seen("reach:internet", now, first ? "timeout" : "", Map.of("up", up)),
              seen("reach:edu", now, first ? "timeout" : "", Map.of("up", up)),
              seen(
                  "terminal:c1",
                  now,
                  second ? "fault" : "",
                  second
                      ? Map.of("state", 4.0, "up", 0.0, "faultBits", 8.0)
                      : Map.of("state", 1.0, "up", 1.0))));
    }
    server.collector().pulse().stored(told);
    server.collector().problems().refresh();
  }

  /** Everything is well again. */
  public static void mend(TestServer server) {
    Instant now = Instant.now();
    List<SchoolReport> told = new ArrayList<>();
    for (String school : TestServer.SCHOOLS) {
      told.add(
          report(
              school,
              seen("link:wan", now, "", Map.of("up", 1.0)),
              seen("reach:internet", now, "", Map.of("up", 1.0)),
              seen("reach:edu", now, "", Map.of("up", 1.0)),
              seen("terminal:c1", now, "", Map.of("state", 1.0, "up", 1.0))));
    }
    server.collector().pulse().stored(told);
    server.collector().problems().refresh();
  }

  /** An agent of a school tells that 500 reports wait in its spool. */
  public static void agent(TestServer server, String school, String agent, Instant now) {
    Map<String, Double> health = Map.of("spoolReports", 500.0, "clockSkewSeconds", 1.5);
    server
        .collector()
        .pulse()
        .stored(List.of(report(school, seen("agent:" + agent, now, "", health))));
  }

  private static SchoolReport report(String school, Observation... seen) {
    return new SchoolReport(
        school, Report.newBuilder().setAgent("f-test").addAllObservations(List.of(seen)).build());
  }

  private static Observation seen(
      String subject, Instant at, String reason, Map<String, Double> measures) {
    return Observation.newBuilder()
        .setSubject(subject)
        .setTimeMillis(at.toEpochMilli())
        .setReason(reason)
        .putAllMeasures(measures)
        .build();
  }
}
