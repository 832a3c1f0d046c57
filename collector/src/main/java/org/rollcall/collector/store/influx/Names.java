package org.rollcall.collector.store.influx;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What schools, subjects and measures are called in InfluxDB, and back. Whatever the register holds
 * can be written and is found again, and none of it can be taken for a piece of a statement or a
 * line.
 */
final class Names {
  static final String SCHOOL = "school";
  static final String SUBJECT = "subject";
  static final String REASON = "reason";
  private static final String TIME = "time";
  private static final Set<String> OWN = Set.of(SCHOOL, SUBJECT, REASON, TIME);
  private static final String HEX = "0123456789ABCDEF";
  private static final int DELETE = 0x7F;

  private Names() {}

  /**
   * A measure's field. It is the measure's own name; one that is called as a column of the store
   * is, with or without '_' behind it, gets one '_' more.
   */
  static String field(String measure) {
    return OWN.contains(bare(measure)) ? measure + '_' : measure;
  }

  /** The measure a field holds, or null for the store's own. */
  static @Nullable String measure(String field) {
    if (!OWN.contains(bare(field))) {
      return field;
    }
    return field.endsWith("_") ? field.substring(0, field.length() - 1) : null;
  }

  private static String bare(String name) {
    int end = name.length();
    while (end > 0 && name.charAt(end - 1) == '_') {
      end--;
    }
    return name.substring(0, end);
  }

  /**
   * A text as the value of a tag: '%', backslashes and what does not print become %XX, because a
   * tag cannot hold a line's end and a backslash is read in more than one way. Nothing is "%".
   */
  static String tag(String text) {
    if (text.isEmpty()) {
      return "%";
    }
    StringBuilder tag = new StringBuilder(text.length() + 8);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == DELETE || c == '%' || c == '\\') {
        tag.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xF));
      } else {
        tag.append(c);
      }
    }
    return tag.toString();
  }

  /** The text a tag's value stands for. */
  static String text(String tag) {
    if (tag.indexOf('%') < 0) {
      return tag;
    }
    StringBuilder text = new StringBuilder(tag.length());
    for (int i = 0; i < tag.length(); i++) {
      char c = tag.charAt(i);
      if (c == '%' && i + 2 < tag.length()) {
        text.append((char) Integer.parseInt(tag, i + 1, i + 3, 16));
        i += 2;
      } else if (c != '%') {
        text.append(c);
      }
    }
    return text.toString();
  }

  /** A name in an InfluxQL statement. */
  static String identifier(String name) {
    return quoted(name, '"');
  }

  /** A tag's value, as {@link #tag} makes it, in an InfluxQL statement. */
  static String literal(String tag) {
    return quoted(tag, '\'');
  }

  private static String quoted(String text, char quote) {
    StringBuilder quoted = new StringBuilder(text.length() + 4).append(quote);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        quoted.append("\\n");
      } else {
        if (c == quote || c == '\\') {
          quoted.append('\\');
        }
        quoted.append(c);
      }
    }
    return quoted.append(quote).toString();
  }
}
