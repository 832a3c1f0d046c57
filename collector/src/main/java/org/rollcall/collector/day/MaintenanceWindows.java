package org.rollcall.collector.day;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.database.Database;

/**
 * The maintenance windows in the database. Commands change them in their own process; what a change
 * touches is kept in a list until the judging thread has rolled those days up again. Any thread;
 * every call blocks on the database.
 */
public final class MaintenanceWindows {
  private final Database database;

  public MaintenanceWindows(Database database) {
    this.database = database;
  }

  /** A stretch whose days must be rolled up again. */
  public record Touched(long id, String school, Instant from, Instant to) {}

  /** Keeps a window and answers it with its number. */
  public MaintenanceWindow add(MaintenanceWindow window) {
    return database.jdbi().inTransaction(handle -> add(handle, window));
  }

  /** The same in the caller's transaction. */
  public MaintenanceWindow add(Handle handle, MaintenanceWindow window) {
    long id =
        handle
            .createQuery(
                "INSERT INTO maintenance (school, from_millis, to_millis, reason)"
                    + " VALUES (:school, :from, :to, :reason) RETURNING id")
            .bind("school", window.school())
            .bind("from", window.from().toEpochMilli())
            .bind("to", window.to().toEpochMilli())
            .bind("reason", window.reason())
            .mapTo(Long.class)
            .one();
    touch(handle, window.school(), window.from(), window.to());
    return new MaintenanceWindow(id, window.school(), window.from(), window.to(), window.reason());
  }

  /**
   * Ends a window at a time; one that had not begun by then is removed.
   *
   * @return the window as it was; null if there is none of that number or it had ended before
   */
  public @Nullable MaintenanceWindow end(long id, Instant at) {
    return database
        .jdbi()
        .inTransaction(
            handle -> {
              MaintenanceWindow window =
                  handle
                      .createQuery("SELECT * FROM maintenance WHERE id = :id AND to_millis > :at")
                      .bind("id", id)
                      .bind("at", at.toEpochMilli())
                      .map(MaintenanceWindows::window)
                      .findOne()
                      .orElse(null);
              if (window == null) {
                return null;
              }
              if (window.from().isBefore(at)) {
                handle.execute(
                    "UPDATE maintenance SET to_millis = ? WHERE id = ?", at.toEpochMilli(), id);
              } else {
                handle.execute("DELETE FROM maintenance WHERE id = ?", id);
              }
              touch(handle, window.school(), window.from(), window.to());
              return window;
            });
  }

  private static void touch(Handle handle, String school, Instant from, Instant to) {
    handle.execute(
        "INSERT INTO maintenance_touched (school, from_millis, to_millis) VALUES (?, ?, ?)",
        school,
        from.toEpochMilli(),
        to.toEpochMilli());
  }

  /** Those of a school that touch a span, oldest first. */
  public List<MaintenanceWindow> of(String school, Instant from, Instant to) {
    return list("school = :school AND from_millis < :to AND to_millis > :from", school, from, to);
  }

  /** Those of any school that touch a span, oldest first. */
  public List<MaintenanceWindow> between(Instant from, Instant to) {
    return list(":school = '' AND from_millis < :to AND to_millis > :from", "", from, to);
  }

  private List<MaintenanceWindow> list(String where, String school, Instant from, Instant to) {
    return database
        .readOnly()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "SELECT * FROM maintenance WHERE " + where + " ORDER BY from_millis, id")
                    .bind("school", school)
                    .bind("from", from.toEpochMilli())
                    .bind("to", to.toEpochMilli())
                    .map(MaintenanceWindows::window)
                    .list());
  }

  /** What changes touched and was not rolled up since, in the order of the changes. */
  public List<Touched> touched() {
    return database
        .readOnly()
        .withHandle(
            handle ->
                handle
                    .createQuery("SELECT * FROM maintenance_touched ORDER BY id")
                    .map(
                        row ->
                            new Touched(
                                row.getColumn("id", Long.class),
                                row.getColumn("school", String.class),
                                Instant.ofEpochMilli(row.getColumn("from_millis", Long.class)),
                                Instant.ofEpochMilli(row.getColumn("to_millis", Long.class))))
                    .list());
  }

  /** Forgets what was touched up to and including that number: it is rolled up. */
  public void rolledUp(long id) {
    database.jdbi().useHandle(h -> h.execute("DELETE FROM maintenance_touched WHERE id <= ?", id));
  }

  private static MaintenanceWindow window(RowView row) {
    return new MaintenanceWindow(
        row.getColumn("id", Long.class),
        row.getColumn("school", String.class),
        Instant.ofEpochMilli(row.getColumn("from_millis", Long.class)),
        Instant.ofEpochMilli(row.getColumn("to_millis", Long.class)),
        row.getColumn("reason", String.class));
  }
}
