package org.rollcall.collector.registry.imports;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One row and its cells by column. A cell that does not hold what is asked for is noted as a
 * problem; the value returned then only keeps the reading going, and {@link #good()} is false.
 */
final class TableRow {
  private static final Pattern WHOLE = Pattern.compile("(-?\\d{1,9})(\\.0+)?");
  private static final Pattern DECIMAL = Pattern.compile("-?\\d{1,15}(\\.\\d{1,20})?");
  private static final Pattern DATE =
      Pattern.compile(
          "(?<year>\\d{4})(?<mark>[-/.年])(?<month>\\d{1,2})[-/.月](?<day>\\d{1,2})日?"
              + "( 0{1,2}:00(:00)?)?");

  /** A workbook counts days; 20000 is in 1954, 60000 in 2064. */
  private static final Pattern SERIAL_DAY = Pattern.compile("([2-5]\\d{4})");

  /** Day 0 of a workbook's calendar, as it is for every day after February 1900. */
  private static final LocalDate WORKBOOK_EPOCH = LocalDate.of(1899, 12, 30);

  private static final Map<String, Boolean> YES_NO =
      Map.of(
          "true", true, "yes", true, "1", true, "是", true, "有", true, "false", false, "no", false,
          "0", false, "否", false, "无", false);

  private final int number;
  private final List<Field> fields;
  private final Header header;
  private final Problems problems;
  private boolean good = true;

  TableRow(int number, List<Field> fields, Header header, Problems problems) {
    this.number = number;
    this.fields = fields;
    this.header = header;
    this.problems = problems;
    for (int i = header.width(); i < fields.size(); i++) {
      if (!fields.get(i).text().isEmpty()) {
        problem("", "too-many-cells", header.width());
        break;
      }
    }
    header.positions().keySet().forEach(this::checkReadable);
  }

  private void checkReadable(String column) {
    Field field = field(column);
    if (field.content() == Field.Content.ERROR) {
      problem(column, "cell-error", field.text());
    }
    if (field.text().codePoints().anyMatch(Character::isISOControl)) {
      problem(column, "control-character");
    }
  }

  int number() {
    return number;
  }

  /** Whether no cell had a problem so far. */
  boolean good() {
    return good;
  }

  void problem(String column, String code, Object... arguments) {
    good = false;
    problems.add(number, column, code, arguments);
  }

  Field field(String column) {
    Integer position = header.positions().get(column);
    return position == null || position >= fields.size() ? Field.EMPTY : fields.get(position);
  }

  boolean isBlank(String column) {
    return field(column).text().isEmpty();
  }

  /** Text that may be empty. */
  String text(String column, int maxLength) {
    String text = field(column).text();
    if (text.length() > maxLength) {
      problem(column, "too-long", text.length(), maxLength);
    }
    return text;
  }

  /** Text that must be there. */
  String requiredText(String column, int maxLength) {
    if (isBlank(column)) {
      problem(column, "empty");
    }
    return text(column, maxLength);
  }

  /** Whether the header has this column, be its cell empty or not. */
  boolean has(String column) {
    return header.positions().containsKey(column);
  }

  /** A whole number, or null if the cell is empty or holds none. */
  @Nullable Integer wholeOrNull(String column, int min, int max) {
    return isBlank(column) ? null : Integer.valueOf(whole(column, min, max));
  }

  int whole(String column, int min, int max) {
    String text = field(column).text();
    if (text.isEmpty()) {
      problem(column, "empty");
      return min;
    }
    var matcher = WHOLE.matcher(text);
    if (!matcher.matches()) {
      problem(column, "not-whole", text);
      return min;
    }
    int value = Integer.parseInt(matcher.group(1));
    if (value < min || value > max) {
      problem(column, "out-of-range", text, min, max);
    }
    return value;
  }

  /** A decimal number, or null if the cell is empty or no number. */
  @Nullable Double decimal(String column) {
    String text = field(column).text();
    if (text.isEmpty()) {
      return null;
    }
    if (!DECIMAL.matcher(text).matches()) {
      problem(column, "not-number", text);
      return null;
    }
    return new BigDecimal(text).doubleValue();
  }

  /**
   * A date, which must be there: 2026-09-01, 2026/9/1, 2026年9月1日, or a workbook's number of days.
   * Null if it is none.
   */
  @Nullable LocalDate date(String column) {
    Field field = field(column);
    String text = field.text();
    if (text.isEmpty()) {
      problem(column, "empty");
      return null;
    }
    Matcher serial = SERIAL_DAY.matcher(text);
    if (field.content() == Field.Content.NUMBER && serial.matches()) {
      return WORKBOOK_EPOCH.plusDays(Integer.parseInt(serial.group(1)));
    }
    Matcher date = DATE.matcher(text);
    if (date.matches()) {
      try {
        return LocalDate.of(
            Integer.parseInt(date.group("year")),
            Integer.parseInt(date.group("month")),
            Integer.parseInt(date.group("day")));
      } catch (DateTimeException e) {
        problem(column, "no-such-day", text);
        return null;
      }
    }
    problem(column, "not-date", text);
    return null;
  }

  /** Yes or no, or null if the cell is empty or neither. */
  @Nullable Boolean yesNo(String column) {
    String text = field(column).text().toLowerCase(Locale.ROOT);
    if (text.isEmpty()) {
      return null;
    }
    Boolean value = YES_NO.get(text);
    if (value == null) {
      problem(column, "not-yes-no", text);
    }
    return value;
  }

  /** One of a closed set, or null if the cell is empty or none of them. */
  <E> @Nullable E word(String column, Words<E> words) {
    String text = field(column).text();
    if (text.isEmpty()) {
      return null;
    }
    E value = words.meaning(text);
    if (value == null) {
      problem(column, "not-a-word", text, words.allowed());
    }
    return value;
  }

  /** One of a closed set. */
  <E> E requiredWord(String column, Words<E> words) {
    if (isBlank(column)) {
      problem(column, "empty-word", words.allowed());
    }
    E value = word(column, words);
    return value == null ? words.any() : value;
  }
}
