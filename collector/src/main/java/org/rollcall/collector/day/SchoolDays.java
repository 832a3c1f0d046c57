package org.rollcall.collector.day;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.rollcall.collector.database.Database;

/**
 * The school days in the database. Saving a day again replaces it. Any thread; every call blocks on
 * the database.
 */
public final class SchoolDays {
  /** Number of the form in which days are kept; those in an older one are rolled up again. */
  public static final int FORMAT = DayBytes.FORMAT;

  private final Database database;

  public SchoolDays(Database database) {
    this.database = database;
  }

  /** Saves all of them or none. */
  public void save(Collection<SchoolDay> days) {
    if (days.isEmpty()) {
      return;
    }
    database
        .jdbi()
        .useTransaction(
            handle -> {
              PreparedBatch batch =
                  handle.prepareBatch(
                      "INSERT OR REPLACE INTO school_day (school, date, format, calendar, body)"
                          + " VALUES (?, ?, ?, ?, ?)");
              for (SchoolDay day : days) {
                batch.add(
                    day.school(),
                    day.date().toString(),
                    DayBytes.FORMAT,
                    day.calendarVersion(),
                    DayBytes.write(day));
              }
              batch.execute();
            });
  }

  /**
   * The school's days of a span, both ends inclusive, oldest first. A day never rolled up, or
   * rolled up in an older form, is absent.
   */
  public List<SchoolDay> load(String school, LocalDate from, LocalDate to) {
    DayBytes reader = new DayBytes();
    return database
        .readOnly()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "SELECT date, calendar, body FROM school_day WHERE school = :school"
                            + " AND date BETWEEN :from AND :to AND format = :format ORDER BY date")
                    .bind("school", school)
                    .bind("from", from.toString())
                    .bind("to", to.toString())
                    .bind("format", DayBytes.FORMAT)
                    .map(
                        row ->
                            reader.read(
                                school,
                                LocalDate.parse(row.getColumn(1, String.class)),
                                row.getColumn(2, String.class),
                                row.getColumn(3, byte[].class)))
                    .list());
  }
}
