package org.rollcall.collector.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShareBoundTest {
  /** Published one-sided bounds; of n passes without a failure it is the n-th root of 0.05. */
  @ParameterizedTest(name = "{0} of {1}: {2}")
  @CsvSource({"20, 20, 0.8609", "19, 20, 0.7839", "10, 10, 0.7411", "1, 1, 0.05", "0, 20, 0"})
  void itIsThePublishedBound(int ok, int all, BigDecimal published) {
    assertThat(ShareBound.low95(ok, all).setScale(4, RoundingMode.HALF_UP))
        .isEqualByComparingTo(published);
  }

  @Test
  void fourteenTestsWithoutAFailureProveEightyPerCent() {
    assertThat(ShareBound.low95(14, 14)).isGreaterThan(new BigDecimal("0.8"));
    assertThat(ShareBound.low95(13, 13)).isLessThan(new BigDecimal("0.8"));
    assertThat(ShareBound.low95(59, 59)).isGreaterThan(new BigDecimal("0.95"));
    assertThat(ShareBound.low95(58, 58)).isLessThan(new BigDecimal("0.95"));
  }

  /** From the definition, in whole numbers: the bound is rare enough, a millionth more is not. */
  @ParameterizedTest(name = "{0} of {1}")
  @CsvSource({"20, 20", "19, 20", "3, 20", "77, 120", "120, 120", "118, 120", "1, 90"})
  void itIsTheGreatestMillionthAtWhichSoManyPassesAreRare(int ok, int all) {
    int step = ShareBound.low95(ok, all).movePointRight(6).intValueExact();
    assertThat(rare(ok, all, step)).isTrue();
    assertThat(rare(ok, all, step + 1)).isFalse();
  }

  @Test
  void manyTestsAreJudgedToo() {
    BigDecimal low = ShareBound.low95(5_700, 6_000);
    assertThat(low).isBetween(new BigDecimal("0.944"), new BigDecimal("0.95"));
  }

  private static boolean rare(int ok, int all, int step) {
    BigInteger whole = BigInteger.valueOf(1_000_000);
    BigInteger p = BigInteger.valueOf(step);
    BigInteger sum = BigInteger.ZERO;
    for (int k = ok; k <= all; k++) {
      BigInteger choose = BigInteger.ONE;
      for (int i = 1; i <= k; i++) {
        choose = choose.multiply(BigInteger.valueOf(all - k + i)).divide(BigInteger.valueOf(i));
      }
      sum = sum.add(choose.multiply(p.pow(k)).multiply(whole.subtract(p).pow(all - k)));
    }
    return sum.multiply(BigInteger.valueOf(20)).compareTo(whole.pow(all)) <= 0;
  }
}
