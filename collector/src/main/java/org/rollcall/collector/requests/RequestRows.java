package org.rollcall.collector.requests;

import java.time.Instant;
import java.time.LocalDate;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;
import org.rollcall.collector.audit.Actor;
import org.rollcall.collector.judge.Verdict.Evidence;
import org.rollcall.collector.judge.Verdict.Outcome;
import org.rollcall.collector.requests.SchoolRequest.Judged;
import org.rollcall.collector.requests.SchoolRequest.Kind;
import org.rollcall.collector.requests.SchoolRequest.State;
import org.rollcall.collector.requests.SchoolRequest.Step;

/** Requests as rows. */
final class RequestRows {
  private static final String INSERT =
      """
      INSERT INTO school_request (kind, school, profile, rule, date, state, text, account,
        at_millis, changed_millis, outcome, evidence, disputed, value, threshold, unit, samples,
        window_from, window_to, profile_version, calendar_version)
      VALUES (:kind, :school, :profile, :rule, :date, 'OPEN', :text, :account,
        :at, :at, :outcome, :evidence, :disputed, :value, :threshold, :unit, :samples,
        :from, :to, :profileVersion, :calendarVersion)
      """;

  private RequestRows() {}

  static long insert(
      Handle handle, Kind kind, String school, Judged judged, String text, Actor by, long at) {
    return handle
        .createUpdate(INSERT)
        .bind("kind", kind.name())
        .bind("school", school)
        .bind("profile", judged.profile())
        .bind("rule", judged.rule())
        .bind("date", judged.date().toString())
        .bind("text", text)
        .bind("account", by.account())
        .bind("at", at)
        .bind("outcome", judged.outcome().name())
        .bind("evidence", judged.evidence().name())
        .bind("disputed", judged.disputed())
        .bind("value", judged.value())
        .bind("threshold", judged.threshold())
        .bind("unit", judged.unit())
        .bind("samples", judged.samples())
        .bind("from", judged.from().toString())
        .bind("to", judged.to().toString())
        .bind("profileVersion", judged.profileVersion())
        .bind("calendarVersion", judged.calendarVersion())
        .executeAndReturnGeneratedKeys("id")
        .mapTo(Long.class)
        .one();
  }

  static SchoolRequest request(RowView row) {
    return new SchoolRequest(
        row.getColumn("id", Long.class),
        Kind.valueOf(text(row, "kind")),
        text(row, "school"),
        State.valueOf(text(row, "state")),
        text(row, "text"),
        text(row, "account"),
        time(row, "at_millis"),
        time(row, "changed_millis"),
        judged(row),
        row.getColumn("files", Integer.class));
  }

  private static Judged judged(RowView row) {
    return new Judged(
        text(row, "profile"),
        text(row, "rule"),
        day(row, "date"),
        Outcome.valueOf(text(row, "outcome")),
        Evidence.valueOf(text(row, "evidence")),
        row.getColumn("disputed", Integer.class) == 1,
        row.getColumn("value", Double.class),
        row.getColumn("threshold", Double.class),
        text(row, "unit"),
        row.getColumn("samples", Integer.class),
        day(row, "window_from"),
        day(row, "window_to"),
        text(row, "profile_version"),
        text(row, "calendar_version"));
  }

  static Step step(RowView row) {
    return new Step(
        State.valueOf(text(row, "state")),
        text(row, "account"),
        time(row, "at_millis"),
        text(row, "text"));
  }

  static String text(RowView row, String column) {
    return row.getColumn(column, String.class);
  }

  static Instant time(RowView row, String column) {
    return Instant.ofEpochMilli(row.getColumn(column, Long.class));
  }

  private static LocalDate day(RowView row, String column) {
    return LocalDate.parse(text(row, column));
  }
}
