package org.rollcall.agent.pjlink;

/**
 * ERST: six digits for fan, lamp, temperature, cover, filter and other; 0 well, 1 warning, 2 error.
 */
final class ErrorStatus {
  static final int PARTS = 6;

  private ErrorStatus() {}

  /** Whether the text is what ERST may answer. */
  static boolean isValid(String digits) {
    if (digits.length() != PARTS) {
      return false;
    }
    for (int i = 0; i < PARTS; i++) {
      if (digits.charAt(i) < '0' || digits.charAt(i) > '2') {
        return false;
      }
    }
    return true;
  }

  /**
   * Two bits a part, the fan's lowest: the measure {@code faultBits}, 0 to 2730.
   *
   * @param digits valid ones
   */
  static int bits(String digits) {
    int bits = 0;
    for (int i = 0; i < PARTS; i++) {
      bits |= (digits.charAt(i) - '0') << (2 * i);
    }
    return bits;
  }

  /** Whether any part tells an error; a warning is none. */
  static boolean broken(String digits) {
    return digits.indexOf('2') >= 0;
  }
}
