package org.rollcall.collector.registry.imports;

import java.util.List;
import java.util.Locale;

/**
 * Why a cell, a row or a file cannot be imported.
 *
 * @param row as the spreadsheet shows it, the header being row 1; 0 for the file as a whole
 * @param column the header's name for it; empty for the row as a whole
 * @param code stable reason code, the key of its sentence
 * @param arguments what fills the sentence
 */
public record Problem(int row, String column, String code, List<String> arguments) {

  public Problem {
    arguments = List.copyOf(arguments);
  }

  /** {@code row N, column C: reason} and its Chinese form. */
  public String text(Locale locale) {
    Messages messages = new Messages(locale);
    String reason = messages.text(code, arguments);
    if (row == 0) {
      return reason;
    }
    return column.isEmpty()
        ? messages.text("at-row", row, reason)
        : messages.text("at-cell", row, column, reason);
  }
}
