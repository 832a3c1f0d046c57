package org.rollcall.collector.judge;

import java.time.LocalDate;
import java.util.List;
import org.rollcall.collector.day.SchoolDay;
import org.rollcall.collector.judge.Verdict.Evidence;
import org.rollcall.collector.judge.Verdict.Outcome;
import org.rollcall.collector.judge.Verdict.State;
import org.rollcall.collector.profile.Rule;
import org.rollcall.collector.profile.Target.Network;

/**
 * Whether a private school enters the provincial network by way of the district's (C06): the anchor
 * answers in teaching hours, and the route goes through the district's network.
 */
final class PrivatePathRule {
  private final JudgeInput input;
  private final Rule rule;

  PrivatePathRule(JudgeInput input, Rule rule) {
    this.input = input;
    this.rule = rule;
  }

  Verdict judge() {
    LocalDate from = input.windowBegins();
    List<SchoolDay> days = input.daysFrom(from);
    VerdictBuilder verdict = new VerdictBuilder(input, rule, from).evidence(Evidence.MEASURED);
    verdict.defaults("windowDays", "minSamples", "minSchoolDays", "minReachable");
    if (days.stream().allMatch(day -> day.subjects().isEmpty())) {
      return verdict
          .outcome(Outcome.INSUFFICIENT_DATA)
          .evidence(Evidence.DECLARED)
          .because(ReasonCode.NO_DATA.with(from, input.date()))
          .build();
    }
    Finding reached = Reach.judge(Network.PROVINCIAL_EDU, days, input.profile().parameters());
    Route route = new Route(days, input.profile().parameters());
    verdict.samples(reached.samples());
    if (reached.state() == State.FAILS) {
      return verdict.outcome(Outcome.NOT_MET).because(reached.because()).build();
    }
    if (route.isViaDistrict() && reached.state() == State.HOLDS) {
      return verdict.outcome(Outcome.MET).because(reached.because()).build();
    }
    if (route.known() && !route.isViaDistrict()) {
      return verdict
          .outcome(Outcome.NOT_MET)
          .because(ReasonCode.PATH_NOT_BY_DISTRICT.with())
          .because(reached.because())
          .because(route.reason())
          .build();
    }
    return verdict
        .outcome(Outcome.INSUFFICIENT_DATA)
        .because(route.known() ? reached.because() : List.of(route.reason()))
        .because(reached.because())
        .build();
  }
}
