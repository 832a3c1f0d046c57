package org.rollcall.collector.registry.imports;

/**
 * A cell as the table holds it.
 *
 * @param text without the space around it; a number in plain digits
 * @param content what the table says it is; every CSV cell is text
 */
record Field(String text, Content content) {
  static final Field EMPTY = new Field("", Content.TEXT);

  enum Content {
    TEXT,
    NUMBER,
    /** A formula that failed, such as #N/A. */
    ERROR
  }

  static Field text(String raw) {
    return new Field(trim(raw), Content.TEXT);
  }

  /** Like strip, and takes no-break spaces and byte order marks too, which pasted text has. */
  private static String trim(String raw) {
    int start = 0;
    int end = raw.length();
    while (start < end && isSpace(raw.charAt(start))) {
      start++;
    }
    while (end > start && isSpace(raw.charAt(end - 1))) {
      end--;
    }
    return raw.substring(start, end);
  }

  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || c == '\u00a0' || c == '\ufeff' || c == '\u200b';
  }
}
