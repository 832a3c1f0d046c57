package org.rollcall.collector.judge;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.day.SchoolDay;
import org.rollcall.collector.day.SchoolDay.SubjectDay;
import org.rollcall.collector.judge.Part.State;
import org.rollcall.collector.judge.Verdict.Evidence;
import org.rollcall.collector.judge.Verdict.Outcome;
import org.rollcall.collector.profile.Rule;
import org.rollcall.collector.profile.Target.Network;
import org.rollcall.collector.registry.Device;
import org.rollcall.collector.registry.School.Medium;

/**
 * 校校通: medium, bandwidth and network, each on its own, and all of them on one line. The medium and
 * the network are the school's, as the register and the probes know them; of several lines the best
 * one is taken, never parts of two.
 */
final class LinkRule {
  private final JudgeInput input;
  private final Rule rule;
  private final LocalDate from;
  private final List<SchoolDay> days;

  LinkRule(JudgeInput input, Rule rule) {
    this.input = input;
    this.rule = rule;
    this.from = input.windowBegins();
    this.days = input.daysFrom(from);
  }

  Verdict judge() {
    boolean seen = days.stream().anyMatch(day -> !day.subjects().isEmpty());
    Medium wanted = rule.asked().medium();
    Part medium = wanted == null ? null : medium(wanted);
    Part bandwidth = seen ? bandwidth() : null;
    Part network = seen ? network() : null;
    List<Part> parts = new ArrayList<>();
    for (Part part : new @Nullable Part[] {medium, bandwidth, network}) {
      if (part != null) {
        parts.add(part);
      }
    }
    State state = worst(parts, seen);
    boolean measuredFails = fails(bandwidth) || fails(network);
    Evidence evidence =
        !seen || (state == State.FAILS && !measuredFails) ? Evidence.DECLARED : Evidence.MEASURED;
    VerdictBuilder verdict = new VerdictBuilder(input, rule, from).unit("Mbps").evidence(evidence);
    verdict.outcome(outcome(state)).threshold(rule.asked().mbps());
    if (bandwidth != null) {
      verdict.value(bandwidth.value()).samples(bandwidth.samples());
    }
    parts.forEach(part -> verdict.disputed(part.disputed()));
    explain(verdict, parts, seen, state);
    return verdict.build();
  }

  private void explain(VerdictBuilder verdict, List<Part> parts, boolean seen, State state) {
    // What decided stands first, what holds last.
    if (!seen && state != State.FAILS) {
      verdict.because(ReasonCode.NO_DATA.with(from, input.date()));
    }
    for (State first : State.values()) {
      for (Part part : parts) {
        if (part.state() == first) {
          verdict.because(part.because());
        }
      }
    }
    if (!seen && state == State.FAILS) {
      verdict.because(ReasonCode.NO_DATA.with(from, input.date()));
    }
    if (state == State.UNKNOWN) {
      int schoolDays = input.calendar().schoolDays(from, input.date()).size();
      int needed = input.profile().parameters().minSchoolDays().whole();
      if (schoolDays < needed) {
        verdict.because(ReasonCode.FEW_SCHOOL_DAYS.with(schoolDays, needed, from, input.date()));
      }
    }
    verdict.defaults(
        "windowDays",
        "minSamples",
        "minSchoolDays",
        "throughputAllowance",
        "minTransferSeconds",
        "maxUtilisation",
        "minReachable");
  }

  private static State worst(Collection<Part> parts, boolean seen) {
    State worst = seen ? State.HOLDS : State.UNKNOWN;
    for (Part part : parts) {
      worst = part.state().compareTo(worst) < 0 ? part.state() : worst;
    }
    return worst;
  }

  private static boolean fails(@Nullable Part part) {
    return part != null && part.state() == State.FAILS;
  }

  private static Outcome outcome(State state) {
    return switch (state) {
      case HOLDS -> Outcome.MET;
      case FAILS -> Outcome.NOT_MET;
      case UNKNOWN -> Outcome.INSUFFICIENT_DATA;
    };
  }

  private Part medium(Medium wanted) {
    Medium declared = input.school().medium();
    if (declared == null) {
      return Part.of(State.UNKNOWN, ReasonCode.MEDIUM_UNKNOWN.with(wanted));
    }
    return declared == wanted
        ? Part.of(State.HOLDS, ReasonCode.MEDIUM_HOLDS.with(declared))
        : Part.of(State.FAILS, ReasonCode.MEDIUM_FAILS.with(declared, wanted));
  }

  private Part network() {
    Network network = rule.asked().network();
    if (network == null) {
      throw new IllegalStateException("BUG: the rule " + rule.id() + " names no network");
    }
    Part reached = Reach.judge(network, days, input.profile().parameters());
    Boolean declared = input.school().eduNetwork();
    boolean holds = reached.state() == State.HOLDS;
    if (network != Network.PROVINCIAL_EDU
        || declared == null
        || reached.state() == State.UNKNOWN
        || declared == holds) {
      return reached;
    }
    List<Reason> because = new ArrayList<>(reached.because());
    because.add(ReasonCode.NETWORK_DECLARED_OTHERWISE.with(declared ? "YES" : "NO"));
    return new Part(reached.state(), null, reached.samples(), true, because);
  }

  private Part bandwidth() {
    Double mbps = rule.asked().mbps();
    if (mbps == null) {
      throw new IllegalStateException("BUG: the rule " + rule.id() + " names no bandwidth");
    }
    Part best = null;
    for (String line : lines()) {
      Part part =
          new LineBandwidth(line, days, mbps, input.profile().parameters())
              .judge(input.school().contractMbps());
      best = best == null || better(part, best) ? part : best;
    }
    return best == null
        ? Part.of(State.UNKNOWN, ReasonCode.BANDWIDTH_UNKNOWN_NO_LINE.with())
        : best;
  }

  private static boolean better(Part part, Part than) {
    int order = part.state().compareTo(than.state());
    if (order != 0) {
      return order > 0;
    }
    BigDecimal value = part.value();
    BigDecimal other = than.value();
    return value != null && (other == null || value.compareTo(other) > 0);
  }

  /**
   * The school's lines to the outside: those the register declares; without any, those seen that
   * are called wan; without any, all that were seen.
   */
  private Collection<String> lines() {
    TreeSet<String> declared = new TreeSet<>();
    for (Device device : input.inventory().devices()) {
      if (device.kind().equals("link") && device.space().isEmpty()) {
        declared.add(device.name());
      }
    }
    if (!declared.isEmpty()) {
      return declared;
    }
    TreeSet<String> seen = new TreeSet<>();
    for (SchoolDay day : days) {
      for (SubjectDay subject : day.subjects()) {
        if (subject.kind().equals("link") || subject.kind().equals("throughput")) {
          seen.add(subject.name());
        }
      }
    }
    TreeSet<String> wan = new TreeSet<>(seen);
    wan.removeIf(name -> !name.startsWith("wan"));
    return wan.isEmpty() ? seen : wan;
  }
}
