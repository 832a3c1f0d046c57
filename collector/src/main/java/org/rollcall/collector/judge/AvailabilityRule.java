package org.rollcall.collector.judge;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.TreeMap;
import org.rollcall.collector.day.Availability;
import org.rollcall.collector.day.LessonStates;
import org.rollcall.collector.day.SchoolDay;
import org.rollcall.collector.judge.Verdict.Evidence;
import org.rollcall.collector.judge.Verdict.Outcome;
import org.rollcall.collector.profile.Rule;

/**
 * The share of teaching hours, less maintenance, in which a line of the school was up. What was not
 * observed is neither up nor down: the rule holds if it would hold with all of that down, and fails
 * if it would fail with all of it up. Of several campuses the worst decides.
 */
final class AvailabilityRule {
  private final JudgeInput input;
  private final Rule rule;
  private final LocalDate from;
  private final BigDecimal target;

  AvailabilityRule(JudgeInput input, Rule rule) {
    this.input = input;
    this.rule = rule;
    this.from = input.windowBegins();
    this.target = Asked.percent(rule);
  }

  Verdict judge() {
    Site worst = input.main();
    Availability found = minutes(worst);
    for (Site site : input.campuses()) {
      Availability its = minutes(site);
      if (Bounds.isWorse(its, found)) {
        worst = site;
        found = its;
      }
    }
    VerdictBuilder verdict = new VerdictBuilder(input, rule, from).unit("%").threshold(target);
    verdict.evidence(Evidence.MEASURED).defaults("windowDays").samples(found.up() + found.down());
    if (!input.campuses().isEmpty()) {
      verdict.because(ReasonCode.CAMPUS_DECIDES.with(input.sites().size(), worst.label()));
    }
    if (found.judged() == 0) {
      return verdict
          .outcome(Outcome.INSUFFICIENT_DATA)
          .because(ReasonCode.NO_LESSONS.with(from, input.date()))
          .build();
    }
    Bounds bounds = new Bounds(found, target);
    ReasonCode code =
        switch (bounds.state()) {
          case HOLDS -> ReasonCode.LINE_UP_HOLDS;
          case FAILS -> ReasonCode.LINE_UP_FAILS;
          case UNKNOWN -> ReasonCode.LINE_UP_UNKNOWN;
        };
    return verdict
        .outcome(bounds.outcome())
        .value(bounds.low())
        .because(
            code.with(
                bounds.lowText(),
                bounds.highText(),
                Figures.text(target),
                found.up(),
                found.down(),
                found.unknown(),
                found.planned()))
        .build();
  }

  /** Minutes of all lessons of the window; a day of which nothing is kept is unknown. */
  private Availability minutes(Site site) {
    TreeMap<LocalDate, SchoolDay> kept = new TreeMap<>();
    List<SchoolDay> days = site.days(from, input.date());
    days.forEach(day -> kept.put(day.date(), day));
    Availability sum = Availability.NONE;
    for (LocalDate date : input.calendar().schoolDays(from, input.date())) {
      SchoolDay day = kept.get(date);
      int minutes = day == null ? input.calendar().lessonMinutes(date) : day.lessonMinutes();
      LessonStates states =
          day == null ? LessonStates.unknown(minutes) : SiteLines.states(site, day);
      sum = sum.plus(states.availability());
    }
    return sum;
  }
}
