package org.rollcall.agent.spool;

/** The spool's folder cannot be used; the message says which, why, and what to do. */
public final class SpoolException extends RuntimeException {
  SpoolException(String message) {
    super(message);
  }

  SpoolException(String message, Throwable cause) {
    super(message, cause);
  }
}
