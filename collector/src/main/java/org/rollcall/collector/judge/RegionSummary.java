package org.rollcall.collector.judge;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.judge.Verdict.Outcome;
import org.rollcall.collector.profile.Indicator;
import org.rollcall.collector.profile.Profile;
import org.rollcall.collector.profile.Rule;
import org.rollcall.collector.registry.School.Tier;

/**
 * One rule over a set of schools. A school that is not known is not a school that passed: {@code
 * rateLow} is the official rate, {@code rateHigh} what it could be at best.
 *
 * @param tier the tier it speaks of; null when there are several
 * @param inScope schools the rule speaks of: met + notMet + insufficient
 * @param notApplicable the other schools, among them those without a configured standard
 * @param rateLow met / inScope, 0 to 1; null when nothing is in scope
 * @param rateHigh (met + insufficient) / inScope, 0 to 1
 * @param unitsMet for class coverage: classes equipped in the schools whose share is known; else
 *     null
 * @param units for class coverage: classes of those schools
 */
public record RegionSummary(
    String rule,
    @Nullable Tier tier,
    int inScope,
    int met,
    int notMet,
    int insufficient,
    int notApplicable,
    @Nullable Double rateLow,
    @Nullable Double rateHigh,
    Conclusion conclusion,
    @Nullable Long unitsMet,
    @Nullable Long units) {

  /** Shown as 全面实现, 基本实现, 未实现, 暂不能判定, 不适用. */
  public enum Conclusion {
    FULLY,
    BASICALLY,
    NOT_ACHIEVED,
    UNDECIDED,
    NOT_APPLICABLE
  }

  /** One summary for each rule of the profile, of verdicts of any order and any rules. */
  public static List<RegionSummary> of(Profile profile, Collection<Verdict> verdicts) {
    List<RegionSummary> summaries = new ArrayList<>();
    for (Rule rule : profile.rules()) {
      Tally tally = new Tally(rule);
      for (Verdict verdict : verdicts) {
        if (verdict.profile().equals(profile.id()) && verdict.rule().equals(rule.id())) {
          tally.add(verdict);
        }
      }
      summaries.add(tally.close(profile));
    }
    return summaries;
  }

  /**
   * What a set of schools reached for one indicator: every tier must reach it on its own; a tier
   * without schools does not count.
   */
  public static Conclusion conclusion(
      Profile profile, Indicator indicator, Collection<RegionSummary> summaries) {
    Conclusion all = Conclusion.NOT_APPLICABLE;
    for (RegionSummary summary : summaries) {
      Rule rule = profile.rule(summary.rule());
      if (rule != null && rule.indicator() == indicator) {
        all = weaker(all, summary.conclusion());
      }
    }
    return all;
  }

  private static Conclusion weaker(Conclusion one, Conclusion other) {
    return strength(one) <= strength(other) ? one : other;
  }

  private static int strength(Conclusion conclusion) {
    return switch (conclusion) {
      case NOT_ACHIEVED -> 0;
      case UNDECIDED -> 1;
      case BASICALLY -> 2;
      case FULLY -> 3;
      case NOT_APPLICABLE -> 4;
    };
  }

  /** Counts the verdicts of one rule. */
  private static final class Tally {
    private final Rule rule;
    private int met;
    private int notMet;
    private int insufficient;
    private int notApplicable;
    private long unitsMet;
    private long units;

    Tally(Rule rule) {
      this.rule = rule;
    }

    void add(Verdict verdict) {
      switch (verdict.outcome()) {
        case MET -> met++;
        case NOT_MET -> notMet++;
        case INSUFFICIENT_DATA -> insufficient++;
        case NOT_APPLICABLE, NO_RULE -> notApplicable++;
      }
      Double value = verdict.value();
      boolean inScope =
          verdict.outcome() != Outcome.NOT_APPLICABLE && verdict.outcome() != Outcome.NO_RULE;
      if (rule.indicator() == Indicator.CLASS_PLATFORM && inScope && value != null) {
        units += verdict.samples();
        unitsMet += units(value, verdict.samples());
      }
    }

    /**
     * The number n of N whose share was rounded down to hundredths of a percent: the only whole
     * number in [N·share, N·(share + 0.01 %)), as long as N is below 10,000.
     */
    private static long units(double percent, int of) {
      BigDecimal n = BigDecimal.valueOf(percent).multiply(BigDecimal.valueOf(of)).movePointLeft(2);
      return n.setScale(0, RoundingMode.CEILING).longValueExact();
    }

    RegionSummary close(Profile profile) {
      int inScope = met + notMet + insufficient;
      boolean classes = rule.indicator() == Indicator.CLASS_PLATFORM;
      return new RegionSummary(
          rule.id(),
          rule.tier(),
          inScope,
          met,
          notMet,
          insufficient,
          notApplicable,
          inScope == 0 ? null : (double) met / inScope,
          inScope == 0 ? null : (double) (met + insufficient) / inScope,
          conclude(inScope, profile),
          classes ? unitsMet : null,
          classes ? units : null);
    }

    private Conclusion conclude(int inScope, Profile profile) {
      if (inScope == 0) {
        return Conclusion.NOT_APPLICABLE;
      }
      BigDecimal basically = profile.parameters().basicallyPercent().exact();
      if (reaches(met, inScope, profile.parameters().fullyPercent().exact())) {
        return Conclusion.FULLY;
      }
      if (reaches(met, inScope, basically)) {
        return Conclusion.BASICALLY;
      }
      return reaches(met + insufficient, inScope, basically)
          ? Conclusion.UNDECIDED
          : Conclusion.NOT_ACHIEVED;
    }

    private static boolean reaches(int n, int of, BigDecimal percent) {
      return BigDecimal.valueOf(100L * n).compareTo(percent.multiply(BigDecimal.valueOf(of))) >= 0;
    }
  }
}
