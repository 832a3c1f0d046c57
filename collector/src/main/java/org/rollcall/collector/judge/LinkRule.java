package org.rollcall.collector.judge;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.judge.SiteLink.Candidate;
import org.rollcall.collector.judge.Verdict.Evidence;
import org.rollcall.collector.judge.Verdict.Outcome;
import org.rollcall.collector.judge.Verdict.Part;
import org.rollcall.collector.judge.Verdict.Part.Asked;
import org.rollcall.collector.judge.Verdict.State;
import org.rollcall.collector.profile.Parameters;
import org.rollcall.collector.profile.Rule;

/**
 * 校校通: medium, bandwidth and network, each on its own, and all of them on one line. Of a site's
 * lines the best one is taken; of a school's campuses the worst one decides, and each is shown.
 */
final class LinkRule {
  private static final String[] PARAMETERS = {
    "windowDays",
    "minSamples",
    "minSchoolDays",
    "throughputAllowance",
    "minTransferSeconds",
    "maxUtilisation",
    "maxClockSkewSeconds",
    "minReachable"
  };

  private final JudgeInput input;
  private final Rule rule;
  private final LocalDate from;

  LinkRule(JudgeInput input, Rule rule) {
    this.input = input;
    this.rule = rule;
    this.from = input.windowBegins();
  }

  /** A site with all its lines, the best first. */
  private record Judged(Site site, boolean seen, List<Candidate> lines) {
    Candidate best() {
      return lines.get(0);
    }

    State state() {
      return best().state();
    }
  }

  Verdict judge() {
    List<Judged> sites = new ArrayList<>();
    for (Site site : input.sites()) {
      sites.add(judge(site));
    }
    Judged worst = sites.get(0);
    for (Judged site : sites) {
      worst = site.state().compareTo(worst.state()) < 0 ? site : worst;
    }
    sites.remove(worst);
    sites.add(0, worst);
    Candidate best = worst.best();
    VerdictBuilder verdict = new VerdictBuilder(input, rule, from).unit("Mbps");
    verdict.outcome(outcome(worst.state())).threshold(rule.asked().mbps());
    verdict.evidence(evidence(worst)).disputed(best.disputed());
    Finding bandwidth = best.of(Asked.BANDWIDTH);
    if (bandwidth != null) {
      verdict.value(bandwidth.value()).samples(bandwidth.samples());
    }
    LineBandwidth tests = best.tests();
    if (tests != null) {
      verdict.passShare(tests.passShare(), tests.passShareLow95());
    }
    explain(verdict, sites);
    parts(verdict, sites);
    return verdict.defaults(PARAMETERS).build();
  }

  private Judged judge(Site site) {
    Parameters parameters = input.profile().parameters();
    SiteLink link =
        new SiteLink(
            site,
            rule,
            parameters,
            site.days(from, input.date()),
            ReasonCode.NO_DATA.with(from, input.date()));
    return new Judged(site, link.seen(), link.candidates());
  }

  private static Outcome outcome(State state) {
    return switch (state) {
      case HOLDS -> Outcome.MET;
      case FAILS -> Outcome.NOT_MET;
      case UNKNOWN -> Outcome.INSUFFICIENT_DATA;
    };
  }

  /** What fails decides; otherwise it is measured as soon as anything was seen. */
  private static Evidence evidence(Judged site) {
    Collection<Finding> findings = site.best().findings().values();
    boolean measured =
        site.state() == State.FAILS
            ? findings.stream().anyMatch(f -> f.state() == State.FAILS && f.measured())
            : site.seen();
    return measured ? Evidence.MEASURED : Evidence.DECLARED;
  }

  private void explain(VerdictBuilder verdict, List<Judged> sites) {
    Judged worst = sites.get(0);
    if (sites.size() > 1) {
      verdict.because(ReasonCode.CAMPUS_DECIDES.with(sites.size(), worst.site().label()));
    }
    // What decided stands first, what holds last.
    for (State state : State.values()) {
      for (Finding finding : worst.best().findings().values()) {
        if (finding.state() == state) {
          verdict.because(finding.because());
        }
      }
    }
    otherLines(verdict, worst);
    for (Judged site : sites.subList(1, sites.size())) {
      verdict.because(
          ReasonCode.CAMPUS_STANDING.with(
              site.site().label(),
              word(site.best(), Asked.MEDIUM),
              word(site.best(), Asked.BANDWIDTH),
              word(site.best(), Asked.NETWORK)));
    }
    if (worst.state() == State.UNKNOWN) {
      int schoolDays = input.calendar().schoolDays(from, input.date()).size();
      int needed = input.profile().parameters().minSchoolDays().whole();
      if (schoolDays < needed) {
        verdict.because(ReasonCode.FEW_SCHOOL_DAYS.with(schoolDays, needed, from, input.date()));
      }
    }
  }

  private static void otherLines(VerdictBuilder verdict, Judged site) {
    if (site.lines().size() < 2) {
      return;
    }
    verdict.because(ReasonCode.LINE_DECIDES.with(site.lines().size(), site.best().line()));
    for (Candidate other : site.lines().subList(1, site.lines().size())) {
      verdict.because(
          ReasonCode.LINE_STANDING.with(
              other.line(),
              word(other, Asked.MEDIUM),
              word(other, Asked.BANDWIDTH),
              word(other, Asked.NETWORK)));
    }
  }

  private static String word(Candidate line, Asked asked) {
    Finding finding = line.of(asked);
    return finding == null ? "NOT_ASKED" : finding.state().name();
  }

  /** All conditions of all lines, those that decided first. */
  private static void parts(VerdictBuilder verdict, List<Judged> sites) {
    sites.forEach(site -> parts(verdict, site, sites.size() > 1));
  }

  private static void parts(VerdictBuilder verdict, Judged site, boolean several) {
    @Nullable String campus = several ? site.site().school().code() : null;
    for (Candidate line : site.lines()) {
      line.findings()
          .forEach(
              (asked, found) -> {
                BigDecimal value = found.value();
                verdict.part(
                    new Part(
                        asked,
                        line.line(),
                        campus,
                        found.state(),
                        value == null ? null : value.doubleValue(),
                        asked == Asked.BANDWIDTH ? "Mbps" : "",
                        found.because()));
              });
    }
  }
}
