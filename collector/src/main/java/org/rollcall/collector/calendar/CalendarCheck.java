package org.rollcall.collector.calendar;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.calendar.CalendarFile.HolidayYear;
import org.rollcall.collector.calendar.CalendarFile.MakeUpDay;
import org.rollcall.collector.calendar.CalendarFile.Period;
import org.rollcall.collector.calendar.CalendarFile.SchoolYear;
import org.rollcall.collector.calendar.CalendarFile.Span;
import org.rollcall.collector.calendar.CalendarFile.Timetable;
import org.rollcall.config.Problem;

/** Finds everything in a calendar file that cannot be meant, each with its place. */
final class CalendarCheck {
  private final CalendarFile file;
  private final LayeredCalendar layers;
  private final boolean forSchools;
  private final List<Problem> problems = new ArrayList<>();

  private CalendarCheck(CalendarFile file, LayeredCalendar layers) {
    this.file = file;
    this.layers = layers;
    this.forSchools =
        !file.schoolYears().isEmpty()
            || (file.holidayYears().isEmpty()
                || (file.regions() != null && !file.regions().isEmpty()));
  }

  /**
   * @param layers the file with what it rests on
   */
  static List<Problem> problems(CalendarFile file, LayeredCalendar layers) {
    CalendarCheck check = new CalendarCheck(file, layers);
    check.head();
    check.regions();
    check.holidayYears();
    check.years();
    check.eitherOffOrMadeUp();
    if (!file.periods().isEmpty() && !file.timetables().isEmpty()) {
      check.problem("timetables", "(several)", "periods are given as well", "give one of them");
    }
    check.timetables("", file.periods(), file.timetables(), layers.lessonDays());
    for (int i = 0; i < file.overrides().size(); i++) {
      new OverrideCheck(check, file, layers, i).check();
    }
    return check.problems;
  }

  private void head() {
    if (!file.id().matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
      problem("id", file.id(), "is no name", "use up to 64 of A-Z, a-z, 0-9, '.', '_' and '-'");
    }
    if (file.version().isBlank()) {
      problem("version", file.version(), "is empty", "verdicts name it; e.g. \"2026-1\"");
    }
    String zone = file.zone();
    if (zone != null && !ZoneId.getAvailableZoneIds().contains(zone)) {
      problem("zone", zone, "is no time zone", "e.g. Asia/Shanghai");
    }
    if (!forSchools) {
      return;
    }
    if (layers.zone() == null) {
      problem("zone", "(missing)", "it must be set here or in the base", "e.g. Asia/Shanghai");
    }
    if (layers.schoolYears().isEmpty()) {
      problem("schoolYears", "[]", "is empty", "give at least one school year");
    }
    if (layers.lessonDays().isEmpty()) {
      problem(
          "lessonDays", "[]", "is empty", "e.g. [monday, tuesday, wednesday, thursday, friday]");
    }
    if (!layers.hasTimetable()) {
      problem("periods", "[]", "is empty", "give the lessons of a day");
    }
    if (new HashSet<>(file.lessonDays()).size() < file.lessonDays().size()) {
      problem("lessonDays", file.lessonDays(), "names a day twice", "name each day once");
    }
  }

  private void regions() {
    List<String> regions = file.regions();
    Set<String> seen = new HashSet<>();
    for (int i = 0; regions != null && i < regions.size(); i++) {
      String code = regions.get(i);
      if (!RegionCode.isValid(code)) {
        problem(
            "regions[" + i + "]",
            code,
            "is no region's code",
            "2, 4, 6 or 9 digits, e.g. 44, 4403, 440307, 440307001, or all");
      } else if (!seen.add(RegionCode.plain(code))) {
        problem("regions[" + i + "]", code, "is named twice", "name each region once");
      }
    }
  }

  private void holidayYears() {
    Set<Integer> seen = new HashSet<>();
    for (int i = 0; i < file.holidayYears().size(); i++) {
      HolidayYear year = file.holidayYears().get(i);
      String at = "holidayYears[" + i + "]";
      if (!seen.add(year.year())) {
        problem(at + ".year", year.year(), "is there twice", "list each year once");
      }
      LocalDate first = LocalDate.of(Math.max(1, Math.min(9999, year.year())), 1, 1);
      LocalDate from = first.minusMonths(1);
      LocalDate to = first.plusMonths(13).minusDays(1);
      spans(year.holidays(), at + ".holidays", "holiday");
      for (int j = 0; j < year.holidays().size(); j++) {
        Span span = year.holidays().get(j);
        if (span.from().isBefore(from) || span.to().isAfter(to)) {
          problem(at + ".holidays[" + j + "]", told(span), "lies not in " + year.year(), "move it");
        }
      }
      for (int j = 0; j < year.makeUpDays().size(); j++) {
        LocalDate date = year.makeUpDays().get(j).date();
        if (date.isBefore(from) || date.isAfter(to)) {
          problem(
              at + ".makeUpDays[" + j + "].date", date, "lies not in " + year.year(), "move it");
        }
      }
      twice(year.makeUpDays(), at + ".makeUpDays");
    }
  }

  private void years() {
    for (int i = 0; i < file.schoolYears().size(); i++) {
      SchoolYear year = file.schoolYears().get(i);
      String at = "schoolYears[" + i + "]";
      if (year.to().isBefore(year.from())) {
        problem(at + ".to", year.to(), "is before from " + year.from(), "swap them");
      }
      if (i > 0 && !year.from().isAfter(file.schoolYears().get(i - 1).to())) {
        problem(
            at + ".from",
            year.from(),
            "lies in the school year before, which ends " + file.schoolYears().get(i - 1).to(),
            "list school years in order; they must not overlap");
      }
      if (year.terms().isEmpty()) {
        problem(at + ".terms", "[]", "is empty", "a school year has at least one term");
      }
      inYear(year, year.terms(), at + ".terms", "term");
      inYear(year, year.holidays(), at + ".holidays", "holiday");
      makeUpDays(year, at + ".makeUpDays");
    }
  }

  private void inYear(SchoolYear year, List<Span> spans, String at, String what) {
    spans(spans, at, what);
    for (int i = 0; i < spans.size(); i++) {
      Span span = spans.get(i);
      if (span.from().isBefore(year.from()) || span.to().isAfter(year.to())) {
        problem(
            at + "[" + i + "]",
            told(span),
            "lies outside the school year " + year.from() + " to " + year.to(),
            "move it to the school year it belongs to");
      }
    }
  }

  /** Spans that end before they begin, or that share a day. */
  void spans(List<Span> spans, String at, String what) {
    for (int i = 0; i < spans.size(); i++) {
      Span span = spans.get(i);
      if (span.to().isBefore(span.from())) {
        problem(at + "[" + i + "].to", span.to(), "is before from " + span.from(), "swap them");
      }
      if (!what.equals("term")
          && span.from().plusDays(LayeredCalendar.LONGEST_OFF).isBefore(span.to())) {
        problem(at + "[" + i + "]", told(span), "is longer than a year", "correct its days");
      }
      for (int j = 0; j < i; j++) {
        Span other = spans.get(j);
        if (!span.from().isAfter(other.to()) && !other.from().isAfter(span.to())) {
          problem(
              at + "[" + i + "]",
              told(span),
              "overlaps the " + what + " " + other.name() + " (" + at + "[" + j + "])",
              "no day may lie in two " + what + "s");
        }
      }
    }
  }

  static String told(Span span) {
    return span.name() + " " + span.from() + " to " + span.to();
  }

  /** Make-up days of a school year; those of a calendar year are also for others' terms. */
  private void makeUpDays(SchoolYear year, String at) {
    twice(year.makeUpDays(), at);
    for (int i = 0; i < year.makeUpDays().size(); i++) {
      MakeUpDay day = year.makeUpDays().get(i);
      String here = at + "[" + i + "]";
      if (layers.lessonDays().contains(day.date().getDayOfWeek())) {
        problem(
            here + ".date",
            day.date(),
            "is a " + name(day.date().getDayOfWeek()) + ", which has lessons anyway",
            "a make-up day is a day that would be free");
      }
      if (!layers.lessonDays().isEmpty() && !layers.lessonDays().contains(day.follows())) {
        problem(here + ".follows", name(day.follows()), "has no lessons", "name one of lessonDays");
      }
      if (!year.holds(day.date())) {
        problem(
            here + ".date",
            day.date(),
            "lies outside the school year " + year.from() + " to " + year.to(),
            "move it to the school year it belongs to");
      } else if (year.terms().stream().noneMatch(t -> t.holds(day.date()))) {
        problem(here + ".date", day.date(), "lies in no term", "remove it, or extend the term");
      }
    }
  }

  void twice(List<MakeUpDay> days, String at) {
    Set<LocalDate> seen = new HashSet<>();
    for (int i = 0; i < days.size(); i++) {
      if (!seen.add(days.get(i).date())) {
        problem(
            at + "[" + i + "].date",
            days.get(i).date(),
            "is a make-up day already",
            "list it once");
      }
    }
  }

  private void eitherOffOrMadeUp() {
    Map<String, List<MakeUpDay>> places = new HashMap<>();
    for (int i = 0; i < file.holidayYears().size(); i++) {
      places.put("holidayYears[" + i + "]", file.holidayYears().get(i).makeUpDays());
    }
    for (int i = 0; i < file.schoolYears().size(); i++) {
      places.put("schoolYears[" + i + "]", file.schoolYears().get(i).makeUpDays());
    }
    places.forEach((at, days) -> eitherOffOrMadeUp(at + ".makeUpDays", days, file.daysOff()));
  }

  void eitherOffOrMadeUp(String at, List<MakeUpDay> days, List<Span> off) {
    for (int i = 0; i < days.size(); i++) {
      LocalDate date = days.get(i).date();
      for (Span span : off) {
        if (span.holds(date)) {
          problem(
              at + "[" + i + "].date", date, "lies in the holiday " + span.name(), "it is either");
        }
      }
    }
  }

  /**
   * @param at where they stand: empty or {@code overrides[2].}
   * @param lessonDays the days they are for
   */
  void timetables(
      String at, List<Period> periods, List<Timetable> timetables, List<DayOfWeek> lessonDays) {
    if (!periods.isEmpty()) {
      new PeriodCheck(this, at + "periods", lessonDays).check(periods, at + "lessonDays");
    }
    @Nullable Timetable always = null;
    Set<LocalDate> begun = new HashSet<>();
    for (int i = 0; i < timetables.size(); i++) {
      Timetable timetable = timetables.get(i);
      String here = at + "timetables[" + i + "]";
      LocalDate from = timetable.from();
      if (from == null && always != null) {
        problem(
            here + ".from",
            "(missing)",
            "the timetable " + always.name() + " is always in force already",
            "give this one its first day");
      } else if (from != null && !begun.add(from)) {
        problem(here + ".from", from, "another timetable begins that day", "one at a time");
      }
      always = from == null ? timetable : always;
      if (timetable.periods().isEmpty()) {
        problem(here + ".periods", "[]", "is empty", "give the lessons of a day");
      }
      new PeriodCheck(this, here + ".periods", lessonDays)
          .check(timetable.periods(), at + "lessonDays");
    }
    if (at.isEmpty() && always == null) {
      before(timetables);
    }
  }

  /** A file's own first timetable must not begin after its first school year. */
  private void before(List<Timetable> timetables) {
    LocalDate first =
        timetables.stream()
            .map(Timetable::from)
            .filter(from -> from != null)
            .min(LocalDate::compareTo)
            .orElse(null);
    if (first == null || layers.schoolYears().isEmpty()) {
      return;
    }
    LocalDate begins = layers.schoolYears().get(0).from();
    if (first.isAfter(begins)) {
      problem(
          "timetables",
          "first on " + first,
          "no timetable is in force on " + begins + ", when the first school year begins",
          "let the first timetable begin earlier, or leave out its from");
    }
  }

  /** What one list of lessons may not hold. */
  private static final class PeriodCheck {
    private final CalendarCheck check;
    private final String at;
    private final List<DayOfWeek> lessonDays;

    PeriodCheck(CalendarCheck check, String at, List<DayOfWeek> lessonDays) {
      this.check = check;
      this.at = at;
      this.lessonDays = lessonDays;
    }

    void check(List<Period> periods, String daysAt) {
      Set<DayOfWeek> taught = new HashSet<>();
      for (int i = 0; i < periods.size(); i++) {
        Period period = periods.get(i);
        String here = at + "[" + i + "]";
        if (!period.to().isAfter(period.from())) {
          check.problem(
              here + ".to",
              period.to(),
              "the lesson ends before it begins at " + period.from(),
              "a lesson lies within one day");
        }
        wholeMinutes(here + ".from", period.from());
        wholeMinutes(here + ".to", period.to());
        for (DayOfWeek day : period.days()) {
          if (!lessonDays.isEmpty() && !lessonDays.contains(day)) {
            check.problem(here + ".days", name(day), "has no lessons", "name only lessonDays");
          }
        }
        lessonDays.stream().filter(period::isOn).forEach(taught::add);
        for (int j = 0; j < i; j++) {
          overlap(here, period, periods.get(j), j);
        }
      }
      for (DayOfWeek day : new TreeSet<>(lessonDays)) {
        if (!periods.isEmpty() && !taught.contains(day)) {
          check.problem(daysAt, name(day), "has no lesson", "give it a period, or take it out");
        }
      }
    }

    private void overlap(String here, Period period, Period other, int index) {
      boolean sameDay = lessonDays.stream().anyMatch(day -> period.isOn(day) && other.isOn(day));
      if (sameDay && period.from().isBefore(other.to()) && other.from().isBefore(period.to())) {
        check.problem(
            here,
            period.name() + " " + period.from() + "-" + period.to(),
            "overlaps the lesson " + other.name() + " (" + at + "[" + index + "])",
            "one lesson at a time");
      }
    }

    private void wholeMinutes(String place, LocalTime time) {
      if (time.getSecond() != 0 || time.getNano() != 0) {
        check.problem(place, time, "is no whole minute", "write HH:mm");
      }
    }
  }

  static String name(DayOfWeek day) {
    return day.name().toLowerCase(Locale.ROOT);
  }

  void problem(String path, Object value, String reason, String hint) {
    problems.add(new Problem(path, value.toString(), reason, hint));
  }
}
