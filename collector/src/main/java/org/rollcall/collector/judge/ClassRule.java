package org.rollcall.collector.judge;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.rollcall.collector.day.SchoolDay;
import org.rollcall.collector.judge.Verdict.Evidence;
import org.rollcall.collector.judge.Verdict.Outcome;
import org.rollcall.collector.profile.Rule;

/**
 * 班班通: the share of classes with a platform in them, compared in whole numbers. Two shares are
 * told: the equipped one, of classes that declare a platform, broken or not; and the effective one,
 * of classes whose platform was up on one of the last school days and is not long in repair. Where
 * an agent covers the school the effective one decides, elsewhere the equipped one. The classes of
 * all campuses are the school's.
 */
final class ClassRule {
  private final JudgeInput input;
  private final Rule rule;
  private final BigDecimal target;
  private final List<LocalDate> lookedAt;
  private final LocalDate from;
  private final int aliveDays;
  private final List<SiteClasses> sites = new ArrayList<>();
  private final List<String> classes = new ArrayList<>();
  private final TreeSet<String> equipped = new TreeSet<>();
  private final TreeSet<String> effective = new TreeSet<>();
  private final TreeSet<String> broken = new TreeSet<>();
  private int dataDays;

  ClassRule(JudgeInput input, Rule rule) {
    this.input = input;
    this.rule = rule;
    Double percent = rule.asked().percent();
    if (percent == null) {
      throw new IllegalStateException("BUG: the rule " + rule.id() + " names no share");
    }
    this.target = BigDecimal.valueOf(percent);
    this.aliveDays = input.profile().parameters().aliveSchoolDays().whole();
    this.lookedAt = input.calendar().lastSchoolDays(input.date(), aliveDays);
    this.from = lookedAt.isEmpty() ? input.windowBegins() : lookedAt.get(0);
    Set<LocalDate> looked = new HashSet<>(lookedAt);
    for (Site site : input.sites()) {
      add(site, looked);
    }
  }

  private void add(Site site, Set<LocalDate> looked) {
    SiteClasses its = new SiteClasses(site);
    List<SchoolDay> days =
        site.days(from, input.date()).stream().filter(d -> looked.contains(d.date())).toList();
    Set<String> longInRepair = its.longInRepair(input.calendar(), input.date(), aliveDays);
    sites.add(its);
    its.names().forEach(name -> classes.add(ClassNames.of(input, site, name)));
    its.equipped().forEach(name -> equipped.add(ClassNames.of(input, site, name)));
    its.effective(days, longInRepair)
        .forEach(name -> effective.add(ClassNames.of(input, site, name)));
    its.holding(longInRepair).forEach(name -> broken.add(ClassNames.of(input, site, name)));
    dataDays = Math.max(dataDays, SiteClasses.watched(days));
  }

  Verdict judge() {
    VerdictBuilder verdict =
        new VerdictBuilder(input, rule, from).unit("%").threshold(target).samples(classes.size());
    if (classes.isEmpty()) {
      return verdict
          .outcome(Outcome.NOT_APPLICABLE)
          .because(ReasonCode.CLASSES_NONE.with(input.school().classes()))
          .build();
    }
    LocalDate since = from.isBefore(input.windowBegins()) ? from : input.windowBegins();
    boolean covered =
        input.sites().stream()
            .flatMap(site -> site.days(since, input.date()).stream())
            .anyMatch(day -> !day.subjects().isEmpty());
    if (!covered) {
      byDeclaration(verdict);
      return verdict.because(ReasonCode.NO_AGENT.with(since, input.date())).build();
    }
    measured(verdict);
    new ClassSpread(input).explain(verdict);
    return verdict.build();
  }

  private boolean reaches(int n) {
    return Figures.reaches(n, classes.size(), target);
  }

  private BigDecimal share(int n) {
    return Figures.percent(n, classes.size());
  }

  private String percent(int n) {
    return Figures.text(share(n));
  }

  private void byDeclaration(VerdictBuilder verdict) {
    int n = equipped.size();
    boolean holds = reaches(n);
    ReasonCode code =
        holds ? ReasonCode.CLASSES_HOLD_AS_DECLARED : ReasonCode.CLASSES_FAIL_AS_DECLARED;
    verdict
        .outcome(holds ? Outcome.MET : Outcome.NOT_MET)
        .evidence(Evidence.DECLARED)
        .value(share(n))
        .because(code.with(n, classes.size(), percent(n), Figures.text(target)));
    missing(verdict, equipped);
  }

  private void measured(VerdictBuilder verdict) {
    int n = effective.size();
    int neededDays = input.profile().parameters().minAliveSchoolDays().whole();
    verdict.evidence(Evidence.MEASURED).value(share(n));
    verdict.defaults("aliveSchoolDays", "minAliveSchoolDays");
    if (reaches(n)) {
      verdict.outcome(Outcome.MET).because(shares(ReasonCode.CLASSES_HOLD, n));
    } else if (dataDays == 0) {
      unwatched(verdict);
      return;
    } else if (dataDays < neededDays) {
      verdict
          .outcome(Outcome.INSUFFICIENT_DATA)
          .because(
              ReasonCode.CLASSES_UNKNOWN_FEW_DAYS.with(
                  n, classes.size(), Figures.text(target), dataDays, neededDays));
    } else {
      verdict.outcome(Outcome.NOT_MET).because(shares(ReasonCode.CLASSES_FAIL, n));
    }
    missing(verdict, effective);
    if (!broken.isEmpty()) {
      verdict.because(
          ReasonCode.CLASSES_IN_REPAIR.with(broken.size(), ClassNames.some(broken), aliveDays));
    }
    int has = equipped.size();
    if (!reaches(n) && dataDays >= neededDays && reaches(has)) {
      verdict.disputed(true).because(ReasonCode.CLASSES_DECLARED_MORE.with(has, n, classes.size()));
    }
    verdict.because(ReasonCode.CLASSES_EQUIPPED.with(has, classes.size(), percent(has)));
  }

  /**
   * The agent sees the school but none of its terminals: only what the school itself lacks holds.
   */
  private void unwatched(VerdictBuilder verdict) {
    if (reaches(equipped.size())) {
      verdict
          .outcome(Outcome.INSUFFICIENT_DATA)
          .value(null)
          .because(ReasonCode.CLASSES_UNKNOWN_NO_TERMINAL.with(equipped.size(), classes.size()));
    } else {
      byDeclaration(verdict);
    }
  }

  private Reason shares(ReasonCode code, int n) {
    return code.with(
        n, classes.size(), percent(n), Figures.text(target), from, input.date(), lookedAt.size());
  }

  private void missing(VerdictBuilder verdict, Set<String> counted) {
    List<String> missing = classes.stream().filter(c -> !counted.contains(c)).toList();
    if (missing.isEmpty()) {
      return;
    }
    ReasonCode code =
        missing.size() > ClassNames.NAMED
            ? ReasonCode.CLASSES_MISSING_AMONG
            : ReasonCode.CLASSES_MISSING;
    verdict.missing(missing).because(code.with(missing.size(), ClassNames.some(missing)));
  }
}
