package org.rollcall.collector.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calendars that cannot be meant: every problem is named with its file and place. */
class BadCalendarsTest {
  @TempDir Path path;
  private Folder folder = new Folder(Path.of("."));

  @BeforeEach
  void twoFiles() {
    folder =
        new Folder(path).file("china.yaml", Folder.CHINA).file("province.yaml", Folder.PROVINCE);
  }

  @ParameterizedTest(name = "{0} -> {1}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "from: 2028-02-14 | from: 2028-01-21 | province.yaml schoolYears[0].terms[1]: | overlaps the term one",
        "to: 2028-01-21 | to: 2027-08-21 | province.yaml schoolYears[0].terms[0].to: | is before from",
        "to: \"08:40\" | to: \"07:40\" | province.yaml periods[0].to: | the lesson ends before it begins",
        "from: \"09:00\" | from: \"08:20\" | province.yaml periods[1]: | overlaps the lesson one",
        "base: china.yaml | base: chine.yaml | province.yaml base: | there is no such file",
        "base: china.yaml | base: province.yaml | province.yaml base: | leads back",
        "regions: [440000] | regions: [guangdong] | province.yaml regions[0]: | is no region's code",
        "regions: [440000] | regions: [44, 440000] | province.yaml regions[1]: | is named twice",
        "regions: [440000] | effective: 2027-01-01 | province.yaml regions: | nobody knows for whom it is",
        "to: 2028-08-31 | to: 2029-08-31 | province.yaml schoolYears[0]: | reaches into 2029",
        "friday] | friday, friday] | province.yaml lessonDays: | names a day twice",
        "title: 省 | titel: 省 | province.yaml titel: | there is no such setting",
        "id: province | id: china | province.yaml version: | is the version of china.yaml as well",
        "base: china.yaml | zone: Asia/Tokyo | province.yaml zone: | other calendars have another"
      })
  void aMistakeInACalendarIsNamed(String right, String wrong, String place, String reason) {
    assertThat(Folder.PROVINCE).contains(right);
    folder.file("province.yaml", Folder.PROVINCE.replace(right, wrong));
    if (wrong.startsWith("zone")) {
      folder.file("china.yaml", Folder.CHINA);
    }
    assertThat(folder.problems()).anyMatch(p -> p.startsWith(place) && p.contains(reason));
  }

  @ParameterizedTest(name = "{0} -> {1}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "date: 2027-10-09 | date: 2027-10-07 | china.yaml holidayYears[0].makeUpDays[0].date: | lies in the holiday",
        "date: 2027-10-09 | date: 2029-10-09 | china.yaml holidayYears[0].makeUpDays[0].date: | lies not in 2027",
        "from: 2027-10-01 | from: 2026-10-01 | china.yaml holidayYears[0].holidays[0]: | lies not in 2027",
        "year: 2028 | year: 2027 | china.yaml holidayYears[1].year: | is there twice",
        "zone: Asia/Shanghai | zone: Asia/Nowhere | china.yaml zone: | is no time zone",
      })
  void aMistakeInTheHolidaysIsNamed(String right, String wrong, String place, String reason) {
    assertThat(Folder.CHINA).contains(right);
    folder.file("china.yaml", Folder.CHINA.replace(right, wrong));
    assertThat(folder.problems()).anyMatch(p -> p.startsWith(place) && p.contains(reason));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "{ schools: [], reason: x, lessonDays: [monday] } | overrides[0].schools: | it is for no school",
        "{ schools: [S1], reason: x } | overrides[0]: | it changes nothing",
        "{ schools: [S1, S1], reason: x, lessonDays: [monday] } | overrides[0].schools[1]: | is named twice",
        "{ schools: [S1], reason: x, daysOff: [{ name: o, from: 2027-11-13, to: 2027-11-14 }] } | overrides[0].daysOff[0]: | there are no lessons then anyway",
        "{ schools: [S1], reason: x, makeUpDays: [{ date: 2028-02-05, follows: monday }] } | overrides[0].makeUpDays[0].date: | lies in no term",
        "{ schools: [S1], reason: x, makeUpDays: [{ date: 2027-11-13, follows: sunday }] } | overrides[0].makeUpDays[0].follows: | has no lessons",
        "{ schools: [S1], reason: x, terms: [{ name: t, from: 2030-01-01, to: 2030-02-01 }] } | overrides[0].terms[0]: | lies in no school year",
        "{ schools: [S1], reason: x, periods: [{ name: t, from: \"09:00\", to: \"08:00\" }] } | overrides[0].periods[0].to: | the lesson ends before it begins",
      })
  void aMistakeInAnOverrideIsNamed(String override, String place, String reason) {
    folder.file("province.yaml", Folder.PROVINCE + "overrides:\n  - " + override + "\n");
    assertThat(folder.problems())
        .anyMatch(p -> p.startsWith("province.yaml " + place) && p.contains(reason));
  }

  @Test
  void twoCalendarsForOneRegionAndDayAreNamedWithTheDay() {
    folder.file(
        "rival.yaml",
        Folder.PROVINCE.replace("id: province", "id: rival").replace("[440000]", "[\"44\"]"));
    assertThat(folder.problems())
        .containsExactly(
            "rival.yaml regions: 44: has the calendar province 1 as well, first on 2027-09-01: "
                + "one calendar for a region and a day");
  }

  @Test
  void twoVersionsOfACalendarThatComeIntoForceTogetherAreNamed() {
    folder.file("later.yaml", Folder.PROVINCE.replace("version: \"1\"", "version: \"2\""));
    assertThat(folder.problems())
        .singleElement()
        .asString()
        .contains("effective: (missing): comes into force together with");
  }

  @Test
  void aLoopIsNamedWithItsWay() {
    folder.file("china.yaml", Folder.CHINA + "base: province.yaml\n");
    assertThat(folder.problems())
        .anyMatch(p -> p.contains("china.yaml -> province.yaml -> china.yaml"));
  }

  @Test
  void aSchoolYearWithoutAnyTimetableAtItsBeginIsNamed() {
    folder.file(
        "province.yaml",
        Folder.PROVINCE.substring(0, Folder.PROVINCE.indexOf("periods:"))
            + """
            timetables:
              - { name: w, from: 2027-11-08, periods: [{ name: one, from: "08:30", to: "09:00" }] }
              - { name: w, from: 2027-11-08, periods: [] }
            """);
    assertThat(folder.problems())
        .anyMatch(p -> p.contains("no timetable is in force on 2027-09-01"))
        .anyMatch(p -> p.contains("timetables[1].from: 2027-11-08: another timetable begins"))
        .anyMatch(p -> p.contains("timetables[1].periods: []: is empty"));
  }

  @Test
  void aFolderWithoutCalendarsIsNamed(@TempDir Path empty) {
    assertThat(new Folder(empty).problems()).singleElement().asString().contains("no calendar");
  }
}
