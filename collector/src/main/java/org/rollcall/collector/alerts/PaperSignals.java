package org.rollcall.collector.alerts;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.declared.DeclaredIndicator;
import org.rollcall.collector.declared.DeclaredValue;
import org.rollcall.collector.declared.DeclaredValues;
import org.rollcall.collector.judge.Board;
import org.rollcall.collector.judge.Mark;
import org.rollcall.collector.judge.Verdict.Outcome;
import org.rollcall.collector.judge.Verdicts;
import org.rollcall.collector.milestones.Milestone;
import org.rollcall.collector.milestones.Milestones;
import org.rollcall.collector.profile.Plan;
import org.rollcall.collector.profile.Profile;
import org.rollcall.collector.registry.Region;
import org.rollcall.collector.registry.Register;
import org.rollcall.collector.registry.Registry;
import org.rollcall.collector.registry.School;
import org.rollcall.collector.rollup.PlanCurve;
import org.rollcall.collector.rollup.PlanStanding;

/**
 * What stands in books: ends of contracts, how a county goes on against its plan, dates that are
 * near or past. Once a day, dates once a minute. One thread; blocks on the database.
 */
final class PaperSignals {
  /** Over how many weeks a trend is drawn. Project default. */
  static final int WEEKS = 8;

  private static final int AT_ONCE = 400;

  /** Project default. */
  private static final int OVERDUE_DAYS = 365;

  /** What somebody marks as done is over so soon. Project default. */
  private static final Duration DATES_EVERY = Duration.ofMinutes(1);

  private final DeclaredValues declared;
  private final Verdicts verdicts;
  private final Milestones milestones;
  private LocalDate looked = LocalDate.EPOCH;
  private Instant lookedAt = Instant.EPOCH;
  private List<Signal> dates = List.of();
  private List<Signal> found = List.of();

  PaperSignals(DeclaredValues declared, Verdicts verdicts, Milestones milestones) {
    this.declared = declared;
    this.verdicts = verdicts;
    this.milestones = milestones;
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
    if (lookedAt.plus(DATES_EVERY).isBefore(now)) {
      dates = dates(register, now);
      lookedAt = now;
    }
    return Stream.concat(found.stream(), dates.stream()).toList();
  }

  /**
   * What is not done, from {@link Milestone#SOON_DAYS} days before to {@value #OVERDUE_DAYS} days
   * after. What is older stands on the page; nobody has to be reminded of it every day.
   */
  private List<Signal> dates(Register register, Instant now) {
    LocalDate today = milestones.today();
    List<Signal> signals = new ArrayList<>();
    List<Region> counties =
        register.regions().stream().filter(each -> each.level() == Region.Level.COUNTY).toList();
    for (Milestone each : milestones.of(register, counties)) {
      Milestone.Standing standing = each.standing(today);
      boolean late =
          standing == Milestone.Standing.OVERDUE && each.daysLeft(today) >= -OVERDUE_DAYS;
      if (standing == Milestone.Standing.SOON || late) {
        signals.add(
            new Signal(
                SignalKind.MILESTONE_DAYS,
                SignalKind.MILESTONE_DAYS.id()
                    + "."
                    + each.region()
                    + "."
                    + each.id()
                    + "."
                    + each.due(),
                each.region(),
                List.of(),
                "",
                each.daysLeft(today),
                now,
                now,
                Map.of(
                    "title", each.title(),
                    "titleen", each.titleEn(),
                    "due", each.due().toString()),
                0,
                0,
                false,
                Set.of()));
      }
    }
    return signals;
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
