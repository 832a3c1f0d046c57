package org.rollcall.collector.judge;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.rollcall.collector.day.SchoolDay;
import org.rollcall.collector.day.SchoolDay.SubjectDay;
import org.rollcall.collector.judge.Verdict.Evidence;
import org.rollcall.collector.judge.Verdict.Outcome;
import org.rollcall.collector.profile.Rule;
import org.rollcall.collector.registry.SchoolClass;

/**
 * 班班通: the share of classes with a platform in them, compared in whole numbers. Where an agent
 * covers the school, a class counts when a terminal bound to it was up on one of the last school
 * days; elsewhere when the school declares a platform for it.
 */
final class ClassRule {
  /** So many missing classes are named, the others counted. */
  static final int NAMED = 10;

  private final JudgeInput input;
  private final Rule rule;
  private final BigDecimal target;
  private final List<LocalDate> lookedAt;
  private final LocalDate from;
  private final List<SchoolDay> days;
  private final TreeSet<String> classes = new TreeSet<>();
  private final TreeSet<String> declared = new TreeSet<>();

  ClassRule(JudgeInput input, Rule rule) {
    this.input = input;
    this.rule = rule;
    Double percent = rule.asked().percent();
    if (percent == null) {
      throw new IllegalStateException("BUG: the rule " + rule.id() + " names no share");
    }
    this.target = BigDecimal.valueOf(percent);
    this.lookedAt =
        input
            .calendar()
            .lastSchoolDays(input.date(), input.profile().parameters().aliveSchoolDays().whole());
    this.from = lookedAt.isEmpty() ? input.windowBegins() : lookedAt.get(0);
    Set<LocalDate> looked = new HashSet<>(lookedAt);
    this.days = input.daysFrom(from).stream().filter(d -> looked.contains(d.date())).toList();
    for (SchoolClass schoolClass : input.inventory().classes()) {
      classes.add(schoolClass.name());
      if (schoolClass.platformDeclared()) {
        declared.add(schoolClass.name());
      }
    }
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
    boolean covered =
        input.daysFrom(earlier(from, input.windowBegins())).stream()
            .anyMatch(day -> !day.subjects().isEmpty());
    return covered ? measured(verdict) : declared(verdict);
  }

  private static LocalDate earlier(LocalDate one, LocalDate other) {
    return one.isBefore(other) ? one : other;
  }

  /** Whether n of all classes reach the target; no rounding, so 59.99 % does not. */
  private boolean reaches(int n) {
    return BigDecimal.valueOf(100L * n)
            .compareTo(target.multiply(BigDecimal.valueOf(classes.size())))
        >= 0;
  }

  private String percent(int n) {
    return Figures.text(Figures.percent(n, classes.size()));
  }

  private Verdict declared(VerdictBuilder verdict) {
    declaredVerdict(verdict);
    LocalDate looked = earlier(from, input.windowBegins());
    return verdict.because(ReasonCode.NO_AGENT.with(looked, input.date())).build();
  }

  private void declaredVerdict(VerdictBuilder verdict) {
    int n = declared.size();
    boolean holds = reaches(n);
    ReasonCode code =
        holds ? ReasonCode.CLASSES_HOLD_AS_DECLARED : ReasonCode.CLASSES_FAIL_AS_DECLARED;
    verdict
        .outcome(holds ? Outcome.MET : Outcome.NOT_MET)
        .evidence(Evidence.DECLARED)
        .value(share(n))
        .because(code.with(n, classes.size(), percent(n), Figures.text(target)));
    missing(verdict, declared);
  }

  private BigDecimal share(int n) {
    return Figures.percent(n, classes.size());
  }

  private Verdict measured(VerdictBuilder verdict) {
    Set<String> alive = new HashSet<>();
    int dataDays = 0;
    for (SchoolDay day : days) {
      boolean watched = false;
      for (SubjectDay subject : day.subjects()) {
        if (subject.kind().equals("terminal")) {
          watched = true;
          if (subject.up() > 0) {
            alive.add(subject.subject());
          }
        }
      }
      dataDays += watched ? 1 : 0;
    }
    Set<String> equipped = EquippedClasses.of(classes, input.inventory().devices(), alive);
    int n = equipped.size();
    int neededDays = input.profile().parameters().minAliveSchoolDays().whole();
    verdict.evidence(Evidence.MEASURED).value(share(n));
    verdict.defaults("aliveSchoolDays", "minAliveSchoolDays");
    if (reaches(n)) {
      verdict.outcome(Outcome.MET).because(shares(ReasonCode.CLASSES_HOLD, n));
      missing(verdict, equipped);
    } else if (dataDays == 0) {
      unwatched(verdict);
    } else if (dataDays < neededDays) {
      verdict
          .outcome(Outcome.INSUFFICIENT_DATA)
          .because(
              ReasonCode.CLASSES_UNKNOWN_FEW_DAYS.with(
                  n, classes.size(), Figures.text(target), dataDays, neededDays));
    } else {
      verdict.outcome(Outcome.NOT_MET).because(shares(ReasonCode.CLASSES_FAIL, n));
      missing(verdict, equipped);
      if (reaches(declared.size())) {
        verdict
            .disputed(true)
            .because(ReasonCode.CLASSES_DECLARED_MORE.with(declared.size(), n, classes.size()));
      }
    }
    return verdict.build();
  }

  /**
   * The agent sees the school but none of its terminals: only what the school itself lacks holds.
   */
  private void unwatched(VerdictBuilder verdict) {
    if (reaches(declared.size())) {
      verdict
          .outcome(Outcome.INSUFFICIENT_DATA)
          .value(null)
          .because(ReasonCode.CLASSES_UNKNOWN_NO_TERMINAL.with(declared.size(), classes.size()));
    } else {
      declaredVerdict(verdict);
    }
  }

  private Reason shares(ReasonCode code, int n) {
    return code.with(
        n, classes.size(), percent(n), Figures.text(target), from, input.date(), lookedAt.size());
  }

  private void missing(VerdictBuilder verdict, Set<String> equipped) {
    List<String> missing = classes.stream().filter(c -> !equipped.contains(c)).toList();
    if (missing.isEmpty()) {
      return;
    }
    List<String> named =
        missing.stream().limit(NAMED).map(name -> name.replace(ReasonCode.LIST, "/")).toList();
    ReasonCode code =
        named.size() < missing.size()
            ? ReasonCode.CLASSES_MISSING_AMONG
            : ReasonCode.CLASSES_MISSING;
    verdict.because(code.with(missing.size(), String.join(ReasonCode.LIST, named)));
  }
}
