package org.rollcall.collector.rollup;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.rollcall.collector.judge.Verdict;
import org.rollcall.collector.judge.Verdict.Outcome;
import org.rollcall.collector.profile.Indicator;
import org.rollcall.collector.profile.Profile;
import org.rollcall.collector.profile.Rule;

/** Counts the verdicts of one rule over some schools, in any order. Not thread-safe. */
final class RuleTally {
  private final Rule rule;
  private int met;
  private int notMet;
  private int insufficient;
  private int notApplicable;
  private long unitsMet;
  private long units;

  RuleTally(Rule rule) {
    this.rule = rule;
  }

  /** Takes a verdict of this rule. */
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
    if (ofClasses() && inScope && value != null) {
      units += verdict.samples();
      unitsMet += units(value, verdict.samples());
    }
  }

  /** Takes a school that the rule speaks of and that nobody has judged. */
  void addUnjudged() {
    insufficient++;
  }

  /** Takes a school that the rule does not speak of. */
  void addNotApplicable() {
    notApplicable++;
  }

  /** Takes what was counted of a part of the region. */
  void add(RuleTally part) {
    met += part.met;
    notMet += part.notMet;
    insufficient += part.insufficient;
    notApplicable += part.notApplicable;
    unitsMet += part.unitsMet;
    units += part.units;
  }

  private boolean ofClasses() {
    return rule.indicator() == Indicator.CLASS_PLATFORM;
  }

  /**
   * The number n of N whose share was rounded down to hundredths of a percent: the only whole
   * number in [N·share, N·(share + 0.01 %)), as long as N is below 10,000.
   */
  private static long units(double percent, int of) {
    BigDecimal n = BigDecimal.valueOf(percent).multiply(BigDecimal.valueOf(of)).movePointLeft(2);
    return n.setScale(0, RoundingMode.CEILING).longValueExact();
  }

  Counts counts() {
    return new Counts(met, notMet, insufficient, notApplicable);
  }

  /** The classes of the schools whose share is known. */
  Units units() {
    return new Units(unitsMet, units);
  }

  /**
   * What was counted. A rule that names a share of schools of its own knows nothing between reached
   * and not reached: fully, or not achieved.
   */
  RegionSummary summary(Profile profile) {
    Counts counts = counts();
    Double own = rule.schoolsPercent();
    BigDecimal fully =
        own == null ? profile.parameters().fullyPercent().exact() : BigDecimal.valueOf(own);
    BigDecimal basically =
        own == null ? profile.parameters().basicallyPercent().exact() : BigDecimal.valueOf(own);
    return new RegionSummary(
        rule.id(),
        rule.tier(),
        counts.inScope(),
        met,
        notMet,
        insufficient,
        notApplicable,
        counts.rateLow(),
        counts.rateHigh(),
        counts.conclusion(fully, basically),
        ofClasses() ? unitsMet : null,
        ofClasses() ? units : null);
  }

  /**
   * Classes with a platform, of all classes.
   *
   * @param all 0 for a rule that is not about classes
   */
  record Units(long met, long all) {}
}
