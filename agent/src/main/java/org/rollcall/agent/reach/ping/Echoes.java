package org.rollcall.agent.reach.ping;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What came back, as the last lines of a ping say it.
 *
 * @param sent at least 1
 * @param received 0 to {@code sent}; an echo that came twice is one
 * @param errors ICMP errors that came instead (iputils alone counts them)
 * @param shortestMillis the shortest round trip; null when nothing came back, or too small to time
 */
record Echoes(int sent, int received, int errors, @Nullable Double shortestMillis) {

  private static final Pattern COUNTS =
      Pattern.compile("(?m)^(\\d{1,6}) packets transmitted, (\\d{1,6}) (?:packets )?received");
  private static final Pattern ERRORS = Pattern.compile("\\+(\\d{1,6}) errors");
  private static final Pattern TIMES =
      Pattern.compile("(?m)^(?:rtt|round-trip) min/avg/max[^=\\n]*= (\\d{1,9}(?:\\.\\d{1,6})?)/");

  /**
   * Reads what iputils, busybox and inetutils print with {@code LC_ALL=C}.
   *
   * @return null when there are no such lines: ping never sent anything
   */
  static @Nullable Echoes parse(String text) {
    Matcher counts = COUNTS.matcher(text);
    if (!counts.find()) {
      return null;
    }
    int sent = Integer.parseInt(counts.group(1));
    if (sent == 0) {
      return null;
    }
    int received = Math.min(sent, Integer.parseInt(counts.group(2)));
    Matcher errors = ERRORS.matcher(text);
    Matcher times = TIMES.matcher(text);
    return new Echoes(
        sent,
        received,
        errors.find() ? Integer.parseInt(errors.group(1)) : 0,
        received > 0 && times.find() ? Double.valueOf(times.group(1)) : null);
  }

  /** Share of the echoes that did not come back, 0 to 1. */
  double lossShare() {
    return (double) (sent - received) / sent;
  }
}
