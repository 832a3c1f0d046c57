package org.rollcall.collector.judge;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.day.DayRoller;
import org.rollcall.collector.day.SchoolDay;
import org.rollcall.collector.day.SchoolDays;
import org.rollcall.collector.profile.Profile;
import org.rollcall.collector.registry.Inventory;
import org.rollcall.collector.registry.School;

/**
 * Judges one school over a span of dates: rolls up what is dirty, then judges from school days.
 * Writes nothing. The days of the span's windows are loaded once, so that thirty dates cost little
 * more than one.
 */
final class SchoolJudging {
  private final @Nullable DayRoller roller;
  private final SchoolDays days;

  /**
   * @param roller null where there are no observations at hand, only school days
   */
  SchoolJudging(@Nullable DayRoller roller, SchoolDays days) {
    this.roller = roller;
    this.days = days;
  }

  /**
   * What came of one school, not yet saved.
   *
   * @param rolled its days that were rolled up anew
   * @param verdicts by profile, then date, then rule
   */
  record Result(List<SchoolDay> rolled, List<Verdict> verdicts) {}

  /**
   * @param dirty days to roll up first
   * @param dates dates to judge
   */
  Result judge(
      School school,
      Inventory inventory,
      Collection<LocalDate> dirty,
      Collection<LocalDate> dates,
      SchoolBasis basis) {
    List<SchoolDay> rolled =
        roller == null || dirty.isEmpty()
            ? List.of()
            : roller.roll(school.code(), dirty, basis.calendar());
    if (dates.isEmpty()) {
      return new Result(rolled, List.of());
    }
    TreeSet<LocalDate> ordered = new TreeSet<>(dates);
    LocalDate first = basis.firstDay(ordered.first());
    Map<LocalDate, SchoolDay> known = new TreeMap<>();
    for (SchoolDay day : days.load(school.code(), first, ordered.last())) {
      known.put(day.date(), day);
    }
    rolled.forEach(day -> known.put(day.date(), day));
    List<SchoolDay> all = List.copyOf(known.values());
    List<Verdict> verdicts = new ArrayList<>();
    for (Profile profile : basis.profiles()) {
      for (LocalDate date : ordered) {
        verdicts.addAll(
            Judge.judge(new JudgeInput(school, inventory, all, basis.calendar(), profile, date)));
      }
    }
    return new Result(rolled, verdicts);
  }
}
