package org.rollcall.collector.problems;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.problems.Cause.Known;

/**
 * What people write to causes, in the register. Any thread; every call blocks on the database.
 * Changes are made in the caller's transaction.
 */
final class ProblemNotes {
  /** Comments kept of one cause's id; the oldest go. Project default. */
  static final int KEPT = 200;

  private final Database database;
  private final Clock clock;

  ProblemNotes(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Somebody takes it on; whoever did before is replaced. */
  void acknowledge(
      Handle handle, String cause, String account, String comment, @Nullable Instant until) {
    handle.execute(
        "INSERT INTO problem_ack (cause, account, at_millis, comment, until_millis)"
            + " VALUES (?, ?, ?, ?, ?)"
            + " ON CONFLICT (cause) DO UPDATE SET account = excluded.account,"
            + " at_millis = excluded.at_millis, comment = excluded.comment,"
            + " until_millis = excluded.until_millis",
        cause,
        account,
        clock.millis(),
        comment,
        until == null ? null : until.toEpochMilli());
  }

  void comment(Handle handle, String cause, String account, String comment) {
    handle.execute(
        "INSERT INTO problem_comment (cause, account, at_millis, comment) VALUES (?, ?, ?, ?)",
        cause,
        account,
        clock.millis(),
        comment);
    handle.execute(
        "DELETE FROM problem_comment WHERE cause = ? AND id NOT IN"
            + " (SELECT id FROM problem_comment WHERE cause = ? ORDER BY id DESC LIMIT ?)",
        cause,
        cause,
        KEPT);
  }

  /** Replaces the ticket of a cause. */
  void ticket(Handle handle, String cause, Ticket ticket) {
    handle.execute(
        "INSERT INTO problem_ticket (cause, number, assignee, state, account, at_millis)"
            + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (cause) DO UPDATE SET"
            + " number = excluded.number, assignee = excluded.assignee, state = excluded.state,"
            + " account = excluded.account, at_millis = excluded.at_millis",
        cause,
        ticket.number(),
        ticket.assignee(),
        ticket.state().name(),
        ticket.account(),
        ticket.at().toEpochMilli());
  }

  /** Comments to a cause's id, the newest first, at most {@value #KEPT}. */
  List<Note> comments(String cause) {
    return database
        .readOnly()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "SELECT account, at_millis, comment FROM problem_comment"
                            + " WHERE cause = :cause ORDER BY id DESC LIMIT "
                            + KEPT)
                    .bind("cause", cause)
                    .map(ProblemNotes::note)
                    .list());
  }

  /** The causes with what is written to them, in their order of {@link Case#FIRST_THINGS_FIRST}. */
  List<Case> cases(List<Cause> causes) {
    long now = clock.millis();
    All all = database.readOnly().inTransaction(handle -> all(handle, now));
    return causes.stream()
        .map(
            cause -> {
              String id = cause.id();
              Note ack = all.acks().get(id);
              Ticket ticket = all.tickets().get(id);
              return new Case(
                  cause,
                  ack != null && isOf(cause, ack.at()) ? ack : null,
                  ticket != null && isOf(cause, ticket.at()) ? ticket : null,
                  all.comments().getOrDefault(id, 0));
            })
        .sorted(Case.FIRST_THINGS_FIRST)
        .toList();
  }

  /** What was written before a cause began was written to an earlier one. */
  private static boolean isOf(Cause cause, Instant at) {
    return cause.known() == Known.AT_LEAST || !at.isBefore(cause.since());
  }

  private record All(
      Map<String, Note> acks, Map<String, Ticket> tickets, Map<String, Integer> comments) {}

  private static All all(Handle handle, long now) {
    All all = new All(new HashMap<>(), new HashMap<>(), new HashMap<>());
    handle
        .createQuery(
            "SELECT cause, account, at_millis, comment FROM problem_ack"
                + " WHERE until_millis IS NULL OR until_millis > :now")
        .bind("now", now)
        .map(row -> Map.entry(text(row, "cause"), note(row)))
        .forEach(entry -> all.acks().put(entry.getKey(), entry.getValue()));
    handle
        .createQuery("SELECT * FROM problem_ticket")
        .map(row -> Map.entry(text(row, "cause"), ticket(row)))
        .forEach(entry -> all.tickets().put(entry.getKey(), entry.getValue()));
    handle
        .createQuery("SELECT cause, count(*) AS n FROM problem_comment GROUP BY cause")
        .map(row -> Map.entry(text(row, "cause"), row.getColumn("n", Integer.class)))
        .forEach(entry -> all.comments().put(entry.getKey(), entry.getValue()));
    return all;
  }

  private static Note note(RowView row) {
    return new Note(text(row, "account"), at(row), text(row, "comment"));
  }

  private static Ticket ticket(RowView row) {
    return new Ticket(
        text(row, "number"),
        text(row, "assignee"),
        Ticket.State.valueOf(text(row, "state")),
        text(row, "account"),
        at(row));
  }

  private static String text(RowView row, String column) {
    return row.getColumn(column, String.class);
  }

  private static Instant at(RowView row) {
    @Nullable Long millis = row.getColumn("at_millis", Long.class);
    return Instant.ofEpochMilli(millis == null ? 0 : millis);
  }
}
