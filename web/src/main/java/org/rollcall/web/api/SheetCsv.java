package org.rollcall.web.api;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.rollcall.collector.sheet.Cell;
import org.rollcall.collector.sheet.Roll;

/**
 * A sheet as a CSV file (RFC 4180, UTF-8 with a byte-order mark, which spreadsheets need for
 * Chinese), with words for marks. No field can be taken for a formula. One call, one thread.
 */
final class SheetCsv {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final boolean english;
  private final StringBuilder text = new StringBuilder(BYTE_ORDER_MARK);

  private enum Format {
    JSON,
    CSV
  }

  /** Whether the file is asked for instead of JSON. */
  static boolean isAsked(Request request) {
    return request.oneOf("format", Format.class) == Format.CSV;
  }

  /**
   * @param request whose {@code lang} is {@code en} for English, else Chinese
   * @param heads of the columns before the dates, by their key in the API's words
   */
  SheetCsv(Request request, List<LocalDate> dates, String... heads) {
    String language = request.text("lang");
    this.english = language != null && language.startsWith("en");
    List<String> line = new ArrayList<>();
    for (String head : heads) {
      line.add(word("sheet.head." + head));
    }
    dates.forEach(date -> line.add(date.toString()));
    line.add(word("sheet.head.present"));
    line.add(word("sheet.head.called"));
    line(line);
  }

  /** The name in the file's language; the Chinese one where there is no other. */
  String name(String zh, String en) {
    return english && !en.isEmpty() ? en : zh;
  }

  String word(String key) {
    return english ? Words.en(key) : Words.zh(key);
  }

  /** Adds a line: its heads, its marks, and on how many days of how many it was there. */
  void row(List<Cell> cells, String... heads) {
    List<String> line = new ArrayList<>(List.of(heads));
    cells.forEach(cell -> line.add(word("sheet.mark." + cell.mark())));
    Roll roll = Roll.of(cells);
    line.add(Integer.toString(roll.present()));
    line.add(Integer.toString(roll.called()));
    line(line);
  }

  private void line(List<String> fields) {
    for (int i = 0; i < fields.size(); i++) {
      text.append(i == 0 ? "" : ",").append(field(fields.get(i)));
    }
    text.append("\r\n");
  }

  /** A field that a spreadsheet would reckon with gets an apostrophe in front, which it hides. */
  static String field(String value) {
    boolean formula = !value.isEmpty() && "=+-@\t\r\n".indexOf(value.charAt(0)) >= 0;
    String safe = formula ? "'" + value : value;
    boolean quoted = safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return quoted ? "\"" + safe.replace("\"", "\"\"") + "\"" : safe;
  }

  /**
   * @param of the code of the region or school
   */
  FileAnswer file(String of, LocalDate at) {
    String name = "sheet-" + of.replaceAll("[^A-Za-z0-9-]", "-") + "-" + at + ".csv";
    return new FileAnswer(
        name, "text/csv; charset=utf-8", text.toString().getBytes(StandardCharsets.UTF_8));
  }
}
