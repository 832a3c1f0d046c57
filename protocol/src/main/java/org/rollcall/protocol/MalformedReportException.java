package org.rollcall.protocol;

/** Bytes that are no report. */
public final class MalformedReportException extends Exception {
  private static final long serialVersionUID = 1L;

  public MalformedReportException(String message, Throwable cause) {
    super(message, cause);
  }
}
