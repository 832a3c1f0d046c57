package org.rollcall.collector.calendar;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.rollcall.collector.calendar.CalendarFile.MakeUpDay;
import org.rollcall.collector.calendar.CalendarFile.Period;
import org.rollcall.collector.calendar.CalendarFile.SchoolYear;
import org.rollcall.collector.calendar.CalendarFile.Span;
import org.rollcall.collector.calendar.CalendarFile.Timetable;
import org.rollcall.config.SettingsException;

/** Calendars nobody would write by hand: terms, holidays, make-up days and timetables by chance. */
public final class GeneratedCalendar {
  private static final List<DayOfWeek> WEEK =
      List.of(
          DayOfWeek.MONDAY,
          DayOfWeek.TUESDAY,
          DayOfWeek.WEDNESDAY,
          DayOfWeek.THURSDAY,
          DayOfWeek.FRIDAY);

  private GeneratedCalendar() {}

  /** One school year, 2023 to 2028, leap days included. */
  public static SchoolCalendar of(Random random) throws SettingsException {
    return SchoolCalendar.of("generated", file(random));
  }

  /** A date of its school year; often a make-up day or the edge of a holiday. */
  public static LocalDate dateIn(SchoolCalendar calendar, Random random) {
    List<LocalDate> days = calendar.schoolDays(LocalDate.of(2023, 1, 1), LocalDate.of(2030, 1, 1));
    List<LocalDate> weekend =
        days.stream().filter(day -> !WEEK.contains(day.getDayOfWeek())).toList();
    return random.nextBoolean() && !weekend.isEmpty()
        ? weekend.get(random.nextInt(weekend.size())).minusDays(random.nextInt(2))
        : days.get(random.nextInt(days.size())).minusDays(random.nextInt(3));
  }

  static CalendarFile file(Random random) {
    LocalDate from = LocalDate.of(2023 + random.nextInt(5), 9, 1);
    List<Span> terms =
        List.of(
            span("one", from.plusDays(random.nextInt(10)), from.plusDays(120 + random.nextInt(30))),
            span("two", from.plusDays(160 + random.nextInt(30)), from.plusDays(300)));
    List<Span> holidays = new ArrayList<>();
    for (int i = 0; i < random.nextInt(5); i++) {
      LocalDate first = from.plusDays(20L + 60L * i + random.nextInt(40));
      holidays.add(span("holiday " + i, first, first.plusDays(random.nextInt(9))));
    }
    Set<LocalDate> makeUps = new TreeSet<>();
    for (int i = 0; i < 12; i++) {
      LocalDate day = from.plusDays(random.nextInt(300));
      if (!WEEK.contains(day.getDayOfWeek())
          && terms.stream().anyMatch(t -> t.holds(day))
          && holidays.stream().noneMatch(h -> h.holds(day))) {
        makeUps.add(day);
      }
    }
    List<Timetable> timetables = new ArrayList<>();
    timetables.add(new Timetable("0", null, periods(random)));
    for (int i = 1; i <= random.nextInt(3); i++) {
      timetables.add(
          new Timetable("" + i, from.plusDays(50L * i + random.nextInt(50)), periods(random)));
    }
    SchoolYear year =
        new SchoolYear(
            "generated",
            from,
            from.plusYears(1).minusDays(1),
            terms,
            holidays,
            makeUps.stream()
                .map(day -> new MakeUpDay(day, WEEK.get(random.nextInt(5)), true, null))
                .toList());
    return new CalendarFile(
        "generated",
        "1",
        "",
        "",
        "Asia/Shanghai",
        null,
        null,
        null,
        List.of(),
        List.of(year),
        WEEK,
        List.of(),
        timetables,
        List.of());
  }

  private static Span span(String name, LocalDate from, LocalDate to) {
    return new Span(name, from, to, true, null);
  }

  private static List<Period> periods(Random random) {
    List<Period> periods = new ArrayList<>();
    LocalTime at = LocalTime.of(7, random.nextInt(60));
    for (int i = 0; i <= random.nextInt(9); i++) {
      LocalTime end = at.plusMinutes(1 + random.nextInt(60));
      List<DayOfWeek> days = i == 0 || random.nextInt(3) > 0 ? List.of() : WEEK.subList(0, 3);
      periods.add(new Period("" + i, at, end, days));
      at = end.plusMinutes(random.nextInt(25));
    }
    return periods;
  }
}
