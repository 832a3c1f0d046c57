package org.rollcall.collector.judge;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** How figures are compared and shown: never rounded up, so that no 59.99 % is shown as 60 %. */
final class Figures {
  private static final BigDecimal MEGA = BigDecimal.valueOf(1_000_000);

  private Figures() {}

  /** A rate in Mbps (10^6 bit/s), rounded down to two decimals. */
  static BigDecimal mbps(BigDecimal bits) {
    return bits.divide(MEGA, 2, RoundingMode.DOWN);
  }

  static BigDecimal mbps(long bits) {
    return mbps(BigDecimal.valueOf(bits));
  }

  /** A rate in bit/s of so many Mbps, exactly. */
  static BigDecimal bits(double mbps) {
    return BigDecimal.valueOf(mbps).multiply(MEGA);
  }

  /** {@code part} in a hundred of {@code whole}, rounded down to two decimals. */
  static BigDecimal percent(long part, long whole) {
    return BigDecimal.valueOf(part)
        .multiply(BigDecimal.valueOf(100))
        .divide(BigDecimal.valueOf(whole), 2, RoundingMode.DOWN);
  }

  /** {@code part} of {@code whole} as a share from 0 to 1, rounded down to six decimals. */
  static BigDecimal share(long part, long whole) {
    return BigDecimal.valueOf(part).divide(BigDecimal.valueOf(whole), 6, RoundingMode.DOWN);
  }

  /** A share from 0 to 1 in a hundred, rounded down to two decimals. */
  static BigDecimal percent(BigDecimal share) {
    return share.movePointRight(2).setScale(2, RoundingMode.DOWN);
  }

  /** Whether {@code part} of {@code whole} is at least a share in a hundred; nothing is rounded. */
  static boolean reaches(long part, long whole, BigDecimal percent) {
    return BigDecimal.valueOf(part)
            .multiply(BigDecimal.valueOf(100))
            .compareTo(percent.multiply(BigDecimal.valueOf(whole)))
        >= 0;
  }

  /** A number as a sentence shows it: no trailing zeros, no exponent. */
  static String text(BigDecimal number) {
    BigDecimal plain = number.stripTrailingZeros();
    return plain.scale() < 0 ? plain.setScale(0).toPlainString() : plain.toPlainString();
  }

  static String text(double number) {
    return text(BigDecimal.valueOf(number));
  }
}
