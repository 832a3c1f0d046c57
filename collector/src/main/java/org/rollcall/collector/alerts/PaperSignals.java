package org.rollcall.collector.alerts;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.declared.DeclaredIndicator;
import org.rollcall.collector.declared.DeclaredValue;
import org.rollcall.collector.declared.DeclaredValues;
import org.rollcall.collector.judge.Board;
import org.rollcall.collector.judge.Mark;
import org.rollcall.collector.judge.Verdict;
import org.rollcall.collector.judge.Verdict.Outcome;
import org.rollcall.collector.judge.Verdicts;
import org.rollcall.collector.profile.Plan;
import org.rollcall.collector.profile.Profile;
import org.rollcall.collector.profile.Rule;
import org.rollcall.collector.registry.Region;
import org.rollcall.collector.registry.Register;
import org.rollcall.collector.registry.Registry;
import org.rollcall.collector.registry.School;
import org.rollcall.collector.rollup.PlanCurve;

/**
 * What stands in books: ends of contracts, and how a county goes on against its plan. Once a day.
 * One thread; blocks on the database.
 */
final class PaperSignals {
  /** Over how many weeks a trend is drawn. Project default. */
  static final int WEEKS = 8;

  private static final int AT_ONCE = 400;

  private final DeclaredValues declared;
  private final Verdicts verdicts;
  private LocalDate looked = LocalDate.EPOCH;
  private List<Signal> found = List.of();

  PaperSignals(DeclaredValues declared, Verdicts verdicts) {
    this.declared = declared;
    this.verdicts = verdicts;
  }

  List<Signal> of(Register register, Profile profile, Board board, Instant now) {
    LocalDate today = LocalDate.ofInstant(now, Registry.ZONE);
    if (!today.equals(looked)) {
      List<Signal> signals = new ArrayList<>();
      contracts(register, today, now, signals);
      Plan plan = profile.plan();
      if (plan != null) {
        for (Region region : register.regions()) {
          if (region.level() == Region.Level.COUNTY) {
            shortfall(register.schools(region.code()), region, profile, plan, board, today, now)
                .ifPresent(signals::add);
          }
        }
      }
      found = List.copyOf(signals);
      looked = today;
    }
    return found;
  }

  private void contracts(Register register, LocalDate today, Instant now, List<Signal> signals) {
    List<School> schools = register.sites();
    for (int i = 0; i < schools.size(); i += AT_ONCE) {
      List<School> some = schools.subList(i, Math.min(schools.size(), i + AT_ONCE));
      Map<String, Map<DeclaredIndicator, DeclaredValue>> values =
          declared.of(some.stream().map(School::code).toList(), today);
      for (School school : some) {
        DeclaredValue ends =
            values.getOrDefault(school.code(), Map.of()).get(DeclaredIndicator.CONTRACT_END);
        if (ends != null) {
          LocalDate end = LocalDate.parse(ends.amount().text());
          signals.add(
              Signal.of(
                  SignalKind.CONTRACT_DAYS,
                  school.region(),
                  school.code(),
                  "",
                  (double) ChronoUnit.DAYS.between(today, end),
                  now,
                  now,
                  Map.of("date", end.toString())));
        }
      }
    }
  }

  private Optional<Signal> shortfall(
      List<School> schools,
      Region region,
      Profile profile,
      Plan plan,
      Board board,
      LocalDate today,
      Instant now) {
    Map<String, Set<String>> asked = new HashMap<>();
    for (School school : schools) {
      Set<String> rules = new HashSet<>();
      profile.headline().stream()
          .filter(rule -> rule.speaksOf(school))
          .map(Rule::id)
          .forEach(rules::add);
      if (!rules.isEmpty()) {
        asked.put(school.code(), rules);
      }
    }
    Set<String> met = new HashSet<>();
    asked.forEach(
        (school, rules) -> {
          if (isMet(board.of(school), profile, rules)) {
            met.add(school);
          }
        });
    Integer before = metOn(asked, profile, today.minusWeeks(WEEKS));
    if (before == null) {
      return Optional.empty();
    }
    PlanCurve.Progress progress = new PlanCurve(plan).on(today, met.size(), asked.size());
    Plan.Point next = progress.next();
    double behind = progress.plannedPercent() - 100.0 * met.size() / asked.size();
    double expected = 100.0 * met.size() / asked.size();
    LocalDate by = today;
    int planned = progress.plannedPercent();
    if (next != null) {
      double days = (double) ChronoUnit.DAYS.between(today, next.by());
      double gained = (met.size() - before) / (7.0 * WEEKS) * days;
      double then = 100.0 * Math.max(0, Math.min(asked.size(), met.size() + gained)) / asked.size();
      if (next.percent() - then > behind) {
        behind = next.percent() - then;
        expected = then;
        by = next.by();
        planned = next.percent();
      }
    }
    return Optional.of(
        new Signal(
            SignalKind.PLAN_SHORTFALL,
            SignalKind.PLAN_SHORTFALL.id() + "." + region.code(),
            region.code(),
            List.of(),
            "",
            Math.max(0, behind),
            now,
            now,
            Map.of(
                "weeks", String.valueOf(WEEKS),
                "by", by.toString(),
                "planned", String.valueOf(planned),
                "expected", BigDecimal.valueOf(expected).setScale(1, RoundingMode.HALF_UP) + ""),
            0,
            0,
            false,
            Set.of()));
  }

  private static boolean isMet(List<Verdict> its, Profile profile, Set<String> rules) {
    Set<String> good = new HashSet<>();
    for (Verdict verdict : its) {
      if (verdict.profile().equals(profile.id()) && verdict.outcome() == Outcome.MET) {
        good.add(verdict.rule());
      }
    }
    return good.containsAll(rules);
  }

  /** How many of the schools had met theirs on a day gone by; null where that is not known. */
  private @Nullable Integer metOn(Map<String, Set<String>> asked, Profile profile, LocalDate day) {
    if (asked.isEmpty()) {
      return null;
    }
    Set<String> ids = new HashSet<>();
    asked.values().forEach(ids::addAll);
    Map<String, Set<String>> good = new HashMap<>();
    Set<String> marked = new HashSet<>();
    List<String> schools = List.copyOf(asked.keySet());
    for (int i = 0; i < schools.size(); i += AT_ONCE) {
      List<String> some = schools.subList(i, Math.min(schools.size(), i + AT_ONCE));
      for (Mark mark : verdicts.marks(profile.id(), ids, some, List.of(day))) {
        marked.add(mark.school());
        if (mark.outcome() == Outcome.MET) {
          good.computeIfAbsent(mark.school(), school -> new HashSet<>()).add(mark.rule());
        }
      }
    }
    // Half of them without a mark: the day was not judged, and no trend can be drawn from it.
    if (2 * marked.size() < schools.size()) {
      return null;
    }
    return (int)
        asked.entrySet().stream()
            .filter(
                entry -> good.getOrDefault(entry.getKey(), Set.of()).containsAll(entry.getValue()))
            .count();
  }
}
