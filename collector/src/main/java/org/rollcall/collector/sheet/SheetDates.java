package org.rollcall.collector.sheet;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.rollcall.collector.calendar.SchoolCalendar;

/** The columns of a sheet. */
public final class SheetDates {
  private SheetDates() {}

  /**
   * The newest dates up to and including {@code at} on which any of the calendars has lessons,
   * oldest first; fewer than {@code n} where they hold no more.
   */
  public static List<LocalDate> of(Collection<SchoolCalendar> calendars, LocalDate at, int n) {
    TreeSet<LocalDate> dates = new TreeSet<>();
    for (SchoolCalendar calendar : calendars) {
      dates.addAll(calendar.lastSchoolDays(at, n));
    }
    List<LocalDate> all = new ArrayList<>(dates);
    return List.copyOf(all.subList(Math.max(0, all.size() - n), all.size()));
  }
}
