package org.rollcall.collector.channels;

/**
 * What came of sending.
 *
 * @param reason a stable code: {@code ok}, {@code connect}, {@code timeout}, {@code http-503},
 *     {@code dingtalk-310000} …; never what the other side wrote, which may hold a secret
 */
record Answer(Result result, String reason) {

  /** Whether it is worth trying again. */
  enum Result {
    TAKEN,
    /** It may pass: not reached, overloaded, too many. */
    LATER,
    /** The same again would be refused again. */
    REFUSED,
    /** The other side takes nothing for ten minutes. */
    BLOCKED
  }

  static final Answer OK = taken("ok");

  /** Taken, with something to be said of it. */
  static Answer taken(String reason) {
    return new Answer(Result.TAKEN, reason);
  }

  static Answer later(String reason) {
    return new Answer(Result.LATER, reason);
  }

  static Answer refused(String reason) {
    return new Answer(Result.REFUSED, reason);
  }
}
