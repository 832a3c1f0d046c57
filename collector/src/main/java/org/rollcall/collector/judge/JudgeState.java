package org.rollcall.collector.judge;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.day.SchoolDays;

/** How the judging thread ended, and what it had still to roll up, in the database. */
final class JudgeState {
  private final Database database;

  JudgeState(Database database) {
    this.database = database;
  }

  /**
   * Notes that judging runs, and tells what the last run left to do.
   *
   * @param versions what schools are judged by now
   * @return null when that is unknown: the first run, the last one did not end cleanly, or it
   *     judged by something else
   */
  @Nullable Map<String, List<LocalDate>> open(String versions) {
    String basis = basis(versions);
    return database
        .jdbi()
        .inTransaction(
            handle -> {
              boolean known =
                  handle
                      .createQuery("SELECT basis FROM judge_state WHERE clean = 1")
                      .mapTo(String.class)
                      .findOne()
                      .filter(basis::equals)
                      .isPresent();
              Map<String, List<LocalDate>> left = known ? left(handle) : null;
              handle.execute("DELETE FROM dirty_day");
              write(handle, false, basis);
              return left;
            });
  }

  private static Map<String, List<LocalDate>> left(Handle handle) {
    Map<String, List<LocalDate>> left = new TreeMap<>();
    handle
        .createQuery("SELECT school, date FROM dirty_day ORDER BY school, date")
        .map(
            row ->
                Map.entry(
                    row.getColumn("school", String.class),
                    LocalDate.parse(row.getColumn("date", String.class))))
        .forEach(e -> left.computeIfAbsent(e.getKey(), s -> new ArrayList<>()).add(e.getValue()));
    return left;
  }

  /** Notes that judging ended cleanly with this left to do. */
  void close(String versions, Map<String, List<LocalDate>> left) {
    database
        .jdbi()
        .useTransaction(
            handle -> {
              PreparedBatch batch =
                  handle.prepareBatch(
                      "INSERT INTO dirty_day (school, date) VALUES (?, ?)"
                          + " ON CONFLICT DO NOTHING");
              left.forEach((school, dates) -> dates.forEach(d -> batch.add(school, d.toString())));
              if (batch.size() > 0) {
                batch.execute();
              }
              write(handle, true, basis(versions));
            });
  }

  private static String basis(String versions) {
    return "days " + SchoolDays.FORMAT + "; " + versions;
  }

  private static void write(Handle handle, boolean clean, String basis) {
    handle.execute(
        "INSERT INTO judge_state (id, clean, basis) VALUES (1, ?, ?)"
            + " ON CONFLICT (id) DO UPDATE SET clean = excluded.clean, basis = excluded.basis",
        clean ? 1 : 0,
        basis);
  }
}
