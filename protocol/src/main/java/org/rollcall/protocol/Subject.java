package org.rollcall.protocol;

/**
 * The name of what was observed: {@code kind:name}, e.g. {@code link:wan} or {@code
 * terminal:三(1)班}. The kind is 1 to 16 lower-case letters and digits and begins with a letter; the
 * name is 1 to 64 letters and digits of any script, and {@code . _ - ( )} in both widths.
 */
public final class Subject {
  private static final int MAX_KIND = 16;
  private static final int MAX_NAME = 64;
  private static final String NAME_SIGNS = "._-()（）";

  private Subject() {}

  public static boolean isValid(String subject) {
    int colon = subject.indexOf(':');
    return colon > 0 && isKind(subject.substring(0, colon)) && isName(subject.substring(colon + 1));
  }

  public static boolean isKind(String kind) {
    if (kind.isEmpty() || kind.length() > MAX_KIND || !isLowerLetter(kind.charAt(0))) {
      return false;
    }
    return kind.chars().allMatch(c -> isLowerLetter(c) || (c >= '0' && c <= '9'));
  }

  public static boolean isName(String name) {
    if (name.isEmpty() || name.length() > MAX_NAME) {
      return false;
    }
    return name.codePoints()
        .allMatch(c -> Character.isLetterOrDigit(c) || NAME_SIGNS.indexOf(c) >= 0);
  }

  /** What stands before the colon of a valid subject. */
  public static String kind(String subject) {
    return subject.substring(0, colon(subject));
  }

  /** What stands behind the colon of a valid subject. */
  public static String name(String subject) {
    return subject.substring(colon(subject) + 1);
  }

  private static int colon(String subject) {
    int colon = subject.indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("Subject '" + subject + "' is not of the form kind:name.");
    }
    return colon;
  }

  private static boolean isLowerLetter(int c) {
    return c >= 'a' && c <= 'z';
  }
}
