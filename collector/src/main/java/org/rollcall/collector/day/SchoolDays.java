package org.rollcall.collector.day;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.result.RowView;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.database.Database;

/**
 * The school days in the database. Saving a day again replaces it. Any thread; every call blocks on
 * the database.
 */
public final class SchoolDays {
  /** Number of the form in which days are kept; those in an older one are rolled up again. */
  public static final int FORMAT = DayBytes.FORMAT;

  /** How many schools one query names. */
  private static final int SCHOOLS_PER_QUERY = 100;

  private static final String SELECT =
      "SELECT school, date, calendar, body FROM school_day WHERE school IN (<schools>)"
          + " AND date BETWEEN :from AND :to AND format = :format ORDER BY school, date";

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
                      "INSERT INTO school_day (school, date, format, calendar, body)"
                          + " VALUES (?, ?, ?, ?, ?) ON CONFLICT (school, date) DO UPDATE SET"
                          + " format = excluded.format, calendar = excluded.calendar,"
                          + " body = excluded.body");
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
    return load(List.of(school), from, to).getOrDefault(school, List.of());
  }

  /**
   * The same of many schools, {@value #SCHOOLS_PER_QUERY} in each query: the days of one school lie
   * side by side in the database.
   *
   * @return no entry for a school without a day
   */
  public Map<String, List<SchoolDay>> load(
      Collection<String> schools, LocalDate from, LocalDate to) {
    return load(schools, from, to, new Rows(null));
  }

  /**
   * The same with the subjects of one kind alone, which costs far less where it stands early in the
   * order of kinds. All else of a day is whole.
   *
   * @param kind e.g. link
   */
  public Map<String, List<SchoolDay>> load(
      Collection<String> schools, LocalDate from, LocalDate to, String kind) {
    return load(schools, from, to, new Rows(kind));
  }

  private Map<String, List<SchoolDay>> load(
      Collection<String> schools, LocalDate from, LocalDate to, Rows rows) {
    List<String> codes = List.copyOf(schools);
    database
        .readOnly()
        .useHandle(
            handle -> {
              for (int i = 0; i < codes.size(); i += SCHOOLS_PER_QUERY) {
                handle
                    .createQuery(SELECT)
                    .bindList(
                        "schools", codes.subList(i, Math.min(codes.size(), i + SCHOOLS_PER_QUERY)))
                    .bind("from", from.toString())
                    .bind("to", to.toString())
                    .bind("format", DayBytes.FORMAT)
                    .map(rows::read)
                    .forEach(rows::keep);
              }
            });
    return rows.bySchool;
  }

  /** Rows as they come, a school's after each other; texts that come again are kept once. */
  private static final class Rows {
    private final DayBytes reader = new DayBytes();
    private final Map<String, List<SchoolDay>> bySchool = new HashMap<>();
    private final Map<String, LocalDate> dates = new HashMap<>();
    private String school = "";
    private String calendar = "";
    private List<SchoolDay> days = List.of();
    private final @Nullable String kind;

    Rows(@Nullable String kind) {
      this.kind = kind;
    }

    SchoolDay read(RowView row) {
      String itsSchool = row.getColumn(1, String.class);
      String itsCalendar = row.getColumn(3, String.class);
      school = itsSchool.equals(school) ? school : itsSchool;
      calendar = itsCalendar.equals(calendar) ? calendar : itsCalendar;
      LocalDate date = dates.computeIfAbsent(row.getColumn(2, String.class), LocalDate::parse);
      return reader.read(school, date, calendar, row.getColumn(4, byte[].class), kind);
    }

    void keep(SchoolDay day) {
      if (days.isEmpty() || !days.get(0).school().equals(day.school())) {
        days = bySchool.computeIfAbsent(day.school(), code -> new ArrayList<>());
      }
      days.add(day);
    }
  }
}
