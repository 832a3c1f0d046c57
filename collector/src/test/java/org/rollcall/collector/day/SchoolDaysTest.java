package org.rollcall.collector.day;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.database.OnBothDatabases;
import org.rollcall.collector.database.RegisterHome;

@OnBothDatabases
class SchoolDaysTest {
  @Parameter RegisterHome home = RegisterHome.SQLITE;

  private static final LocalDate DATE = LocalDate.of(2026, 11, 19);

  @TempDir Path folder;

  private static List<SchoolDay> twoDays() {
    return new Days()
        .see("link:wan", DATE, "08:01", "up", 1, "speedBitsPerSecond", 1e9)
        .see("link:wan", DATE, "08:02", "up", 1, "inBitsPerSecond", 5e6, "intervalSeconds", 60)
        .see(
            "throughput:wan",
            DATE,
            "19:00",
            "downloadBitsPerSecond",
            1e7,
            "transferSeconds",
            9.5,
            "utilisation",
            0.125)
        .see("throughput:wan", DATE, "20:00", "downloadBitsPerSecond", 1e7, "transferSeconds", 10)
        .see("terminal:三(1)班", DATE, "09:00", "up", 1, "uptimeSeconds", 77)
        .see("reach:edu", DATE.plusDays(1), "09:00", "up", 0)
        .rolled("0012", DATE, DATE.plusDays(1));
  }

  @Test
  void aDayComesBackAsItWasSaved() {
    try (Database database = home.open(folder)) {
      SchoolDays days = new SchoolDays(database);
      List<SchoolDay> saved = twoDays();
      days.save(saved);
      days.save(saved);
      assertThat(days.load("0012", DATE, DATE.plusDays(1))).isEqualTo(saved);
      assertThat(days.load("0012", DATE, DATE)).containsExactly(saved.get(0));
      assertThat(days.load("12", DATE, DATE)).as("a code is text").isEmpty();
    }
  }

  @Test
  void theSubjectsOfOneKindAloneComeWithAllElseOfTheDay() {
    try (Database database = home.open(folder)) {
      SchoolDays days = new SchoolDays(database);
      List<SchoolDay> saved = twoDays();
      days.save(saved);
      for (String kind : List.of("link", "reach", "terminal", "throughput", "lin", "pc")) {
        List<SchoolDay> found =
            days.load(List.of("0012"), DATE, DATE.plusDays(1), kind)
                .getOrDefault("0012", List.of());
        assertThat(found).isEqualTo(saved.stream().map(day -> only(kind, day)).toList());
      }
    }
  }

  private static SchoolDay only(String kind, SchoolDay day) {
    return new SchoolDay(
        day.school(),
        day.date(),
        day.calendarVersion(),
        day.schoolDay(),
        day.states(),
        day.seenLessonMinutes(),
        day.gapLessonMinutes(),
        day.leftOut(),
        day.subjects().stream().filter(subject -> subject.isOfKind(kind)).toList());
  }

  @Test
  void aDayIsWrittenTheSameEveryTime() {
    assertThat(DayBytes.write(twoDays().get(0))).isEqualTo(DayBytes.write(twoDays().get(0)));
  }

  @Test
  void aDamagedDayIsNamed() {
    byte[] bytes = DayBytes.write(twoDays().get(0));
    byte[] cut = Arrays.copyOf(bytes, bytes.length - 9);
    assertThatThrownBy(() -> new DayBytes().read("0012", DATE, "x", cut))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0012")
        .hasMessageContaining("2026-11-19");
  }
}
