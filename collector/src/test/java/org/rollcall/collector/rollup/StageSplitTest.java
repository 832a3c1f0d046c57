package org.rollcall.collector.rollup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rollcall.collector.judge.Verdict.Outcome;
import org.rollcall.collector.registry.School.Stage;
import org.rollcall.collector.rollup.Coefficient.Note;
import org.rollcall.collector.rollup.Coefficient.Unit;
import org.rollcall.collector.rollup.LeftOut.Why;
import org.rollcall.collector.rollup.StageSplit.Whole;

class StageSplitTest {
  private static Whole whole(
      String code,
      Stage stage,
      @Nullable Integer a,
      @Nullable Integer b,
      @Nullable Integer c,
      @Nullable Integer resources) {
    BigDecimal has = resources == null ? null : BigDecimal.valueOf(resources);
    return new Whole(code, stage, 500, a, b, c, has);
  }

  private static StageSplit of(Whole... schools) {
    return StageSplit.of(List.of(schools));
  }

  @Test
  void theCheckValueOfTheSourceComesOut() {
    StageSplit split = of(whole("9", Stage.NINE_YEAR, 166, 210, null, 23226));
    Unit primary = split.primary().get(0);
    assertThat(StageSplit.wholePieces(primary)).isEqualTo("9711");
    assertThat(primary.resources()).isEqualTo("9711.6272040302");
    assertThat(primary.students()).isEqualTo(166);
    assertThat(split.junior().get(0).students()).isEqualTo(210);
    assertThat(split.junior().get(0).resources()).isEqualTo("13514.3727959698");
  }

  @Test
  void aCombinedSchoolCountsForJuniorSecondaryAlone() {
    StageSplit split = of(whole("c", Stage.COMBINED, null, 600, 500, 1_200));
    assertThat(split.primary()).isEmpty();
    assertThat(split.junior()).hasSize(1);
    assertThat(split.junior().get(0).resources())
        .as("1200 · 600 / (600 + 1.2 · 500)")
        .isEqualByComparingTo("600");
  }

  @Test
  void aTwelveYearSchoolIsSplitInThree() {
    StageSplit split = of(whole("t", Stage.TWELVE_YEAR, 1_100, 1_000, 1_250, 3_850));
    assertThat(split.primary().get(0).resources())
        .as("3850 · 1100 / (1100 + 1100 + 1650)")
        .isEqualByComparingTo("1100");
    assertThat(split.junior().get(0).resources()).isEqualByComparingTo("1100");
  }

  @Test
  void aSchoolOfOneStageKeepsEverything() {
    StageSplit split =
        of(
            whole("p", Stage.PRIMARY, null, null, null, 30),
            whole("t", Stage.TEACHING_POINT, 44, null, null, 2),
            whole("j", Stage.JUNIOR, null, 480, null, 40));
    assertThat(split.primary())
        .containsExactly(
            new Unit("p", 500, false, BigDecimal.valueOf(30)),
            new Unit("t", 44, true, BigDecimal.valueOf(2)));
    assertThat(split.junior()).containsExactly(new Unit("j", 480, false, BigDecimal.valueOf(40)));
  }

  @Test
  void schoolsThatDoNotDeclareTheirStagesAreListed() {
    StageSplit split =
        of(
            whole("9", Stage.NINE_YEAR, 100, null, null, 5),
            whole("c", Stage.COMBINED, null, 100, null, 5),
            whole("t", Stage.TWELVE_YEAR, 1, 1, null, 5),
            whole("s", Stage.SENIOR, null, null, 900, 5),
            whole("x", Stage.SPECIAL, null, null, null, 5));
    assertThat(split.leftOfPrimary())
        .containsExactly(
            new LeftOut("9", Why.NO_STAGE_STUDENTS),
            new LeftOut("t", Why.NO_STAGE_STUDENTS),
            new LeftOut("s", Why.OTHER_STAGE),
            new LeftOut("x", Why.OTHER_STAGE));
    assertThat(split.leftOfJunior()).contains(new LeftOut("c", Why.NO_STAGE_STUDENTS));
    Coefficient primary = split.primaryCoefficient(100, 50);
    assertThat(primary.note()).isEqualTo(Note.NO_SCHOOL);
    assertThat(primary.left()).hasSize(4);
    assertThat(primary.against(BigDecimal.ONE)).isEqualTo(Outcome.INSUFFICIENT_DATA);
  }

  @Test
  void aStageWithoutPupilsGetsNothing() {
    StageSplit split =
        of(
            whole("a", Stage.NINE_YEAR, 0, 300, null, 60),
            whole("b", Stage.NINE_YEAR, 0, 0, null, 60),
            whole("p", Stage.PRIMARY, null, null, null, 60));
    assertThat(split.junior().get(0).resources()).isEqualByComparingTo("60");
    Coefficient primary = split.primaryCoefficient(100, 50);
    assertThat(primary.used()).extracting(Unit::school).containsExactly("p");
    assertThat(primary.left())
        .containsExactly(new LeftOut("a", Why.NO_STUDENTS), new LeftOut("b", Why.NO_STUDENTS));
  }

  @Test
  void refusesFewerThanNone() {
    assertThatThrownBy(() -> whole("7", Stage.NINE_YEAR, -1, 1, null, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("7");
    assertThatThrownBy(() -> whole("7", Stage.COMBINED, 1, 1, -1, 5))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> whole("7", Stage.PRIMARY, null, null, null, -5))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Nothing is lost or made: the parts of a nine-year school come to the whole. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void thePartsComeToTheWhole(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      int a = random.nextInt(2_000);
      int b = 1 + random.nextInt(2_000);
      int total = random.nextInt(50_000);
      StageSplit split = of(whole("9", Stage.NINE_YEAR, a, b, null, total));
      double primary = value(split.primary().get(0));
      assertThat(primary + value(split.junior().get(0))).isCloseTo(total, within(1e-6));
      assertThat(primary).isCloseTo(total * (a / (a + 1.1 * b)), within(1e-6));
    }
  }

  private static double value(Unit unit) {
    BigDecimal resources = unit.resources();
    return resources == null ? Double.NaN : resources.doubleValue();
  }
}
