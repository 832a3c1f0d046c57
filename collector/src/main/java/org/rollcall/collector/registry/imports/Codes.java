package org.rollcall.collector.registry.imports;

import java.util.regex.Pattern;
import org.rollcall.collector.registry.Region.Level;

/** The codes that name regions and schools, and what a spreadsheet may have done to them. */
final class Codes {
  /**
   * The ministry's school identifier: 2 digits category, 2 digits province, 6 digits serial. A code
   * that begins with 0 is given by the bureau to a place that has no identifier, such as a teaching
   * point; no category begins with 0.
   */
  private static final Pattern SCHOOL =
      Pattern.compile("0\\d{9}|(11|21|22|3[1-7]|41|42|51|9[123])\\d{8}");

  private static final Pattern DIGITS = Pattern.compile("\\d+");
  private static final Pattern SCIENTIFIC = Pattern.compile("\\d+(\\.\\d*)?[eE]\\+?\\d+");

  /** GB/T 2260: 6 digits; GB/T 10114 adds 3. The first digit is one of the six areas, 7 and 8. */
  private static final Pattern REGION = Pattern.compile("[1-8]\\d{5}(\\d{3})?");

  private static final int SCHOOL_DIGITS = 10;

  private Codes() {}

  /** A school's code, or an empty text if the cell holds none, which is then noted. */
  static String school(TableRow row, String column) {
    Field field = row.field(column);
    String text = field.text();
    if (text.isEmpty()) {
      row.problem(column, "empty");
    } else if (field.content() == Field.Content.NUMBER) {
      row.problem(column, "code-number", text);
    } else if (SCIENTIFIC.matcher(text).matches()) {
      row.problem(column, "code-scientific", text);
    } else if (DIGITS.matcher(text).matches() && text.length() < SCHOOL_DIGITS) {
      row.problem(column, "code-short", text, text.length());
    } else if (!SCHOOL.matcher(text).matches()) {
      row.problem(column, "code-form", text);
    } else {
      return text;
    }
    return "";
  }

  /** Whether the province in a school's code is that of its region; a local code names none. */
  static boolean sameProvince(String school, String region) {
    return school.startsWith("0") || school.substring(2, 4).equals(region.substring(0, 2));
  }

  /** A region's code, or an empty text if the cell holds none, which is then noted. */
  static String region(TableRow row, String column) {
    String text = row.field(column).text();
    if (text.isEmpty()) {
      row.problem(column, "empty");
    } else if (!REGION.matcher(text).matches()) {
      row.problem(column, "region-form", text);
    } else {
      return text;
    }
    return "";
  }

  /** Whether a text has the form of a region's code. */
  static boolean isRegion(String text) {
    return REGION.matcher(text).matches();
  }

  /** The level a region's code shows. */
  static Level level(String region) {
    if (region.length() == 9) {
      return Level.TOWNSHIP;
    }
    if (region.endsWith("0000")) {
      return Level.PROVINCE;
    }
    return region.endsWith("00") ? Level.CITY : Level.COUNTY;
  }

  /** The county (or city without counties) of a township, the city of a county, and so on. */
  static String above(String region) {
    return switch (level(region)) {
      case TOWNSHIP -> region.substring(0, 6);
      case COUNTY -> region.substring(0, 4) + "00";
      case CITY, PROVINCE -> region.substring(0, 2) + "0000";
    };
  }
}
