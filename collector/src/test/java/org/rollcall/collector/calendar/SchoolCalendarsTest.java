package org.rollcall.collector.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.config.SettingsException;

class SchoolCalendarsTest {
  private static final LocalDate MONDAY = LocalDate.of(2027, 11, 8);

  @TempDir Path path;
  private Folder folder = new Folder(Path.of("."));

  @BeforeEach
  void twoFiles() {
    folder =
        new Folder(path).file("china.yaml", Folder.CHINA).file("province.yaml", Folder.PROVINCE);
  }

  @Test
  void aSchoolHasTheCalendarOfItsProvinceThoughTheRegisterBeginsWithACounty() {
    SchoolCalendar calendar = Folder.of(folder.read(), "S1");
    assertThat(calendar.isSchoolDay(MONDAY)).isTrue();
    assertThat(calendar.version()).isEqualTo("province 1, china 1");
    assertThat(calendar.isSchoolDay(LocalDate.of(2027, 10, 1))).as("holiday").isFalse();
    assertThat(calendar.isSchoolDay(LocalDate.of(2027, 10, 9))).as("调休").isTrue();
  }

  @Test
  void aSchoolThatNoCalendarIsForHasOneThatSpeaksOfNoDay() {
    SchoolCalendar calendar = Folder.of(folder.read(), "S3");
    assertThat(calendar.covers(MONDAY)).isFalse();
    assertThat(calendar.version()).isEqualTo("none");
    assertThat(calendar.lastSchoolDays(MONDAY, 10)).isEmpty();
    assertThat(calendar.schoolDays(MONDAY, MONDAY)).isEmpty();
  }

  @Test
  void schoolsWithOneCalendarShareIt() {
    SchoolCalendars calendars = folder.read();
    assertThat(Folder.of(calendars, "S1")).isSameAs(Folder.of(calendars, "S2"));
  }

  @Test
  void theCalendarOfATownshipGoesBeforeItsProvincesAndTakesTheRestFromIt() {
    folder.file(
        "township.yaml",
        Folder.TOWNSHIP
            + """
            periods:
              - { name: long, from: "08:00", to: "10:00" }
            """);
    SchoolCalendars calendars = folder.read();
    assertThat(Folder.of(calendars, "S1").lessonMinutes(MONDAY)).isEqualTo(120);
    assertThat(Folder.of(calendars, "S2").lessonMinutes(MONDAY)).isEqualTo(80);
    assertThat(Folder.of(calendars, "S1").version()).isEqualTo("township 1, province 1, china 1");
    assertThat(Folder.of(calendars, "S1").isSchoolDay(LocalDate.of(2027, 10, 1))).isFalse();
  }

  @Test
  void whereATownshipsCalendarIsSilentItsProvincesSpeaks() {
    folder.file(
        "township.yaml",
        Folder.TOWNSHIP
            + """
            schoolYears:
              - name: autumn
                from: 2027-09-01
                to: 2027-12-31
                terms: [{ name: one, from: 2027-09-06, to: 2027-12-24 }]
            """);
    SchoolCalendar calendar = Folder.of(folder.read(), "S1");
    assertThat(calendar.isSchoolDay(LocalDate.of(2027, 9, 3))).as("not yet in term").isFalse();
    assertThat(calendar.isSchoolDay(LocalDate.of(2027, 12, 27))).as("term is over").isFalse();
    assertThat(calendar.isSchoolDay(LocalDate.of(2028, 1, 5))).as("the province's").isTrue();
  }

  @Test
  void aRegionsOwnSayOnADayGoesBeforeItsBases() {
    folder.file(
        "province.yaml",
        Folder.PROVINCE.replace(
            "    terms:",
            "    holidays: [{ name: not worked here, from: 2027-10-09, to: 2027-10-09 }]\n    terms:"));
    assertThat(folder.problems()).isEmpty();
    assertThat(Folder.of(folder.read(), "S1").isSchoolDay(LocalDate.of(2027, 10, 9))).isFalse();
  }

  @Test
  void aNewerVersionHoldsFromItsFirstDayAndTheOlderOneBefore() {
    folder.file(
        "province-2.yaml",
        Folder.PROVINCE
            .replace("version: \"1\"", "version: \"2\"\neffective: 2027-11-08")
            .replace("to: \"08:40\"", "to: \"08:45\""));
    SchoolCalendars calendars = folder.read();
    SchoolCalendar calendar = Folder.of(calendars, "S1");
    assertThat(calendar.lessonMinutes(MONDAY.minusDays(3))).isEqualTo(80);
    assertThat(calendar.lessonMinutes(MONDAY)).isEqualTo(85);
    assertThat(calendar.version()).isEqualTo("province 1, china 1, province 2");
    assertThat(calendars.version()).isEqualTo("china 1, province 1, province 2");
  }

  @Test
  void aNewerVersionOfABaseReachesEveryCalendarThatRestsOnIt() {
    folder.file(
        "china-2.yaml",
        Folder.CHINA
            .replace("version: \"1\"", "version: \"2\"\neffective: 2028-01-01")
            .replace("to: 2028-01-03", "to: 2028-01-05"));
    SchoolCalendar calendar = Folder.of(folder.read(), "S1");
    assertThat(calendar.isSchoolDay(LocalDate.of(2028, 1, 4))).isFalse();
    assertThat(calendar.isSchoolDay(LocalDate.of(2028, 1, 6))).isTrue();
    assertThat(calendar.isSchoolDay(LocalDate.of(2027, 10, 9))).isTrue();
  }

  @Test
  void timetablesChangeOnTheirFirstDay() {
    folder.file(
        "province.yaml",
        Folder.PROVINCE.substring(0, Folder.PROVINCE.indexOf("periods:"))
            + """
            timetables:
              - { name: summer, periods: [{ name: one, from: "08:00", to: "08:40" }] }
              - { name: winter, from: 2027-11-08, periods: [{ name: one, from: "08:30", to: "09:00" }] }
              - { name: summer, from: 2028-04-03, periods: [{ name: one, from: "08:00", to: "08:40" }] }
            """);
    SchoolCalendar calendar = Folder.of(folder.read(), "S1");
    assertThat(calendar.lessonMinutes(MONDAY.minusDays(3))).isEqualTo(40);
    assertThat(calendar.lessonMinutes(MONDAY)).isEqualTo(30);
    assertThat(calendar.lessonMinutes(LocalDate.of(2028, 3, 31))).isEqualTo(30);
    assertThat(calendar.lessonMinutes(LocalDate.of(2028, 4, 3))).isEqualTo(40);
  }

  @Test
  void whatOneSchoolDoesDifferentlyIsItsAlone() {
    folder.file(
        "province.yaml",
        Folder.PROVINCE
            + """
            overrides:
              - schools: [S1]
                reason: sports day, typhoon, another timetable in spring
                terms: [{ name: early, from: 2027-08-30, to: 2028-01-21 }]
                daysOff: [{ name: 运动会, from: 2027-11-09, to: 2027-11-10 }]
                makeUpDays: [{ date: 2027-11-13, follows: tuesday }]
                timetables:
                  - { name: spring, from: 2028-02-14, periods: [{ name: one, from: "08:00", to: "09:00" }] }
            """
                .replace("2027-08-30", "2027-09-02"));
    SchoolCalendars calendars = folder.read();
    SchoolCalendar own = Folder.of(calendars, "S1");
    SchoolCalendar others = Folder.of(calendars, "S2");
    assertThat(own.schoolDays(MONDAY, MONDAY.plusDays(6)))
        .extracting(LocalDate::getDayOfMonth)
        .containsExactly(8, 11, 12, 13);
    assertThat(others.schoolDays(MONDAY, MONDAY.plusDays(6))).hasSize(5);
    assertThat(own.isSchoolDay(LocalDate.of(2027, 9, 1))).isFalse();
    assertThat(own.lessonMinutes(MONDAY)).isEqualTo(80);
    assertThat(own.isSchoolDay(LocalDate.of(2028, 2, 14))).as("its one term is over").isFalse();
    assertThat(others.isSchoolDay(LocalDate.of(2028, 2, 14))).isTrue();
  }

  @Test
  void aFileNamedAloneIsForEverySchoolWithWhatItRestsOn() throws Exception {
    SchoolCalendars calendars = SchoolCalendars.read(path.resolve("province.yaml"));
    assertThat(Folder.of(calendars, "S3").isSchoolDay(MONDAY)).isTrue();
    assertThat(Folder.of(calendars, "S3").isSchoolDay(LocalDate.of(2027, 10, 1))).isFalse();
    assertThat(calendars.version()).isEqualTo("china 1, province 1");
  }

  @Test
  void theTwentyNinthOfFebruaryIsCounted() {
    SchoolCalendar calendar = Folder.of(folder.read(), "S1");
    assertThat(calendar.schoolDays(LocalDate.of(2028, 2, 28), LocalDate.of(2028, 3, 1)))
        .hasSize(3)
        .contains(LocalDate.of(2028, 2, 29));
  }

  @Test
  void readingAgainChangesNothingUntilAFileSaysSomethingNew() throws Exception {
    SchoolCalendars calendars = folder.read();
    assertThat(calendars.reread()).isSameAs(calendars);
    folder.file("china.yaml", "# a remark\n" + Folder.CHINA);
    assertThat(calendars.reread()).isSameAs(calendars);
    folder.file("china.yaml", Folder.CHINA.replace("version: \"1\"", "version: \"2\""));
    assertThat(calendars.reread().version()).isEqualTo("china 2, province 1");
  }

  @Test
  void aFileThatSaysSomethingElseUnderTheSameVersionIsRefused() {
    SchoolCalendars calendars = folder.read();
    folder.file("china.yaml", Folder.CHINA.replace("to: 2027-10-07", "to: 2027-10-08"));
    assertThatThrownBy(calendars::reread)
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("china.yaml version: 1: the file has changed, its version has not");
  }

  @Test
  void theLastGoodCalendarsStayWhenTheNewOnesAreBad() {
    SchoolCalendars calendars = folder.read();
    folder.file("china.yaml", Folder.CHINA.replace("2027-10-07", "2027-09-07"));
    assertThatThrownBy(calendars::reread).isInstanceOf(SettingsException.class);
    assertThat(Folder.of(calendars, "S1").isSchoolDay(LocalDate.of(2027, 10, 1))).isFalse();
  }

  @Test
  void theShippedFolderCanBeUsed() throws Exception {
    Path shipped = Path.of(System.getProperty("rollcall.root"), "config", "calendars");
    SchoolCalendars calendars = SchoolCalendars.read(shipped);
    assertThat(Folder.of(calendars, "S1").version())
        .isEqualTo("guangdong 2026-2, china-holidays 2026-1");
    assertThat(Folder.of(calendars, "S3").version()).as("no Guangdong school").isEqualTo("none");
    assertThat(List.of(calendars.zone().getId())).containsExactly("Asia/Shanghai");
  }
}
