package org.rollcall.collector.judge;

import java.math.BigDecimal;
import java.util.List;
import org.rollcall.collector.day.SchoolDay;
import org.rollcall.collector.day.SchoolDay.SubjectDay;
import org.rollcall.collector.judge.Verdict.State;
import org.rollcall.collector.profile.Parameters;
import org.rollcall.collector.profile.Target.Network;

/**
 * Whether a school reaches a network in its lessons: the share of good probes of the network's
 * anchor, on school days. Without an anchor nothing is known, whatever else the line can do: a fast
 * line to the internet is not the education network, and an agent that reaches its server proves
 * nothing about the internet.
 */
final class Reach {
  private Reach() {}

  static Finding judge(Network network, List<SchoolDay> days, Parameters parameters) {
    String anchor = network == Network.PROVINCIAL_EDU ? "reach:edu" : "reach:internet";
    boolean seen = false;
    long all = 0;
    long ok = 0;
    int probedDays = 0;
    for (SchoolDay day : days) {
      SubjectDay probes = day.find(anchor);
      seen |= probes != null;
      if (probes != null && day.schoolDay() && probes.lessonSamples() > 0) {
        all += probes.lessonSamples();
        ok += probes.lessonUp();
        probedDays++;
      }
    }
    if (!seen) {
      return Finding.declared(
          State.UNKNOWN,
          network == Network.PROVINCIAL_EDU
              ? ReasonCode.NETWORK_UNKNOWN_NO_ANCHOR.with()
              : ReasonCode.NETWORK_UNKNOWN_NO_PROBE.with());
    }
    int needed = parameters.minSamples().whole();
    int neededDays = parameters.minSchoolDays().whole();
    if (all < needed || probedDays < neededDays) {
      return Finding.declared(
          State.UNKNOWN,
          ReasonCode.NETWORK_UNKNOWN.with(network, all, probedDays, needed, neededDays));
    }
    BigDecimal share = parameters.minReachable().exact();
    boolean holds = BigDecimal.valueOf(ok).compareTo(share.multiply(BigDecimal.valueOf(all))) >= 0;
    ReasonCode code = holds ? ReasonCode.NETWORK_HOLDS : ReasonCode.NETWORK_FAILS;
    Finding reached =
        Finding.measured(
            holds ? State.HOLDS : State.FAILS,
            null,
            (int) all,
            List.of(
                code.with(
                    network,
                    ok,
                    all,
                    Figures.text(Figures.percent(ok, all)),
                    Figures.text(share.movePointRight(2)),
                    probedDays)));
    return holds && network == Network.PROVINCIAL_EDU
        ? new Route(days, parameters).judge(reached)
        : reached;
  }
}
