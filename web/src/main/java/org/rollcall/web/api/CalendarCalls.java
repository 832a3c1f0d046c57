package org.rollcall.web.api;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.Collector;
import org.rollcall.collector.accounts.Role;
import org.rollcall.collector.accounts.ScopedRegister;
import org.rollcall.collector.calendar.CalendarFile;
import org.rollcall.collector.calendar.SchoolCalendar;
import org.rollcall.collector.calendar.SchoolCalendars;
import org.rollcall.collector.registry.School;
import org.rollcall.config.Problem;

/** The calendars in force, and what is wrong with the files of calendars and targets. */
final class CalendarCalls {
  private static final int MOST_DAYS = 62;
  private static final int DAYS = 14;

  private final Collector collector;
  private final District district;

  /** For administrators alone: the files' names and places are nobody else's. */
  private record All(List<Problem> problems, List<Shown> calendars) {}

  private record Shown(
      String id,
      String version,
      String title,
      String titleEn,
      @Nullable String effective,
      @Nullable String base,
      List<String> regions,
      List<String> lessonDays,
      List<Year> schoolYears,
      List<Holidays> holidayYears,
      List<Timetable> timetables,
      List<Special> overrides) {}

  private record Year(
      String name,
      String from,
      String to,
      List<Span> terms,
      List<Span> holidays,
      List<MakeUp> makeUpDays) {}

  private record Holidays(
      int year,
      @Nullable String source,
      boolean assumed,
      List<Span> holidays,
      List<MakeUp> makeUpDays) {}

  private record Span(
      String name, String from, String to, boolean assumed, @Nullable String source) {}

  private record MakeUp(String date, String follows, boolean assumed, @Nullable String source) {}

  private record Timetable(String name, @Nullable String from, List<Period> periods) {}

  private record Period(String name, String from, String to, List<String> days) {}

  private record Special(
      List<String> schools,
      String reason,
      List<Span> terms,
      List<Span> daysOff,
      List<MakeUp> makeUpDays,
      List<String> lessonDays,
      List<Timetable> timetables) {}

  private record OfSchool(String school, String version, List<Day> days) {}

  private record Day(String date, boolean known, boolean schoolDay, List<Lesson> lessons) {}

  private record Lesson(String name, String from, String to) {}

  CalendarCalls(Collector collector, District district) {
    this.collector = collector;
    this.district = district;
  }

  /** {@code GET /api/v1/calendars}. */
  Object list(Request request) {
    ScopedRegister scope = district.scoped(request.viewer());
    boolean all = request.viewer().role() == Role.ADMINISTRATOR;
    SchoolCalendars calendars = collector.calendars();
    return new All(
        all ? collector.basisProblems() : List.of(),
        calendars.files().stream()
            .map(file -> shown(file, calendars.isForAll(file), scope))
            .toList());
  }

  private static Shown shown(CalendarFile file, boolean forAll, ScopedRegister scope) {
    List<String> regions = forAll ? List.of("all") : file.regions();
    return new Shown(
        file.id(),
        file.version(),
        file.title(),
        file.titleEn(),
        text(file.effective()),
        file.base(),
        regions == null ? List.of() : regions,
        names(file.lessonDays()),
        file.schoolYears().stream().map(CalendarCalls::year).toList(),
        file.holidayYears().stream().map(CalendarCalls::holidays).toList(),
        file.ownTimetables().stream().map(CalendarCalls::timetable).toList(),
        file.overrides().stream()
            .map(each -> special(each, scope))
            .filter(each -> !each.schools().isEmpty())
            .toList());
  }

  private static Year year(CalendarFile.SchoolYear year) {
    return new Year(
        year.name(),
        year.from().toString(),
        year.to().toString(),
        spans(year.terms()),
        spans(year.holidays()),
        makeUps(year.makeUpDays()));
  }

  private static Holidays holidays(CalendarFile.HolidayYear year) {
    return new Holidays(
        year.year(),
        year.source(),
        year.assumed(),
        spans(year.holidays()),
        makeUps(year.makeUpDays()));
  }

  /** Of other people's schools nothing is told. */
  private static Special special(CalendarFile.SchoolOverride each, ScopedRegister scope) {
    return new Special(
        each.schools().stream().filter(code -> scope.school(code) != null).toList(),
        each.reason(),
        spans(each.terms()),
        spans(each.daysOff()),
        makeUps(each.makeUpDays()),
        names(each.lessonDays()),
        each.ownTimetables().stream().map(CalendarCalls::timetable).toList());
  }

  private static List<Span> spans(List<CalendarFile.Span> spans) {
    return spans.stream()
        .map(
            each ->
                new Span(
                    each.name(),
                    each.from().toString(),
                    each.to().toString(),
                    each.assumed(),
                    each.source()))
        .toList();
  }

  private static List<MakeUp> makeUps(List<CalendarFile.MakeUpDay> days) {
    return days.stream()
        .map(
            each ->
                new MakeUp(
                    each.date().toString(), each.follows().name(), each.assumed(), each.source()))
        .toList();
  }

  private static Timetable timetable(CalendarFile.Timetable table) {
    return new Timetable(
        table.name(),
        text(table.from()),
        table.periods().stream()
            .map(
                each ->
                    new Period(
                        each.name(),
                        each.from().toString(),
                        each.to().toString(),
                        names(each.days())))
            .toList());
  }

  private static List<String> names(List<DayOfWeek> days) {
    return days.stream().map(DayOfWeek::name).toList();
  }

  private static @Nullable String text(@Nullable LocalDate day) {
    return day == null ? null : day.toString();
  }

  /** {@code GET /api/v1/schools/{code}/calendar?from=&days=}: two weeks from today by default. */
  Object ofSchool(Request request) {
    String code = request.path("code");
    School school = district.scoped(request.viewer()).school(code);
    if (school == null) {
      throw ApiProblem.unknown("school", "学校", code);
    }
    LocalDate asked = request.day("from");
    LocalDate from = asked == null ? collector.registry().today() : asked;
    int count = request.number("days", 1, MOST_DAYS, DAYS);
    SchoolCalendar calendar = district.calendar(school);
    List<Day> days = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      days.add(day(calendar, from.plusDays(i)));
    }
    return new OfSchool(code, calendar.version(), days);
  }

  private static Day day(SchoolCalendar calendar, LocalDate date) {
    return new Day(
        date.toString(),
        calendar.covers(date),
        calendar.isSchoolDay(date),
        calendar.lessons(date).stream()
            .map(each -> new Lesson(each.name(), Times.known(each.from()), Times.known(each.to())))
            .toList());
  }
}
