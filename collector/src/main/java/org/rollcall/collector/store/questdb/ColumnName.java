package org.rollcall.collector.store.questdb;

import org.jspecify.annotations.Nullable;

/**
 * Measure names as column names and back. QuestDB's column names ignore case and measure names do
 * not, so {@code inBitsPerSecond} becomes {@code m_in_bits_per_second}: a capital is '_' and the
 * small letter, '_' itself is doubled, and {@code m_} keeps measures apart from the table's own
 * columns.
 */
final class ColumnName {
  private static final String PREFIX = "m_";

  private ColumnName() {}

  static String ofMeasure(String measure) {
    StringBuilder column = new StringBuilder(PREFIX.length() + measure.length() + 8).append(PREFIX);
    for (int i = 0; i < measure.length(); i++) {
      char c = measure.charAt(i);
      if (c == '_') {
        column.append("__");
      } else if (c >= 'A' && c <= 'Z') {
        column.append('_').append((char) (c - 'A' + 'a'));
      } else {
        column.append(c);
      }
    }
    return column.toString();
  }

  /** The measure a column holds, or null for the table's own columns. */
  static @Nullable String toMeasure(String column) {
    if (!column.startsWith(PREFIX)) {
      return null;
    }
    StringBuilder measure = new StringBuilder(column.length());
    for (int i = PREFIX.length(); i < column.length(); i++) {
      char c = column.charAt(i);
      if (c == '_' && i + 1 < column.length()) {
        i++;
        char next = column.charAt(i);
        measure.append(next == '_' ? '_' : (char) (next - 'a' + 'A'));
      } else {
        measure.append(c);
      }
    }
    return measure.toString();
  }
}
