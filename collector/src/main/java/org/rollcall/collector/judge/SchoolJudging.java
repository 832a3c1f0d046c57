package org.rollcall.collector.judge;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
 * Judges schools over spans of dates: rolls up what is dirty, then judges from school days. Writes
 * nothing. The days of a span's windows are loaded once, so that thirty dates cost little more than
 * one. Any thread.
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
   * One school to judge.
   *
   * @param dirty days to roll up first
   * @param dates dates to judge
   */
  record Task(
      Entry entry, Collection<LocalDate> dirty, Collection<LocalDate> dates, SchoolBasis basis) {

    Task {
      dates = new TreeSet<>(dates);
    }

    /** The days its verdicts may rest on. */
    private Span span() {
      LocalDate first = Collections.min(dates);
      return new Span(basis.firstDay(first), Collections.max(dates));
    }

    private List<String> sites() {
      List<String> sites = new ArrayList<>(List.of(entry.school().code()));
      entry.campuses().keySet().forEach(campus -> sites.add(campus.code()));
      return sites;
    }
  }

  /** First and last day. */
  private record Span(LocalDate first, LocalDate last) {}

  /** What is kept of the schools of some tasks. */
  private record Kept(
      Map<Span, Map<String, List<SchoolDay>>> days,
      Map<LocalDate, Map<String, Map<DeclaredIndicator, DeclaredValue>>> declared) {

    List<SchoolDay> days(Span span, String site) {
      return days.getOrDefault(span, Map.of()).getOrDefault(site, List.of());
    }

    Map<DeclaredIndicator, DeclaredValue> declared(LocalDate date, String school) {
      return declared.getOrDefault(date, Map.of()).getOrDefault(school, Map.of());
    }
  }

  /** Judges one school. */
  Result judge(Task task) {
    return judge(task, load(List.of(task)));
  }

  /**
   * Judges some schools, whose days are read together: far cheaper than one by one.
   *
   * @return a result for each task, in their order
   */
  List<Result> judge(List<Task> tasks) {
    Kept kept = load(tasks);
    List<Result> results = new ArrayList<>(tasks.size());
    tasks.forEach(task -> results.add(judge(task, kept)));
    return results;
  }

  private Kept load(List<Task> tasks) {
    Map<Span, Set<String>> sites = new HashMap<>();
    Map<LocalDate, Set<String>> schools = new TreeMap<>();
    for (Task task : tasks) {
      if (!task.dates().isEmpty()) {
        sites.computeIfAbsent(task.span(), s -> new LinkedHashSet<>()).addAll(task.sites());
      }
      for (LocalDate date : task.dates()) {
        schools.computeIfAbsent(date, d -> new LinkedHashSet<>()).add(task.entry().school().code());
      }
    }
    Kept kept = new Kept(new HashMap<>(), new HashMap<>());
    sites.forEach(
        (span, codes) -> kept.days().put(span, days.load(codes, span.first(), span.last())));
    schools.forEach((date, codes) -> kept.declared().put(date, declared.of(codes, date)));
    return kept;
  }

  private Result judge(Task task, Kept kept) {
    School school = task.entry().school();
    SchoolBasis basis = task.basis();
    List<SchoolDay> rolled =
        roller == null || task.dirty().isEmpty()
            ? List.of()
            : roller.roll(school.code(), task.dirty(), basis.calendar());
    if (task.dates().isEmpty()) {
      return new Result(rolled, List.of());
    }
    Span span = task.span();
    List<SchoolDay> its = newest(kept.days(span, school.code()), rolled);
    Site main = new Site(school, task.entry().inventory(), its);
    List<Site> others = new ArrayList<>();
    task.entry()
        .campuses()
        .forEach(
            (campus, inventory) ->
                others.add(new Site(campus, inventory, kept.days(span, campus.code()))));
    List<Verdict> verdicts = new ArrayList<>();
    for (Profile profile : basis.profiles()) {
      for (LocalDate date : task.dates()) {
        verdicts.addAll(
            Judge.judge(
                new JudgeInput(
                    main,
                    others,
                    kept.declared(date, school.code()),
                    basis.calendar(),
                    profile,
                    date)));
      }
    }
    return new Result(rolled, verdicts);
  }

  /** What is kept with what was rolled up since in its place, oldest first. */
  private static List<SchoolDay> newest(List<SchoolDay> kept, List<SchoolDay> rolled) {
    if (rolled.isEmpty()) {
      return kept;
    }
    Map<LocalDate, SchoolDay> known = new TreeMap<>();
    kept.forEach(day -> known.put(day.date(), day));
    rolled.forEach(day -> known.put(day.date(), day));
    return List.copyOf(known.values());
  }
}
