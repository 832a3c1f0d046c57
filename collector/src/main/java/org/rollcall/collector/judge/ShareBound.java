package org.rollcall.collector.judge;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * How low the true share may be when so many of so many tests passed: the one-sided exact binomial
 * bound (Clopper and Pearson, Biometrika 26, 1934) at 95 %, rounded down to six decimals, so that
 * it is never told better than it is.
 *
 * <p>It is the greatest millionth p for which at least {@code ok} of {@code all} tests pass with a
 * probability of at most 5 %. Floating point finds it; where that comes within {@link #NEAR} of 5
 * %, whole numbers decide. Strict arithmetic makes it the same on every machine.
 */
final class ShareBound {
  private static final int STEPS = 1_000_000;

  /** Far above the error of the sum of logarithms below. */
  private static final double NEAR = 1e-7;

  private static final double ALPHA = 0.05;

  private static final BigInteger ONE_IN_ALPHA = BigInteger.valueOf(20);

  /** Logarithms of the first factorials: as many as a line can have tests in most windows. */
  private static final double[] LOG_FACTORIALS = logFactorials(8192);

  private ShareBound() {}

  /** From 0 to 1, with six decimals. */
  static BigDecimal low95(int ok, int all) {
    if (all < 1 || ok < 0 || ok > all) {
      throw new IllegalStateException("BUG: " + ok + " of " + all + " tests");
    }
    int low = 0;
    int high = STEPS;
    // Ends because the span halves; P grows with p.
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (ok > 0 && isRare(ok, all, middle)) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return BigDecimal.valueOf(low, 6);
  }

  private static boolean isRare(int ok, int all, int step) {
    double p = tail(ok, all, step / (double) STEPS);
    return Math.abs(p - ALPHA) > NEAR ? p < ALPHA : isRareExactly(ok, all, step);
  }

  /** Probability that at least {@code ok} of {@code all} pass when each does with {@code p}. */
  private static double tail(int ok, int all, double p) {
    double odds = p / (1 - p);
    if (p * all <= ok) {
      double term = term(ok, all, p);
      double sum = 0;
      for (int k = ok; k <= all && term > 0; k++) {
        sum += term;
        term *= (all - k) / (k + 1.0) * odds;
      }
      return sum;
    }
    double term = term(ok - 1, all, p);
    double sum = 0;
    for (int k = ok - 1; k >= 0 && term > 0; k--) {
      sum += term;
      term *= k / ((all - k + 1.0) * odds);
    }
    return 1 - sum;
  }

  private static double term(int k, int all, double p) {
    return StrictMath.exp(
        logFactorial(all)
            - logFactorial(k)
            - logFactorial(all - k)
            + k * StrictMath.log(p)
            + (all - k) * StrictMath.log1p(-p));
  }

  private static boolean isRareExactly(int ok, int all, int step) {
    BigInteger pass = BigInteger.valueOf(step);
    BigInteger fail = BigInteger.valueOf(STEPS - step);
    BigInteger choose = BigInteger.ONE;
    BigInteger sum = BigInteger.ZERO;
    for (int k = all; k >= ok; k--) {
      sum = sum.add(choose.multiply(pass.pow(k)).multiply(fail.pow(all - k)));
      choose = choose.multiply(BigInteger.valueOf(k)).divide(BigInteger.valueOf(all - k + 1L));
    }
    BigInteger whole = BigInteger.valueOf(STEPS).pow(all);
    return sum.multiply(ONE_IN_ALPHA).compareTo(whole) <= 0;
  }

  private static double logFactorial(int n) {
    double log = LOG_FACTORIALS[Math.min(n, LOG_FACTORIALS.length - 1)];
    for (int i = LOG_FACTORIALS.length; i <= n; i++) {
      log += StrictMath.log(i);
    }
    return log;
  }

  private static double[] logFactorials(int n) {
    double[] logs = new double[n];
    for (int i = 1; i < n; i++) {
      logs[i] = logs[i - 1] + StrictMath.log(i);
    }
    return logs;
  }
}
