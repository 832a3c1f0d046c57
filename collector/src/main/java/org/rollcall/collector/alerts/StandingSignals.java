package org.rollcall.collector.alerts;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
import org.rollcall.collector.rollup.Balance;
import org.rollcall.collector.rollup.Gap;
import org.rollcall.collector.rollup.PlanCurve;
import org.rollcall.collector.rollup.PlanStanding;

/**
 * How counties and schools stand against their targets in the long run: how a county goes on
 * against its plan, how uneven it is, and what a school reached and has lost again. Once a day. One
 * thread; blocks on the database.
 */
final class StandingSignals {
  /** Over how many weeks a trend is drawn. Project default. */
  static final int WEEKS = 8;

  /** A side of a divide with fewer schools says nothing of it. Project default. */
  static final int FEWEST = 3;

  /** Who has passed is watched for three years (评估后三年内接受监测). */
  private static final int WATCHED_YEARS = 3;

  private static final int AT_ONCE = 400;

  private final DeclaredValues declared;
  private final Verdicts verdicts;
  private @Nullable LocalDate looked;
  private List<Signal> found = List.of();

  StandingSignals(DeclaredValues declared, Verdicts verdicts) {
    this.declared = declared;
    this.verdicts = verdicts;
  }

  List<Signal> of(Register register, Profile profile, Board board, Instant now) {
    LocalDate asOf = board.asOf();
    LocalDate today = LocalDate.ofInstant(now, Registry.ZONE);
    if (asOf == null || today.equals(looked)) {
      return found;
    }
    List<Signal> signals = new ArrayList<>();
    for (Region region : register.regions()) {
      if (region.level() == Region.Level.COUNTY) {
        List<School> schools = register.schools(region.code());
        Plan plan = profile.plan();
        if (plan != null) {
          shortfall(schools, region, profile, plan, board, today, now).ifPresent(signals::add);
        }
        uneven(schools, region, profile, board, today, now, signals);
        lost(schools, region, profile, board, today, now, signals);
      }
    }
    found = List.copyOf(signals);
    looked = today;
    return found;
  }

  private void uneven(
      List<School> schools,
      Region region,
      Profile profile,
      Board board,
      LocalDate today,
      Instant now,
      List<Signal> signals) {
    Map<String, Map<DeclaredIndicator, DeclaredValue>> told = new HashMap<>();
    for (List<School> some : parts(schools)) {
      told.putAll(declared.of(some.stream().map(School::code).toList(), today));
    }
    Balance balance =
        Balance.of(profile, schools, code -> told.getOrDefault(code, Map.of()), board::of);
    for (Balance.Finding finding : balance.findings()) {
      BigDecimal is = finding.coefficient().coefficient();
      Double limit = finding.limit();
      boolean decided = finding.outcome() == Outcome.MET || finding.outcome() == Outcome.NOT_MET;
      if (is != null && limit != null && limit > 0 && decided) {
        signals.add(
            ofRegion(
                SignalKind.COEFFICIENT_PERCENT,
                region,
                finding.figure().id() + "." + finding.stage(),
                100 * is.doubleValue() / limit,
                now,
                Map.of(
                    "figure", finding.figure().name(),
                    "stage", finding.stage().name(),
                    "coefficient", is.setScale(3, RoundingMode.HALF_UP).toPlainString(),
                    "limit", String.valueOf(limit))));
      }
    }
    for (Gap gap : balance.gaps()) {
      lead(gap, profile, region, now).ifPresent(signals::add);
    }
  }

  /** The widest lead of one side that schools without sufficient data cannot take away. */
  private static Optional<Signal> lead(Gap gap, Profile profile, Region region, Instant now) {
    Rule rule = profile.rule(gap.rule());
    if (rule == null) {
      throw new IllegalStateException("BUG: a gap of no rule: " + gap.rule());
    }
    Map<String, Integer> schools = new HashMap<>();
    gap.sides().forEach(side -> schools.put(side.name(), side.counts().inScope()));
    double widest = -1;
    Map<String, String> params = Map.of();
    for (Gap.Difference each : gap.differences()) {
      boolean enough =
          schools.getOrDefault(each.from(), 0) >= FEWEST
              && schools.getOrDefault(each.to(), 0) >= FEWEST;
      BigDecimal least = each.least();
      BigDecimal most = each.most();
      if (!enough || least == null || most == null) {
        continue;
      }
      boolean isBehind = most.signum() < 0;
      double lead = Math.max(0, isBehind ? -most.doubleValue() : least.doubleValue());
      if (lead > widest) {
        widest = lead;
        params =
            Map.of(
                "title",
                rule.title(),
                "titleen",
                rule.titleEn(),
                "ahead",
                isBehind ? each.to() : each.from(),
                "behind",
                isBehind ? each.from() : each.to());
      }
    }
    return widest < 0
        ? Optional.empty()
        : Optional.of(
            ofRegion(
                SignalKind.GAP_POINTS,
                region,
                gap.rule() + "." + gap.divide(),
                widest,
                now,
                params));
  }

  /** Schools that last met a target on the same day: what made them lose it is one cause. */
  private record Lost(String rule, LocalDate met) {}

  /** Headline targets that schools fail and had met within the years they are watched. */
  private void lost(
      List<School> schools,
      Region region,
      Profile profile,
      Board board,
      LocalDate today,
      Instant now,
      List<Signal> signals) {
    Map<String, Rule> rules = new HashMap<>();
    profile.headline().forEach(rule -> rules.put(rule.id(), rule));
    List<School> failing =
        schools.stream()
            .filter(
                school ->
                    board.of(school.code()).stream()
                        .anyMatch(verdict -> isFailed(verdict, profile, rules)))
            .toList();
    Map<Lost, List<School>> together = new LinkedHashMap<>();
    for (List<School> some : parts(failing)) {
      Map<String, Map<String, LocalDate>> lastMet =
          verdicts.lastMet(
              profile.id(),
              rules.keySet(),
              some.stream().map(School::code).toList(),
              today.minusYears(WATCHED_YEARS));
      for (School school : some) {
        for (Verdict verdict : board.of(school.code())) {
          LocalDate met = lastMet.getOrDefault(school.code(), Map.of()).get(verdict.rule());
          if (met != null && isFailed(verdict, profile, rules)) {
            together
                .computeIfAbsent(new Lost(verdict.rule(), met), each -> new ArrayList<>())
                .add(school);
          }
        }
      }
    }
    LocalDate asOf = Objects.requireNonNull(board.asOf());
    together.forEach(
        (lost, its) -> {
          Rule rule = Objects.requireNonNull(rules.get(lost.rule()));
          signals.add(
              new Signal(
                  SignalKind.TARGET_LOST_DAYS,
                  SignalKind.TARGET_LOST_DAYS.id()
                      + "."
                      + region.code()
                      + "."
                      + lost.rule()
                      + "."
                      + lost.met(),
                  its.size() == 1 ? its.get(0).region() : region.code(),
                  its.stream().map(School::code).sorted().toList(),
                  "target:" + lost.rule(),
                  (double) ChronoUnit.DAYS.between(lost.met(), asOf),
                  lost.met().plusDays(1).atStartOfDay(Registry.ZONE).toInstant(),
                  now,
                  Map.of(
                      "title", rule.title(),
                      "titleen", rule.titleEn(),
                      "met", lost.met().toString()),
                  0,
                  0,
                  false,
                  Set.of()));
        });
  }

  private static boolean isFailed(Verdict verdict, Profile profile, Map<String, Rule> rules) {
    return verdict.profile().equals(profile.id())
        && verdict.outcome() == Outcome.NOT_MET
        && rules.containsKey(verdict.rule());
  }

  private Optional<Signal> shortfall(
      List<School> schools,
      Region region,
      Profile profile,
      Plan plan,
      Board board,
      LocalDate today,
      Instant now) {
    PlanStanding standing = PlanStanding.of(schools, profile, board);
    Map<String, Set<String>> asked = standing.rules();
    int met = standing.met();
    Integer before = metOn(asked, profile, today.minusWeeks(WEEKS));
    if (before == null) {
      return Optional.empty();
    }
    PlanCurve.Progress progress = new PlanCurve(plan).on(today, met, asked.size());
    Plan.Point next = progress.next();
    double behind = progress.plannedPercent() - 100.0 * met / asked.size();
    double expected = 100.0 * met / asked.size();
    LocalDate by = today;
    int planned = progress.plannedPercent();
    if (next != null) {
      double days = (double) ChronoUnit.DAYS.between(today, next.by());
      double gained = (met - before) / (7.0 * WEEKS) * days;
      double then = 100.0 * Math.max(0, Math.min(asked.size(), met + gained)) / asked.size();
      if (next.percent() - then > behind) {
        behind = next.percent() - then;
        expected = then;
        by = next.by();
        planned = next.percent();
      }
    }
    return Optional.of(
        ofRegion(
            SignalKind.PLAN_SHORTFALL,
            region,
            "",
            Math.max(0, behind),
            now,
            Map.of(
                "weeks", String.valueOf(WEEKS),
                "by", by.toString(),
                "planned", String.valueOf(planned),
                "expected", oneDecimal(expected))));
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

  private static Signal ofRegion(
      SignalKind kind,
      Region region,
      String what,
      double value,
      Instant now,
      Map<String, String> params) {
    return new Signal(
        kind,
        kind.id() + "." + region.code() + (what.isEmpty() ? "" : "." + what),
        region.code(),
        List.of(),
        "",
        value,
        now,
        now,
        params,
        0,
        0,
        false,
        Set.of());
  }

  private static String oneDecimal(double value) {
    return BigDecimal.valueOf(value).setScale(1, RoundingMode.HALF_UP).toPlainString();
  }

  private static List<List<School>> parts(Collection<School> schools) {
    List<School> all = List.copyOf(schools);
    List<List<School>> parts = new ArrayList<>();
    for (int i = 0; i < all.size(); i += AT_ONCE) {
      parts.add(all.subList(i, Math.min(all.size(), i + AT_ONCE)));
    }
    return parts;
  }
}
