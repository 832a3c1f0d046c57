package org.rollcall.collector.rollup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rollcall.collector.judge.Verdict.Outcome;
import org.rollcall.collector.rollup.Coefficient.Note;
import org.rollcall.collector.rollup.Coefficient.Unit;
import org.rollcall.collector.rollup.LeftOut.Why;

class CoefficientTest {
  private static Unit unit(String school, int students, @Nullable Integer resources) {
    return new Unit(
        school, students, false, resources == null ? null : BigDecimal.valueOf(resources));
  }

  private static Unit point(String school, int students, int resources) {
    return new Unit(school, students, true, BigDecimal.valueOf(resources));
  }

  private static Coefficient of(Unit... units) {
    return Coefficient.of(List.of(units), 1, Coefficient.SMALL_TEACHING_POINT);
  }

  /** The worked example of the source: five schools' books. */
  private static Coefficient books() {
    return of(
        unit("1", 45, 279),
        unit("2", 37, 137),
        unit("3", 89, 935),
        unit("4", 76, 160),
        unit("5", 55, 402));
  }

  @Test
  void theWorkedExampleOfTheSourceComesOut() {
    Coefficient books = books();
    assertThat(books.students()).isEqualTo(302);
    assertThat(books.mean()).isEqualTo("6.334437");
    assertThat(books.deviation()).isEqualTo("3.263861");
    assertThat(books.coefficient()).isEqualTo("0.515257");
    assertThat(books.note()).isEqualTo(Note.NONE);
    assertThat(books.left()).isEmpty();
  }

  @Test
  void theWorkedExampleComesOutOfRatiosToo() {
    List<Unit> units = new ArrayList<>();
    String[] values = {"6.2", "3.7027", "10.5056", "2.1053", "7.3091"};
    int[] students = {45, 37, 89, 76, 55};
    for (int i = 0; i < values.length; i++) {
      units.add(Unit.ofValue("" + i, students[i], false, new BigDecimal(values[i])));
    }
    assertThat(Coefficient.of(units, 1, 50).coefficient())
        .isNotNull()
        .isCloseTo(new BigDecimal("0.515257"), within(new BigDecimal("0.00001")));
  }

  @Test
  void theUnitOfTheIndicatorDoesNotChangeIt() {
    Coefficient each = books();
    Coefficient perHundred = Coefficient.of(each.used(), 100, 50);
    assertThat(perHundred.coefficient()).isEqualTo(each.coefficient());
    assertThat(perHundred.mean()).isEqualTo("633.443709");
  }

  @Test
  void oneSchoolIsEvenAndSaysSo() {
    Coefficient one = of(unit("1", 300, 12));
    assertThat(one.coefficient()).isEqualByComparingTo("0");
    assertThat(one.note()).isEqualTo(Note.ONE_SCHOOL);
    assertThat(one.against(BigDecimal.ZERO)).isEqualTo(Outcome.MET);
  }

  @Test
  void itDoesNotApplyWhereNobodyHasAny() {
    Coefficient none = of(unit("1", 300, 0), unit("2", 20, 0));
    assertThat(none.note()).isEqualTo(Note.MEAN_IS_ZERO);
    assertThat(none.mean()).isEqualByComparingTo("0");
    assertThat(none.coefficient()).isNull();
    assertThat(none.against(BigDecimal.ONE)).isEqualTo(Outcome.NOT_APPLICABLE);
  }

  @Test
  void withoutSchoolsThereIsNoFigure() {
    assertThat(of().note()).isEqualTo(Note.NO_SCHOOL);
    assertThat(of().mean()).isNull();
    assertThat(of().against(BigDecimal.ONE)).isEqualTo(Outcome.NOT_APPLICABLE);
  }

  @Test
  void schoolsWithoutPupilsOrValueAndSmallTeachingPointsAreLeftOutByName() {
    Coefficient coefficient =
        of(
            unit("e", 100, 5),
            unit("d", 100, null),
            point("c", 49, 9),
            point("b", 50, 5),
            unit("a", 0, 7));
    assertThat(coefficient.used()).extracting(Unit::school).containsExactly("b", "e");
    assertThat(coefficient.left())
        .containsExactly(
            new LeftOut("a", Why.NO_STUDENTS),
            new LeftOut("c", Why.SMALL_TEACHING_POINT),
            new LeftOut("d", Why.NO_VALUE));
    assertThat(coefficient.students()).isEqualTo(150);
  }

  @Test
  void aMissingValueLeavesItUndecided() {
    assertThat(of(unit("1", 10, 1), unit("2", 10, null)).against(BigDecimal.ONE))
        .isEqualTo(Outcome.INSUFFICIENT_DATA);
    assertThat(of(unit("1", 10, 1), unit("2", 0, null)).against(BigDecimal.ONE))
        .as("a school without pupils misses nothing")
        .isEqualTo(Outcome.MET);
  }

  @Test
  void whichTeachingPointsAreSmallCanBeSet() {
    List<Unit> units = List.of(point("1", 10, 1), point("2", 30, 9));
    assertThat(Coefficient.of(units, 1, 50).note()).isEqualTo(Note.NO_SCHOOL);
    assertThat(Coefficient.of(units, 1, 20).note()).isEqualTo(Note.ONE_SCHOOL);
    assertThat(Coefficient.of(units, 1, 0).used()).hasSize(2);
  }

  /** x = 0.5 and 1.5 of equal schools: S = 0.5, X̄ = 1, CV = 0.5. */
  @Test
  void aLimitThatIsReachedExactlyIsMet() {
    Coefficient half = of(unit("1", 300, 150), unit("2", 300, 450));
    assertThat(half.coefficient()).isEqualByComparingTo("0.5");
    assertThat(half.against(new BigDecimal("0.50"))).isEqualTo(Outcome.MET);
    Coefficient more = of(unit("1", 3_000_000, 1_499_999), unit("2", 3_000_000, 4_500_001));
    assertThat(more.coefficient()).isEqualByComparingTo("0.5");
    assertThat(more.against(new BigDecimal("0.50")))
        .as("rounds to 0.500000 and is above it")
        .isEqualTo(Outcome.NOT_MET);
  }

  @Test
  void refusesASchoolNamedTwiceAndNumbersBelowZero() {
    assertThatThrownBy(() -> of(unit("7", 10, 1), unit("7", 20, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("7");
    assertThatThrownBy(() -> unit("7", -1, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> unit("7", 1, -1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Coefficient.of(List.of(), 0, 50))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Written from the formula, in floating point and with its three steps. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void agreesWithTheFormulaTakenLiterally(long seed) {
    List<Unit> units = drawn(seed);
    double pupils = 0;
    for (Unit unit : units) {
      pupils += unit.students();
    }
    double mean = 0;
    for (Unit unit : units) {
      mean += unit.students() / pupils * x(unit);
    }
    double variance = 0;
    for (Unit unit : units) {
      variance += unit.students() / pupils * Math.pow(x(unit) - mean, 2);
    }
    Coefficient coefficient = Coefficient.of(units, 100, 50);
    assertThat(value(coefficient.mean())).isCloseTo(mean, within(1e-6));
    assertThat(value(coefficient.deviation())).isCloseTo(Math.sqrt(variance), within(1e-6));
    assertThat(value(coefficient.coefficient()))
        .isCloseTo(Math.sqrt(variance) / mean, within(1e-6));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {11, 12, 13, 14, 15})
  void theOrderOfSchoolsDoesNotMatter(long seed) {
    List<Unit> units = new ArrayList<>(drawn(seed));
    units.add(unit("none", 0, 3));
    units.add(unit("unknown", 40, null));
    Coefficient first = Coefficient.of(units, 100, 50);
    Random random = new Random(seed);
    for (int i = 0; i < 5; i++) {
      Collections.shuffle(units, random);
      Coefficient again = Coefficient.of(units, 100, 50);
      assertThat(again).isEqualTo(first);
      assertThat(again.toString()).isEqualTo(first.toString());
    }
  }

  private static List<Unit> drawn(long seed) {
    Random random = new Random(seed);
    List<Unit> units = new ArrayList<>();
    int schools = 2 + random.nextInt(300);
    for (int i = 0; i < schools; i++) {
      units.add(unit("S" + i, 1 + random.nextInt(3_000), random.nextInt(90)));
    }
    units.add(unit("T", 700, 20));
    return units;
  }

  private static double x(Unit unit) {
    return 100.0 * value(unit.resources()) / unit.students();
  }

  private static double value(@Nullable BigDecimal figure) {
    return figure == null ? Double.NaN : figure.doubleValue();
  }
}
