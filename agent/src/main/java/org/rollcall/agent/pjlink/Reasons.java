package org.rollcall.agent.pjlink;

/** Why a look did not show what it should; words on the wire. */
final class Reasons {
  /** It asks for a password and was given another. */
  static final String WRONG_PASSWORD = "wrong-password";

  /** It asks for a password and the device entry names none. */
  static final String PASSWORD_MISSING = "password-missing";

  static final String REFUSED = "refused";
  static final String TIMEOUT = "timeout";
  static final String UNREACHABLE = "unreachable";
  static final String UNKNOWN_HOST = "unknown-host";

  /** ERR3: it is there and cannot tell now, as in standby or while it warms up. */
  static final String BUSY = "busy";

  /** It said something that is no PJLink. */
  static final String BAD_ANSWER = "bad-answer";

  /** It closed the connection before it had answered. */
  static final String HUNG_UP = "hung-up";

  /** It sent more than {@link LineBuffer#LONGEST} bytes without an end. */
  static final String LINE_TOO_LONG = "line-too-long";

  /** It says itself that something in it is broken. */
  static final String FAULT = "fault";

  private Reasons() {}
}
