package org.rollcall.agent.reach.http;

import java.util.BitSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A set of status codes, 100 to 599 (RFC 9110 15). */
final class StatusCodes {
  private static final Pattern RANGE = Pattern.compile("([1-5]\\d\\d)(?:-([1-5]\\d\\d))?");

  private final BitSet codes = new BitSet();

  private StatusCodes() {}

  /**
   * Reads {@code 200-299,401}.
   *
   * @throws IllegalArgumentException with a sentence that names the part that cannot be read
   */
  static StatusCodes parse(String text) {
    StatusCodes parsed = new StatusCodes();
    for (String part : text.split(",", -1)) {
      Matcher range = RANGE.matcher(part.strip());
      if (!range.matches()) {
        throw new IllegalArgumentException(
            "'" + part.strip() + "' is no status code: write 200, 200-399 or 200,401");
      }
      int from = Integer.parseInt(range.group(1));
      int to = range.group(2) == null ? from : Integer.parseInt(range.group(2));
      if (to < from) {
        throw new IllegalArgumentException("'" + part.strip() + "' ends before it begins");
      }
      parsed.codes.set(from, to + 1);
    }
    return parsed;
  }

  boolean contains(int code) {
    return codes.get(code);
  }
}
