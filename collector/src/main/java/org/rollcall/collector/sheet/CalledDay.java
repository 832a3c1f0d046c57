package org.rollcall.collector.sheet;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.calendar.SchoolCalendar;
import org.rollcall.collector.calendar.SchoolCalendar.Lesson;
import org.rollcall.collector.day.Availability;
import org.rollcall.collector.day.SchoolDay;

/**
 * One date of one site: what its calendar says of it, and what was kept of it.
 *
 * @param calendar version of the calendar
 * @param covered whether the calendar knows the date at all
 * @param lessonMinutes by the calendar; 0 where there are no lessons
 * @param ended those that have ended; on a day gone by, all of them
 * @param kept null where nothing was rolled up
 */
public record CalledDay(
    LocalDate date,
    String calendar,
    boolean covered,
    int lessonMinutes,
    int ended,
    @Nullable SchoolDay kept) {

  public CalledDay {
    if (ended < 0 || ended > lessonMinutes) {
      throw new IllegalArgumentException(
          ended + " of " + lessonMinutes + " lesson minutes cannot have ended.");
    }
  }

  /**
   * One for each date, in their order.
   *
   * @param kept what was rolled up of the site, in any order; other dates do no harm
   * @param now until when lessons have ended
   */
  public static List<CalledDay> of(
      SchoolCalendar calendar, List<LocalDate> dates, Collection<SchoolDay> kept, Instant now) {
    Map<LocalDate, SchoolDay> byDate = new HashMap<>();
    kept.forEach(day -> byDate.put(day.date(), day));
    List<CalledDay> days = new ArrayList<>(dates.size());
    for (LocalDate date : dates) {
      int ended = 0;
      for (Lesson lesson : calendar.lessons(date)) {
        Instant until = lesson.to().isBefore(now) ? lesson.to() : now;
        ended += (int) Math.max(0, until.getEpochSecond() - lesson.from().getEpochSecond()) / 60;
      }
      days.add(
          new CalledDay(
              date,
              calendar.version(),
              calendar.covers(date),
              calendar.lessonMinutes(date),
              ended,
              byDate.get(date)));
    }
    return days;
  }

  /** The cell of whoever belongs to a day on which nobody can be called; else null. */
  @Nullable Cell notCalled() {
    if (lessonMinutes == 0) {
      SheetReason why = covered ? SheetReason.NO_LESSONS : SheetReason.CALENDAR_SILENT;
      return Cell.of(RollMark.NO_SCHOOL, Availability.NONE, why.with(calendar));
    }
    if (ended == 0) {
      return Cell.of(RollMark.NO_SCHOOL, Availability.NONE, SheetReason.NOT_BEGUN.with());
    }
    SchoolDay day = kept;
    if (day == null || day.lessonMinutes() == 0) {
      return Cell.of(
          RollMark.NO_DATA, new Availability(0, 0, ended, 0), SheetReason.DAY_MISSING.with());
    }
    Availability all = ended(day.states().availability());
    if (all.judged() == 0) {
      return Cell.of(RollMark.NO_SCHOOL, all, SheetReason.ALL_PLANNED.with(all.planned()));
    }
    return null;
  }

  /** What was kept; only where somebody can be called. */
  SchoolDay known() {
    SchoolDay day = kept;
    if (day == null) {
      throw new IllegalStateException("BUG: nothing is kept of " + date);
    }
    return day;
  }

  /** Whether nothing at all was seen in its lessons; only where somebody can be called. */
  boolean isSilent() {
    return known().seenLessonMinutes() == 0;
  }

  /** The day's minutes that have ended, of which nothing is known but the maintenance. */
  Availability unseen() {
    Availability all = known().states().availability();
    return ended(new Availability(0, 0, all.judged(), all.planned()));
  }

  /** Minutes of a subject without those that are still to come: they are not unknown but future. */
  Availability ended(Availability whole) {
    int toCome = Math.max(0, whole.minutes() - ended);
    if (toCome == 0) {
      return whole;
    }
    BitSet planned = known().states().planned();
    int plannedToCome = planned.get(ended, Math.max(ended, planned.length())).cardinality();
    return new Availability(
        whole.up(),
        whole.down(),
        Math.max(0, whole.unknown() - (toCome - plannedToCome)),
        Math.max(0, whole.planned() - plannedToCome));
  }
}
