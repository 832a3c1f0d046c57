package org.rollcall.collector.rollup;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.profile.Plan;
import org.rollcall.collector.profile.Plan.Point;

/**
 * How many schools were to have reached the target by when, against how many have. The plan is a
 * staircase: a step holds from its last day on, and between two steps nothing is interpolated,
 * because the plan names schools for a year and no pace within it. Before the first step nothing is
 * planned (0 %).
 *
 * @param plan its points rise in time and share, as a profile's check sees to
 */
public record PlanCurve(Plan plan) {
  private static final int DECIMALS = 2;

  /**
   * Where a region stands on a day.
   *
   * @param plannedPercent 0 before the first step
   * @param actualPercent 100·met/schools, rounded half up to 0.01; null without schools
   * @param deviation actual − planned in percentage points; negative when behind; null without
   *     schools
   * @param missingNow schools that must still meet it for what is planned by now; 0 when on plan
   * @param next the first step after the day; null after the last
   * @param missingForNext schools that must still meet it for that step; 0 without one
   */
  public record Progress(
      LocalDate day,
      int met,
      int schools,
      int plannedPercent,
      @Nullable BigDecimal actualPercent,
      @Nullable BigDecimal deviation,
      int missingNow,
      @Nullable Point next,
      int missingForNext) {}

  /** Cumulative share of schools planned to have met it on that day, 0 to 100. */
  public int plannedPercent(LocalDate day) {
    int planned = 0;
    for (Point step : plan.points()) {
      planned = step.by().isAfter(day) ? planned : step.percent();
    }
    return planned;
  }

  /**
   * Compares.
   *
   * @param met schools that have met the target, 0 to {@code schools}
   * @throws IllegalArgumentException when more have met it than there are
   */
  public Progress on(LocalDate day, int met, int schools) {
    if (met < 0 || met > schools) {
      throw new IllegalArgumentException(met + " of " + schools + " schools is no share.");
    }
    int planned = plannedPercent(day);
    Point next =
        plan.points().stream().filter(step -> step.by().isAfter(day)).findFirst().orElse(null);
    BigDecimal actual =
        schools == 0
            ? null
            : BigDecimal.valueOf(100L * met)
                .divide(BigDecimal.valueOf(schools), DECIMALS, RoundingMode.HALF_UP);
    return new Progress(
        day,
        met,
        schools,
        planned,
        actual,
        actual == null ? null : actual.subtract(BigDecimal.valueOf(planned)),
        missing(planned, met, schools),
        next,
        next == null ? 0 : missing(next.percent(), met, schools));
  }

  /** The smallest k ≥ 0 with 100·(met + k) ≥ percent·schools. */
  private static int missing(int percent, int met, int schools) {
    long needed = ((long) percent * schools + 99) / 100;
    return (int) Math.max(0, needed - met);
  }
}
