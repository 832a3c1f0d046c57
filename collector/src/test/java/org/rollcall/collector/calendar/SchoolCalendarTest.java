package org.rollcall.collector.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.rollcall.config.Problem;
import org.rollcall.config.SettingsException;
import org.rollcall.config.SettingsReader;

class SchoolCalendarTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("rollcall.root"), "config", "calendars");

  private static final String SMALL =
      """
      id: small
      version: "1"
      title: 小
      titleEn: small
      zone: Asia/Shanghai
      schoolYears:
        - name: 2027-2028
          from: 2027-09-01
          to: 2028-08-31
          terms:
            - { name: one, from: 2027-09-01, to: 2028-01-20 }
            - { name: two, from: 2028-02-14, to: 2028-07-07 }
          holidays:
            - { name: national, from: 2027-10-01, to: 2027-10-07 }
          makeUpDays:
            - { date: 2027-10-09, follows: friday }
      lessonDays: [monday, tuesday, wednesday, thursday, friday]
      periods:
        - { name: one, from: "08:00", to: "08:40" }
        - { name: two, from: "09:00", to: "09:45", days: [monday, friday] }
      """;

  private static SchoolCalendar calendar(String text) throws SettingsException {
    return SchoolCalendar.of(
        "test", SettingsReader.read("test", text, Path.of("."), CalendarFile.class));
  }

  @Test
  void aWeekdayInATermIsASchoolDayAndAWeekendIsNot() throws Exception {
    SchoolCalendar calendar = calendar(SMALL);
    assertThat(calendar.isSchoolDay(LocalDate.of(2027, 9, 3))).isTrue();
    assertThat(calendar.isSchoolDay(LocalDate.of(2027, 9, 4))).isFalse();
    assertThat(calendar.isSchoolDay(LocalDate.of(2028, 2, 1))).as("between terms").isFalse();
    assertThat(calendar.isSchoolDay(LocalDate.of(2027, 10, 1))).as("holiday").isFalse();
    assertThat(calendar.covers(LocalDate.of(2028, 9, 1))).isFalse();
  }

  @Test
  void aMakeUpDayHasTheLessonsOfTheWeekdayItFollows() throws Exception {
    SchoolCalendar calendar = calendar(SMALL);
    LocalDate saturday = LocalDate.of(2027, 10, 9);
    assertThat(calendar.isSchoolDay(saturday)).isTrue();
    assertThat(calendar.lessonMinutes(saturday)).isEqualTo(85);
    assertThat(calendar.lessonMinutes(LocalDate.of(2027, 9, 2))).as("a Thursday").isEqualTo(40);
  }

  @Test
  void theTwentyNinthOfFebruaryIsADayLikeAnyOther() throws Exception {
    SchoolCalendar calendar = calendar(SMALL);
    LocalDate leap = LocalDate.of(2028, 2, 29);
    assertThat(calendar.isSchoolDay(leap)).isTrue();
    assertThat(calendar.lastSchoolDays(LocalDate.of(2028, 3, 1), 3))
        .containsExactly(LocalDate.of(2028, 2, 28), leap, LocalDate.of(2028, 3, 1));
    assertThat(calendar.schoolDays(LocalDate.of(2028, 2, 26), LocalDate.of(2028, 3, 1))).hasSize(3);
  }

  @Test
  void lessonsAreInstantsInTheZoneOfTheCalendar() throws Exception {
    assertThat(calendar(SMALL).lessons(LocalDate.of(2027, 9, 2)))
        .containsExactly(
            new SchoolCalendar.Lesson(
                "one",
                Instant.parse("2027-09-02T00:00:00Z"),
                Instant.parse("2027-09-02T00:40:00Z")));
  }

  @Test
  void theLastSchoolDaysEndWithTheCalendar() throws Exception {
    SchoolCalendar calendar = calendar(SMALL);
    assertThat(calendar.lastSchoolDays(LocalDate.of(2031, 1, 1), 1))
        .containsExactly(LocalDate.of(2028, 7, 7));
    assertThat(calendar.lastSchoolDays(LocalDate.of(2027, 9, 2), 10)).hasSize(2);
    assertThat(calendar.lastSchoolDays(LocalDate.of(2020, 1, 1), 10)).isEmpty();
  }

  @Test
  void everythingWrongIsNamedAtOnceWithItsPlace() {
    String wrong =
        SMALL
            .replace("from: 2028-02-14", "from: 2028-01-10")
            .replace("from: \"08:00\", to: \"08:40\"", "from: \"08:40\", to: \"08:00\"")
            .replace("to: 2027-10-07 }", "to: 2029-10-07 }")
            .replace("follows: friday", "follows: sunday")
            .replace("zone: Asia/Shanghai", "zone: Asia/Nowhere");
    SettingsException refused =
        catchThrowableOfType(SettingsException.class, () -> calendar(wrong));
    assertThat(refused.problems())
        .extracting(Problem::path)
        .contains(
            "zone",
            "schoolYears[0].terms[1]",
            "schoolYears[0].holidays[0]",
            "schoolYears[0].makeUpDays[0].follows",
            "periods[0].to");
    assertThat(refused).hasMessageContaining("the lesson ends before it begins");
  }

  @Test
  void lessonsAtTheSameTimeAreRefused() {
    SettingsException refused =
        catchThrowableOfType(
            SettingsException.class,
            () -> calendar(SMALL.replace("from: \"09:00\"", "from: \"08:30\"")));
    assertThat(refused.problems()).extracting(Problem::path).containsExactly("periods[1]");
  }

  @Test
  void theShippedCalendarsCanBeUsed() throws Exception {
    SchoolCalendar guangdong = SchoolCalendar.read(FOLDER.resolve("guangdong-2026.yaml"));
    assertThat(guangdong.version()).isEqualTo("guangdong 2026-2, china-holidays 2026-1");
    assertThat(guangdong.isSchoolDay(LocalDate.of(2026, 10, 7))).isFalse();
    assertThat(guangdong.isSchoolDay(LocalDate.of(2026, 10, 8))).isTrue();
    assertThat(guangdong.isSchoolDay(LocalDate.of(2026, 10, 10))).as("调休").isTrue();
    assertThat(guangdong.isSchoolDay(LocalDate.of(2026, 9, 20))).as("调休").isTrue();
    assertThat(guangdong.lessonMinutes(LocalDate.of(2026, 11, 20))).as("Friday").isEqualTo(240);
    assertThat(guangdong.lessonMinutes(LocalDate.of(2026, 11, 19))).isEqualTo(280);
    SchoolCalendar demo = SchoolCalendar.read(FOLDER.resolve("demo.yaml"));
    assertThat(demo.schoolDays(LocalDate.of(2026, 8, 1), LocalDate.of(2026, 8, 30))).hasSize(20);
  }

  /** Every free weekday and every worked weekend day of the terms, from the notices themselves. */
  @Test
  void theShippedYearsHaveTheDaysOffAndTheDaysWorkedOfTheNotices() throws Exception {
    SchoolCalendar guangdong = SchoolCalendar.read(FOLDER.resolve("guangdong-2026.yaml"));
    assertThat(guangdong.covers(LocalDate.of(2024, 12, 31))).isFalse();
    assertThat(guangdong.isSchoolDay(LocalDate.of(2025, 1, 1))).isFalse();
    assertThat(guangdong.isSchoolDay(LocalDate.of(2025, 1, 2))).isTrue();
    assertThat(guangdong.isSchoolDay(LocalDate.of(2025, 2, 8))).as("winter holiday").isFalse();
    assertThat(guangdong.schoolDays(LocalDate.of(2025, 4, 26), LocalDate.of(2025, 5, 6)))
        .extracting(LocalDate::toString)
        .containsExactly("2025-04-27", "2025-04-28", "2025-04-29", "2025-04-30", "2025-05-06");
    assertThat(guangdong.schoolDays(LocalDate.of(2025, 9, 27), LocalDate.of(2025, 10, 12)))
        .extracting(LocalDate::toString)
        .containsExactly(
            "2025-09-28", "2025-09-29", "2025-09-30", "2025-10-09", "2025-10-10", "2025-10-11");
    assertThat(guangdong.schoolDays(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 1, 5)))
        .extracting(LocalDate::toString)
        .containsExactly("2026-01-04", "2026-01-05");
    assertThat(guangdong.isSchoolDay(LocalDate.of(2025, 6, 2))).isFalse();
    assertThat(guangdong.isSchoolDay(LocalDate.of(2027, 6, 9))).as("assumed").isFalse();
  }

  @Test
  void whatNobodyPublishedIsMarkedAsAssumed() throws Exception {
    CalendarFile guangdong =
        SettingsReader.read(FOLDER.resolve("guangdong-2026.yaml"), CalendarFile.class);
    for (CalendarFile.SchoolYear year : guangdong.schoolYears()) {
      assertThat(year.terms()).allMatch(CalendarFile.Span::assumed);
    }
    CalendarFile china =
        SettingsReader.read(FOLDER.resolve("china-holidays.yaml"), CalendarFile.class);
    for (CalendarFile.HolidayYear year : china.holidayYears()) {
      assertThat(year.assumed()).isEqualTo(year.year() == 2027);
      assertThat(year.holidays()).allMatch(h -> h.assumed() == (year.year() == 2027));
      assertThat(year.holidays()).allMatch(h -> h.source() != null);
      assertThat(year.makeUpDays()).allMatch(d -> d.assumed() && d.source() != null);
    }
  }
}
