package org.rollcall.agent.enrolment;

/** Enrolment did not come to be; the message is one sentence for the person who tried. */
public final class EnrolmentException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Closed set of ways to fail. */
  public enum Reason {
    CODE_USED,
    CODE_EXPIRED,
    CODE_UNKNOWN,
    KEY_REFUSED,
    REFUSED,
    UNREACHABLE,
    WRONG_FINGERPRINT,
    NO_ANSWER,
    ALREADY_ENROLLED,
    NOT_ENROLLED,
    FILES
  }

  private final Reason reason;

  EnrolmentException(Reason reason, String sentence) {
    super(sentence);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
