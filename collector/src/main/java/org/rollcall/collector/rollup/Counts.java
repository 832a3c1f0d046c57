package org.rollcall.collector.rollup;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.rollup.RegionSummary.Conclusion;

/**
 * How many schools met one rule. Rates are figures to show; what decides are the whole numbers, so
 * that 5,999 of 10,000 is not 60 %.
 *
 * @param notApplicable schools the rule does not speak of, or has no number for; in no rate
 */
public record Counts(int met, int notMet, int insufficient, int notApplicable) {
  static final Counts NONE = new Counts(0, 0, 0, 0);

  public Counts {
    if (met < 0 || notMet < 0 || insufficient < 0 || notApplicable < 0) {
      throw new IllegalStateException("BUG: a count of schools below zero");
    }
  }

  /** N: met + not met + insufficient data. */
  public int inScope() {
    return met + notMet + insufficient;
  }

  /** The official rate, met / N, 0 to 1; null when N is 0. */
  public @Nullable Double rateLow() {
    return inScope() == 0 ? null : (double) met / inScope();
  }

  /** The rate if every school without sufficient data had met it, 0 to 1; null when N is 0. */
  public @Nullable Double rateHigh() {
    return inScope() == 0 ? null : (double) (met + insufficient) / inScope();
  }

  /** Whether 100·met ≥ percent·N; true of no schools at all. */
  boolean reaches(BigDecimal percent) {
    return reaches(met, percent);
  }

  /** Whether it could still, with every school that lacks data. */
  boolean mayReach(BigDecimal percent) {
    return reaches(met + insufficient, percent);
  }

  private boolean reaches(int n, BigDecimal percent) {
    BigDecimal hundredfold = BigDecimal.valueOf(100L * n);
    return hundredfold.compareTo(percent.multiply(BigDecimal.valueOf(inScope()))) >= 0;
  }

  /**
   * What these schools come to. The policy gives no number for 基本实现; the profile's is printed as a
   * project default.
   *
   * @param fully share of schools, 0 to 100, that is 全面实现
   * @param basically share of schools, 0 to 100, that is 基本实现
   */
  Conclusion conclusion(BigDecimal fully, BigDecimal basically) {
    if (inScope() == 0) {
      return Conclusion.NOT_APPLICABLE;
    }
    if (reaches(fully)) {
      return Conclusion.FULLY;
    }
    if (reaches(basically)) {
      return Conclusion.BASICALLY;
    }
    return mayReach(basically) ? Conclusion.UNDECIDED : Conclusion.NOT_ACHIEVED;
  }
}
