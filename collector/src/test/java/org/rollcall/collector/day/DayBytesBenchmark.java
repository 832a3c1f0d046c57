package org.rollcall.collector.day;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.collector.database.Database;

/** How large a day is and how fast days are read: what judging a province begins with. */
class DayBytesBenchmark {
  private static final LocalDate DATE = LocalDate.of(2026, 11, 19);
  private static final int SCHOOLS = 200;

  @TempDir Path folder;

  /** A school of 24 classes and a computer room of 40 seats, seen every minute. */
  private static List<SchoolDay> month() {
    Days days = new Days();
    for (LocalDate date = DATE.minusDays(29); !date.isAfter(DATE); date = date.plusDays(1)) {
      days.every(
          1,
          1440,
          "link:wan",
          date,
          "00:00",
          "up",
          1,
          "speedBitsPerSecond",
          1e9,
          "inBitsPerSecond",
          2e7 + date.getDayOfMonth(),
          "intervalSeconds",
          60);
      days.every(1, 1440, "reach:edu", date, "00:00", "up", 1);
      days.every(1, 1440, "reach:internet", date, "00:00", "up", 1);
      for (int i = 0; i < 24; i++) {
        days.every(5, 110, "terminal:c" + i, date, "07:40", "up", 1, "uptimeSeconds", 20_000);
      }
      for (int i = 0; i < 40; i++) {
        days.every(5, 60, "pc:seat" + i, date, "08:0" + i % 10, "up", i % 9 == 0 ? 0 : 1);
      }
    }
    return days.rolled("S", DATE.minusDays(29), DATE);
  }

  @Test
  void daysPerSecond() {
    List<SchoolDay> month = month();
    List<byte[]> kept = month.stream().map(DayBytes::write).toList();
    long bytes = kept.stream().mapToLong(b -> b.length).sum();
    System.out.printf(
        "%d subjects, %d bytes a day%n", month.get(0).subjects().size(), bytes / kept.size());
    for (int round = 0; round < 6; round++) {
      long start = System.nanoTime();
      long subjects = 0;
      for (int school = 0; school < 500; school++) {
        DayBytes reader = new DayBytes();
        for (int i = 0; i < kept.size(); i++) {
          subjects += reader.read("S", month.get(i).date(), "x", kept.get(i)).subjects().size();
        }
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      System.out.printf("%,.0f days/s parsed, %,d subjects%n", 500 * 30 / seconds, subjects);
    }
    fromDatabase(month);
  }

  private void fromDatabase(List<SchoolDay> month) {
    try (Database database = Database.open(folder.resolve("r.db"))) {
      SchoolDays days = new SchoolDays(database);
      for (int school = 0; school < SCHOOLS; school++) {
        List<SchoolDay> saved = new ArrayList<>();
        for (SchoolDay d : month) {
          saved.add(
              new SchoolDay(
                  "S" + school,
                  d.date(),
                  d.calendarVersion(),
                  d.schoolDay(),
                  d.states(),
                  d.seenLessonMinutes(),
                  d.gapLessonMinutes(),
                  d.leftOut(),
                  d.subjects()));
        }
        days.save(saved);
      }
      for (int round = 0; round < 5; round++) {
        long start = System.nanoTime();
        long read = 0;
        for (int school = 0; school < SCHOOLS; school++) {
          read += days.load("S" + school, DATE.minusDays(29), DATE).size();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf("%,.0f days/s from the database%n", read / seconds);
      }
    }
  }
}
