package org.rollcall.collector.sheet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rollcall.collector.calendar.SchoolCalendar;

class SheetDatesTest {
  private static final LocalDate SUNDAY = LocalDate.of(2026, 11, 22);

  @Test
  void theNewestSchoolDaysUpToADateOldestFirst() {
    List<LocalDate> dates = SheetDates.of(List.of(Kept.CALENDAR), SUNDAY, 6);
    assertThat(dates)
        .containsExactly(
            LocalDate.of(2026, 11, 13),
            LocalDate.of(2026, 11, 16),
            LocalDate.of(2026, 11, 17),
            LocalDate.of(2026, 11, 18),
            LocalDate.of(2026, 11, 19),
            LocalDate.of(2026, 11, 20));
  }

  @Test
  void aDayOnWhichAnySchoolHasLessonsIsAColumn() throws Exception {
    Path folder = Path.of(System.getProperty("rollcall.root"), "config", "calendars");
    SchoolCalendar everyDay = SchoolCalendar.read(folder.resolve("demo.yaml"));
    LocalDate afterTheHoliday = LocalDate.of(2026, 10, 9);
    List<LocalDate> both = SheetDates.of(List.of(Kept.CALENDAR, everyDay), afterTheHoliday, 5);
    assertThat(both).contains(LocalDate.of(2026, 10, 7)).hasSize(5).isSorted();
    assertThat(SheetDates.of(List.of(Kept.CALENDAR), afterTheHoliday, 5))
        .doesNotContain(LocalDate.of(2026, 10, 7));
    assertThat(SheetDates.of(List.of(), afterTheHoliday, 5)).isEmpty();
  }
}
