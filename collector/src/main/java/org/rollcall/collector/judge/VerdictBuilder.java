package org.rollcall.collector.judge;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.judge.Verdict.Evidence;
import org.rollcall.collector.judge.Verdict.Outcome;
import org.rollcall.collector.judge.Verdict.Part;
import org.rollcall.collector.profile.Parameters;
import org.rollcall.collector.profile.Parameters.Parameter;
import org.rollcall.collector.profile.Profile;
import org.rollcall.collector.profile.Rule;

/** Gathers one verdict; adds at its end what every verdict rests on. */
final class VerdictBuilder {
  private final JudgeInput input;
  private final Rule rule;
  private final LocalDate from;
  private final Set<Reason> because = new LinkedHashSet<>();
  private final List<Reason> last = new ArrayList<>();
  private Outcome outcome = Outcome.NOT_APPLICABLE;
  private Evidence evidence = Evidence.DECLARED;
  private boolean disputed;
  private @Nullable Double value;
  private @Nullable Double threshold;
  private String unit = "";
  private int samples;
  private final List<Part> parts = new ArrayList<>();
  private List<String> missing = List.of();
  private @Nullable BigDecimal passShare;
  private @Nullable BigDecimal passShareLow95;
  private String[] defaults = {};

  VerdictBuilder(JudgeInput input, Rule rule, LocalDate from) {
    this.input = input;
    this.rule = rule;
    this.from = from;
  }

  VerdictBuilder outcome(Outcome outcome) {
    this.outcome = outcome;
    return this;
  }

  VerdictBuilder evidence(Evidence evidence) {
    this.evidence = evidence;
    return this;
  }

  VerdictBuilder disputed(boolean isDisputed) {
    this.disputed |= isDisputed;
    return this;
  }

  VerdictBuilder value(@Nullable BigDecimal found) {
    this.value = found == null ? null : found.doubleValue();
    return this;
  }

  VerdictBuilder threshold(@Nullable Number asked) {
    this.threshold = asked == null ? null : asked.doubleValue();
    return this;
  }

  VerdictBuilder unit(String unit) {
    this.unit = unit;
    return this;
  }

  VerdictBuilder samples(int count) {
    this.samples = count;
    return this;
  }

  VerdictBuilder part(Part part) {
    parts.add(part);
    return this;
  }

  VerdictBuilder missing(List<String> names) {
    this.missing = names;
    return this;
  }

  /** Share of passing tests, 0 to 1, and its lower bound. */
  VerdictBuilder passShare(@Nullable BigDecimal share, @Nullable BigDecimal low95) {
    this.passShare = share;
    this.passShareLow95 = low95;
    return this;
  }

  /** Adds a reason; what was said already is not said twice. */
  VerdictBuilder because(Reason reason) {
    because.add(reason);
    return this;
  }

  VerdictBuilder because(List<Reason> reasons) {
    because.addAll(reasons);
    return this;
  }

  /** Adds reasons that stand after all others. */
  VerdictBuilder last(List<Reason> reasons) {
    last.addAll(reasons);
    return this;
  }

  /** Names the parameters used; those that are ours are told as project defaults. */
  VerdictBuilder defaults(String... names) {
    this.defaults = names;
    return this;
  }

  Verdict build() {
    Profile profile = input.profile();
    if (!input.calendar().covers(input.date())) {
      because(ReasonCode.CALENDAR_SILENT.with(input.calendar().version(), input.date()));
    }
    because(last);
    if (rule.targetDefault() && outcome != Outcome.NOT_APPLICABLE && outcome != Outcome.NO_RULE) {
      because(ReasonCode.TARGET_IS_DEFAULT.with());
    }
    String ours = ours(profile.parameters());
    if (!ours.isEmpty()) {
      because(ReasonCode.PROJECT_DEFAULTS.with(ours));
    }
    because(
        ReasonCode.BASIS.with(
            rule.article(),
            rule.articleEn(),
            from,
            input.date(),
            profile.id(),
            profile.version(),
            input.calendar().version()));
    return new Verdict(
        input.school().code(),
        profile.id(),
        rule.id(),
        outcome,
        evidence,
        disputed,
        value,
        threshold,
        unit,
        from,
        input.date(),
        samples,
        List.copyOf(because),
        profile.version(),
        input.calendar().version(),
        parts,
        missing,
        passShare == null ? null : passShare.doubleValue(),
        passShareLow95 == null ? null : passShareLow95.doubleValue());
  }

  private String ours(Parameters p) {
    Map<String, Parameter> all =
        Map.ofEntries(
            Map.entry("windowDays", p.windowDays()),
            Map.entry("throughputAllowance", p.throughputAllowance()),
            Map.entry("minSamples", p.minSamples()),
            Map.entry("minSchoolDays", p.minSchoolDays()),
            Map.entry("minTransferSeconds", p.minTransferSeconds()),
            Map.entry("maxUtilisation", p.maxUtilisation()),
            Map.entry("maxClockSkewSeconds", p.maxClockSkewSeconds()),
            Map.entry("minReachable", p.minReachable()),
            Map.entry("aliveSchoolDays", p.aliveSchoolDays()),
            Map.entry("minAliveSchoolDays", p.minAliveSchoolDays()),
            Map.entry("seatQuorum", p.seatQuorum()),
            Map.entry("declaredMaxAgeDays", p.declaredMaxAgeDays()));
    List<String> ours = new ArrayList<>();
    for (String name : defaults) {
      Parameter parameter = all.get(name);
      if (parameter == null) {
        throw new IllegalStateException("BUG: there is no parameter " + name);
      }
      if (parameter.projectDefault()) {
        ours.add(name + "=" + Figures.text(parameter.value()));
      }
    }
    return String.join(ReasonCode.LIST, ours);
  }
}
