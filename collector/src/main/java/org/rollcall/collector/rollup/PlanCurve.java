package org.rollcall.collector.rollup;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many schools were to have reached the target by when, against how many have. The plan is a
 * staircase: a step holds from the last day of its month on, and between two steps nothing is
 * interpolated, because the plan names schools for a year and no pace within it. Before the first
 * step nothing is planned (0 %).
 *
 * @param steps in time, each higher than the one before; never empty
 */
public record PlanCurve(List<Step> steps) {
  private static final int DECIMALS = 2;

  /**
   * 「2020年12月,学校总数20%达标」 and so on: 20, 20, 30, 20 and 10 %, cumulative. Source: 县域义务教育优质均衡发展方案,
   * 县方案二.
   */
  public static final PlanCurve QUALITY_BALANCE =
      new PlanCurve(
          List.of(
              new Step(YearMonth.of(2020, 12), 20),
              new Step(YearMonth.of(2021, 12), 40),
              new Step(YearMonth.of(2022, 12), 70),
              new Step(YearMonth.of(2023, 12), 90),
              new Step(YearMonth.of(2024, 9), 100)));

  public PlanCurve {
    steps = List.copyOf(steps);
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("A plan needs at least one step.");
    }
    for (int i = 1; i < steps.size(); i++) {
      Step before = steps.get(i - 1);
      Step step = steps.get(i);
      if (!step.month().isAfter(before.month()) || step.percent() <= before.percent()) {
        throw new IllegalArgumentException(
            "The step of "
                + step.month()
                + " ("
                + step.percent()
                + " %) must come after and above that of "
                + before.month()
                + ".");
      }
    }
  }

  /**
   * @param percent cumulative share of all schools, above 0 to 100
   */
  public record Step(YearMonth month, int percent) {
    public Step {
      if (percent <= 0 || percent > 100) {
        throw new IllegalArgumentException(
            "The step of " + month + " plans " + percent + " % of the schools.");
      }
    }

    /** The last day of its month: from then on it must hold. */
    public LocalDate due() {
      return month.atEndOfMonth();
    }
  }

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
      @Nullable Step next,
      int missingForNext) {}

  /** Cumulative share of schools planned to have met it on that day, 0 to 100. */
  public int plannedPercent(LocalDate day) {
    int planned = 0;
    for (Step step : steps) {
      planned = step.due().isAfter(day) ? planned : step.percent();
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
    Step next = steps.stream().filter(step -> step.due().isAfter(day)).findFirst().orElse(null);
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
