package org.rollcall.collector.rollup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rollcall.collector.rollup.RegionSummary.Conclusion;

class CountsTest {
  private static final BigDecimal FULLY = new BigDecimal("100");
  private static final BigDecimal BASICALLY = new BigDecimal("95");

  @ParameterizedTest(name = "{0} met, {1} not met, {2} unknown: {3}")
  @CsvSource({
    "19, 1, 0, BASICALLY",
    "95, 5, 0, BASICALLY",
    "9499, 501, 0, NOT_ACHIEVED",
    "9499, 500, 1, UNDECIDED",
    "9499, 501, 0, NOT_ACHIEVED",
    "9999, 1, 0, BASICALLY",
    "10000, 0, 0, FULLY",
    "1, 0, 0, FULLY",
    "0, 1, 0, NOT_ACHIEVED",
    "0, 0, 1, UNDECIDED",
    "0, 0, 500, UNDECIDED",
    "0, 0, 0, NOT_APPLICABLE",
  })
  void wholeNumbersDecide(int met, int notMet, int insufficient, Conclusion expected) {
    assertThat(new Counts(met, notMet, insufficient, 4).conclusion(FULLY, BASICALLY))
        .isEqualTo(expected);
  }

  @Test
  void fiftyNinePointNineNineIsNotSixty() {
    assertThat(new Counts(5_999, 4_001, 0, 0).reaches(new BigDecimal("60"))).isFalse();
    assertThat(new Counts(6_000, 4_000, 0, 0).reaches(new BigDecimal("60"))).isTrue();
    assertThat(new Counts(5_999, 4_000, 1, 0).mayReach(new BigDecimal("60"))).isTrue();
  }

  /** In binary fractions 0.07·100 is above 7, so that 7 of 100 would not be 7 %. */
  @Test
  void noPercentIsLostInBinaryFractions() {
    for (int percent = 0; percent <= 1_000; percent++) {
      BigDecimal tenth = BigDecimal.valueOf(percent, 1);
      assertThat(new Counts(percent, 1_000 - percent, 0, 0).reaches(tenth)).isTrue();
      assertThat(percent == 0 || !new Counts(percent - 1, 1_001 - percent, 0, 0).reaches(tenth))
          .isTrue();
    }
  }

  @Test
  void withoutSchoolsThereIsNoRate() {
    assertThat(Counts.NONE.rateLow()).isNull();
    assertThat(Counts.NONE.rateHigh()).isNull();
  }

  @Test
  void theRatesAreTheOfficialOneAndTheBestPossible() {
    Counts counts = new Counts(92, 5, 3, 7);
    assertThat(counts.rateLow()).isEqualTo(0.92);
    assertThat(counts.rateHigh()).isEqualTo(0.95);
    assertThat(counts.inScope()).isEqualTo(100);
  }

  @Test
  void aCountBelowZeroIsABug() {
    assertThatThrownBy(() -> new Counts(-1, 0, 0, 0)).hasMessageStartingWith("BUG: ");
  }
}
