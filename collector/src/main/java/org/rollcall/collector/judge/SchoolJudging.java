package org.rollcall.collector.judge;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.day.DayRoller;
import org.rollcall.collector.day.SchoolDay;
import org.rollcall.collector.day.SchoolDays;
import org.rollcall.collector.declared.DeclaredIndicator;
import org.rollcall.collector.declared.DeclaredValue;
import org.rollcall.collector.declared.DeclaredValues;
import org.rollcall.collector.profile.Profile;
import org.rollcall.collector.registry.Inventory;
import org.rollcall.collector.registry.Register;
import org.rollcall.collector.registry.School;

/**
 * Judges one school over a span of dates: rolls up what is dirty, then judges from school days.
 * Writes nothing. The days of the span's windows are loaded once, so that thirty dates cost little
 * more than one.
 */
final class SchoolJudging {
  private final @Nullable DayRoller roller;
  private final SchoolDays days;
  private final DeclaredValues declared;

  /**
   * @param roller null where there are no observations at hand, only school days
   */
  SchoolJudging(@Nullable DayRoller roller, SchoolDays days, DeclaredValues declared) {
    this.roller = roller;
    this.days = days;
    this.declared = declared;
  }

  /**
   * What came of one school, not yet saved.
   *
   * @param rolled its days that were rolled up anew
   * @param verdicts by profile, then date, then rule
   */
  record Result(List<SchoolDay> rolled, List<Verdict> verdicts) {}

  /**
   * A school as the register has it.
   *
   * @param campuses its further sites with what they have, by code; their days are rolled up by
   *     themselves and only read here
   */
  record Entry(School school, Inventory inventory, Map<School, Inventory> campuses) {

    static Entry of(School school, Register register, Map<String, Inventory> inventories) {
      Map<School, Inventory> campuses = new LinkedHashMap<>();
      for (School campus : register.campuses(school.code())) {
        campuses.put(campus, its(campus, inventories));
      }
      return new Entry(school, its(school, inventories), campuses);
    }

    private static Inventory its(School site, Map<String, Inventory> inventories) {
      return inventories.getOrDefault(site.code(), Inventory.empty(site.code()));
    }

    /** Codes of the schools and of their campuses: whose inventories {@link #of} asks for. */
    static List<String> codes(Collection<School> schools, Register register) {
      List<String> codes = new ArrayList<>();
      for (School school : schools) {
        codes.add(school.code());
        register.campuses(school.code()).forEach(campus -> codes.add(campus.code()));
      }
      return codes;
    }
  }

  /**
   * @param dirty days to roll up first
   * @param dates dates to judge
   */
  Result judge(
      Entry entry, Collection<LocalDate> dirty, Collection<LocalDate> dates, SchoolBasis basis) {
    School school = entry.school();
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
    Site main = new Site(school, entry.inventory(), List.copyOf(known.values()));
    List<Site> others = new ArrayList<>();
    entry
        .campuses()
        .forEach(
            (campus, its) ->
                others.add(new Site(campus, its, days.load(campus.code(), first, ordered.last()))));
    List<Verdict> verdicts = new ArrayList<>();
    Map<LocalDate, Map<DeclaredIndicator, DeclaredValue>> values = new TreeMap<>();
    ordered.forEach(date -> values.put(date, declared.of(school.code(), date)));
    for (Profile profile : basis.profiles()) {
      values.forEach(
          (date, its) ->
              verdicts.addAll(
                  Judge.judge(new JudgeInput(main, others, its, basis.calendar(), profile, date))));
    }
    return new Result(rolled, verdicts);
  }
}
