package org.rollcall.collector.rollup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rollcall.collector.profile.Plan.Point;
import org.rollcall.collector.rollup.PlanCurve.Progress;

class PlanCurveTest {
  /** The shipped one: 20, 20, 30, 20 and 10 % (县域义务教育优质均衡发展方案, 县方案二). */
  private static final PlanCurve PLAN =
      new PlanCurve(Objects.requireNonNull(District.PROFILE.plan()));

  @ParameterizedTest(name = "{0}: {1} %")
  @CsvSource({
    "2019-01-01, 0",
    "2020-12-01, 0",
    "2020-12-30, 0",
    "2020-12-31, 20",
    "2021-06-30, 20",
    "2021-12-31, 40",
    "2022-12-31, 70",
    "2023-12-30, 70",
    "2023-12-31, 90",
    "2024-02-29, 90",
    "2024-09-29, 90",
    "2024-09-30, 100",
    "2030-01-01, 100",
  })
  void thePlanIsAStaircase(LocalDate day, int percent) {
    assertThat(PLAN.plannedPercent(day)).isEqualTo(percent);
  }

  @Test
  void deviationIsActualMinusPlanned() {
    Progress behind = PLAN.on(LocalDate.of(2022, 3, 1), 20, 60);
    assertThat(behind.plannedPercent()).isEqualTo(40);
    assertThat(behind.actualPercent()).isEqualTo("33.33");
    assertThat(behind.deviation()).isEqualTo("-6.67");
    assertThat(behind.missingNow()).isEqualTo(4);
    assertThat(behind.next()).isEqualTo(new Point(LocalDate.of(2022, 12, 31), 70));
    assertThat(behind.missingForNext()).isEqualTo(22);
  }

  @Test
  void beforeTheFirstStepNothingIsPlanned() {
    Progress early = PLAN.on(LocalDate.of(2020, 1, 1), 1, 10);
    assertThat(early.deviation()).isEqualTo("10.00");
    assertThat(early.missingNow()).isZero();
    assertThat(early.missingForNext()).isEqualTo(1);
  }

  @Test
  void afterTheLastStepThereIsNoNext() {
    Progress late = PLAN.on(LocalDate.of(2026, 11, 20), 59, 60);
    assertThat(late.next()).isNull();
    assertThat(late.missingForNext()).isZero();
    assertThat(late.missingNow()).isEqualTo(1);
    assertThat(late.deviation()).isEqualTo("-1.67");
  }

  @Test
  void withoutSchoolsNothingDeviates() {
    Progress none = PLAN.on(LocalDate.of(2022, 3, 1), 0, 0);
    assertThat(none.actualPercent()).isNull();
    assertThat(none.deviation()).isNull();
    assertThat(none.missingNow()).isZero();
  }

  /** Counted one by one: how many more until 100·n reaches percent·N. */
  @Test
  void whatIsMissingIsTheFewestThatSuffice() {
    LocalDate day = LocalDate.of(2023, 6, 1);
    for (int schools = 1; schools <= 120; schools++) {
      for (int met = 0; met <= schools; met++) {
        int enough = 0;
        while (100 * (met + enough) < 70 * schools) {
          enough++;
        }
        assertThat(PLAN.on(day, met, schools).missingNow()).isEqualTo(enough);
      }
    }
  }

  @Test
  void moreThanAllSchoolsIsNoShare() {
    assertThatThrownBy(() -> PLAN.on(LocalDate.of(2022, 1, 1), 3, 2))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
