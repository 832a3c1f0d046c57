package org.rollcall.collector.intake;

/**
 * Why a report is refused at once.
 *
 * @param reason stable code, counted
 * @param detail for the log: what exactly was wrong; may quote the sender, so it is cut short
 */
record Refusal(Outcome.Kind kind, String reason, String detail) {
  private static final int MAX_DETAIL = 200;

  Refusal {
    if (detail.length() > MAX_DETAIL) {
      detail = detail.substring(0, MAX_DETAIL) + "…";
    }
  }

  static Refusal malformed(String reason, String detail) {
    return new Refusal(Outcome.Kind.MALFORMED, reason, detail);
  }

  Outcome outcome() {
    return new Outcome(kind, reason);
  }
}
