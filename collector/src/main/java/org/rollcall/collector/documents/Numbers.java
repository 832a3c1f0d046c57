package org.rollcall.collector.documents;

import java.util.regex.Pattern;

/** Which texts of a document are numbers. */
final class Numbers {
  private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d{0,14})(\\.\\d+)?");

  private Numbers() {}

  /** Whether it is a plain decimal number without leading zeros. */
  static boolean is(String text) {
    return NUMBER.matcher(text).matches();
  }
}
