package org.rollcall.collector.rollup;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.judge.Verdict;
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

  /**
   * What a region reached. Shown as 全面实现, 基本实现, 未实现, 暂不能判定, 不适用.
   *
   * <p>{@code UNDECIDED}: the schools without sufficient data decide; were all of them met, the
   * region would have basically achieved it.
   */
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
      RuleTally tally = new RuleTally(rule);
      for (Verdict verdict : verdicts) {
        if (verdict.profile().equals(profile.id()) && verdict.rule().equals(rule.id())) {
          tally.add(verdict);
        }
      }
      summaries.add(tally.summary(profile));
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

  /** The weakest of these; not applicable when there are none or none has a school in scope. */
  static Conclusion weakest(Iterable<Conclusion> conclusions) {
    Conclusion all = Conclusion.NOT_APPLICABLE;
    for (Conclusion one : conclusions) {
      all = weaker(all, one);
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
}
