package org.rollcall.collector.rollup;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.judge.Verdict.Outcome;

/**
 * How unevenly schools have something (校际差异系数), each school weighted by its pupils:
 *
 * <pre>
 *   x_i = per · r_i / P_i                  r_i resources, P_i pupils of school i, P = Σ P_i
 *   X̄   = Σ (P_i/P)·x_i  =  per · Σ r_i / P
 *   S   = sqrt( Σ (P_i/P)·(x_i − X̄)² )
 *   CV  = S / X̄
 * </pre>
 *
 * <p>Source: 义务教育均衡发展差异系数计算方法及数据来源, the version 「当考虑到学校规模」; limits for networked multimedia
 * classrooms in 教督〔2017〕6号: 0.50 primary, 0.45 junior secondary. The unweighted form that is often
 * seen is another figure. Primary and junior secondary are never mixed: see {@link StageSplit}.
 *
 * <p>CV² = (P·Σ(r_i²/P_i) − R²) / R² is held as a fraction of exact numbers, so that order does not
 * matter and {@link #against} rounds nothing. The three figures are rounded half up to {@value
 * #DECIMALS} decimals for showing.
 *
 * @param used the schools in the figure, by code
 * @param per the indicator is so many for this many pupils: 1 for books each, 100 for rooms per 100
 * @param students P, pupils of the schools in the figure
 * @param mean X̄ in resources per {@code per} pupils; null when no school is in the figure
 * @param deviation S, in the same unit; null when {@code coefficient} is
 * @param coefficient CV, a plain ratio; null when it does not apply
 * @param left schools that are not in the figure, by code
 */
public record Coefficient(
    List<Unit> used,
    int per,
    long students,
    @Nullable BigDecimal mean,
    @Nullable BigDecimal deviation,
    @Nullable BigDecimal coefficient,
    Note note,
    List<LeftOut> left) {
  /** 教学点 with fewer pupils are not in the figure (教督〔2017〕6号, 不足50人的教学点). */
  public static final int SMALL_TEACHING_POINT = 50;

  private static final int DECIMALS = 6;
  private static final MathContext ROOT = new MathContext(40, RoundingMode.HALF_UP);

  public Coefficient {
    used = List.copyOf(used);
    left = List.copyOf(left);
  }

  /** What must be said beside the figure. */
  public enum Note {
    NONE,
    /** Only one school (仅1校): a coefficient of 0 says nothing about evenness. */
    ONE_SCHOOL,
    /** Nobody has any (X̄ = 0): not applicable. */
    MEAN_IS_ZERO,
    /** No school is in the figure: not applicable. */
    NO_SCHOOL
  }

  /**
   * A school, or the part of one that holds a stage.
   *
   * @param students its pupils of the stage, 0 or more
   * @param resources how many it has in all, 0 or more; null when nobody knows
   */
  public record Unit(
      String school, int students, boolean teachingPoint, @Nullable BigDecimal resources) {
    public Unit {
      if (students < 0 || (resources != null && resources.signum() < 0)) {
        throw new IllegalArgumentException(
            "School " + school + " has a number of pupils or resources below zero.");
      }
    }

    /** A school of which x_i is known and not what it is computed from; for {@code per} 1. */
    public static Unit ofValue(
        String school, int students, boolean teachingPoint, @Nullable BigDecimal value) {
      return new Unit(
          school,
          students,
          teachingPoint,
          value == null ? null : value.multiply(BigDecimal.valueOf(students)));
    }

    /** r_i²·P/P_i for a P that P_i divides: exact. */
    private BigDecimal squareOver(BigInteger multiple) {
      BigInteger times = multiple.divide(BigInteger.valueOf(students));
      return amount().pow(2).multiply(new BigDecimal(times));
    }

    private BigDecimal amount() {
      if (resources == null) {
        throw new IllegalStateException("BUG: a school without a value in the coefficient");
      }
      return resources;
    }
  }

  /** CV² = numerator / denominator. */
  private record Square(BigDecimal numerator, BigDecimal denominator) {}

  /**
   * Computes it.
   *
   * @param units in any order, each school once
   * @param smallTeachingPoint teaching points with fewer pupils are left out; {@link
   *     #SMALL_TEACHING_POINT} by the rule
   * @throws IllegalArgumentException when a school is named twice or {@code per} is not positive
   */
  public static Coefficient of(Collection<Unit> units, int per, int smallTeachingPoint) {
    return of(units, List.of(), per, smallTeachingPoint);
  }

  static Coefficient of(
      Collection<Unit> units, Collection<LeftOut> before, int per, int smallTeachingPoint) {
    if (per <= 0) {
      throw new IllegalArgumentException("So many for " + per + " pupils is no indicator.");
    }
    List<Unit> used = new ArrayList<>();
    List<LeftOut> left = new ArrayList<>(before);
    for (Unit unit : units) {
      LeftOut.Why why = leftOut(unit, smallTeachingPoint);
      if (why == null) {
        used.add(unit);
      } else {
        left.add(new LeftOut(unit.school(), why));
      }
    }
    used.sort(Comparator.comparing(Unit::school));
    left.sort(Comparator.comparing(LeftOut::school).thenComparing(LeftOut::why));
    for (int i = 1; i < used.size(); i++) {
      if (used.get(i).school().equals(used.get(i - 1).school())) {
        throw new IllegalArgumentException(
            "School " + used.get(i).school() + " is named twice; it would weigh double.");
      }
    }
    return compute(used, per, left);
  }

  private static LeftOut.@Nullable Why leftOut(Unit unit, int smallTeachingPoint) {
    if (unit.students() == 0) {
      return LeftOut.Why.NO_STUDENTS;
    }
    if (unit.teachingPoint() && unit.students() < smallTeachingPoint) {
      return LeftOut.Why.SMALL_TEACHING_POINT;
    }
    return unit.resources() == null ? LeftOut.Why.NO_VALUE : null;
  }

  private static Coefficient compute(List<Unit> used, int per, List<LeftOut> left) {
    long students = students(used);
    if (used.isEmpty()) {
      return new Coefficient(used, per, 0, null, null, null, Note.NO_SCHOOL, left);
    }
    BigDecimal exactMean =
        resources(used)
            .multiply(BigDecimal.valueOf(per))
            .divide(BigDecimal.valueOf(students), ROOT);
    BigDecimal mean = shown(exactMean);
    if (exactMean.signum() == 0) {
      return new Coefficient(used, per, students, mean, null, null, Note.MEAN_IS_ZERO, left);
    }
    Square square = square(used);
    BigDecimal cv = square.numerator().divide(square.denominator(), ROOT).sqrt(ROOT);
    return new Coefficient(
        used,
        per,
        students,
        mean,
        shown(cv.multiply(exactMean)),
        shown(cv),
        used.size() == 1 ? Note.ONE_SCHOOL : Note.NONE,
        left);
  }

  /**
   * Compares CV with a limit, exactly: CV ≤ limit is met. Schools that belong into the figure and
   * whose value is not known leave it undecided, whatever the others come to.
   *
   * @param limit 0 or more, e.g. 0.50
   */
  public Outcome against(BigDecimal limit) {
    if (left.stream().anyMatch(one -> one.why().isMissing())) {
      return Outcome.INSUFFICIENT_DATA;
    }
    if (coefficient == null) {
      return Outcome.NOT_APPLICABLE;
    }
    Square square = square(used);
    BigDecimal most = limit.pow(2).multiply(square.denominator());
    return square.numerator().compareTo(most) <= 0 ? Outcome.MET : Outcome.NOT_MET;
  }

  /** Both sides multiplied by a common multiple of all P_i, so that every division leaves none. */
  private static Square square(List<Unit> used) {
    BigInteger multiple = BigInteger.ONE;
    for (Unit unit : used) {
      BigInteger own = BigInteger.valueOf(unit.students());
      multiple = multiple.divide(multiple.gcd(own)).multiply(own);
    }
    BigDecimal squares = BigDecimal.ZERO;
    for (Unit unit : used) {
      squares = squares.add(unit.squareOver(multiple));
    }
    BigDecimal total = resources(used).pow(2).multiply(new BigDecimal(multiple));
    BigDecimal weighted = squares.multiply(BigDecimal.valueOf(students(used)));
    return new Square(weighted.subtract(total), total);
  }

  private static long students(List<Unit> used) {
    return used.stream().mapToLong(Unit::students).sum();
  }

  private static BigDecimal resources(List<Unit> used) {
    return used.stream().map(Unit::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static BigDecimal shown(BigDecimal figure) {
    return figure.setScale(DECIMALS, RoundingMode.HALF_UP);
  }
}
