package org.rollcall.collector.calendar;

import org.jspecify.annotations.Nullable;

/**
 * Codes of administrative divisions (GB/T 2260, GB/T 10114) without the zeros that only fill up:
 * 440000 and 44 are one province.
 */
final class RegionCode {
  /** Stands for every region. */
  static final String ALL = "all";

  private RegionCode() {}

  /** Whether it is {@link #ALL} or may be the code of a province, city, county or township. */
  static boolean isValid(String code) {
    return code.equals(ALL) || code.matches("\\d{2}|\\d{4}|\\d{6}|\\d{9}|\\d{12}");
  }

  /** The code without filling zeros. */
  static String plain(String code) {
    String plain = code.length() == 12 && code.endsWith("000") ? code.substring(0, 9) : code;
    plain = plain.length() == 9 && plain.endsWith("000") ? plain.substring(0, 6) : plain;
    plain = plain.length() == 6 && plain.endsWith("00") ? plain.substring(0, 4) : plain;
    return plain.length() == 4 && plain.endsWith("00") ? plain.substring(0, 2) : plain;
  }

  /** The plain code of the region it lies in by its digits; null for a province or no code. */
  static @Nullable String above(String plain) {
    return switch (plain.length()) {
      case 12 -> plain(plain.substring(0, 9));
      case 9 -> plain(plain.substring(0, 6));
      case 6 -> plain(plain.substring(0, 4));
      case 4 -> plain(plain.substring(0, 2));
      default -> null;
    };
  }
}
