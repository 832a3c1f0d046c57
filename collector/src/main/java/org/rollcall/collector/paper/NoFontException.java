package org.rollcall.collector.paper;

/** No Chinese font can be used: its message says which package brings one. */
public final class NoFontException extends Exception {
  private static final long serialVersionUID = 1L;

  public NoFontException(String message) {
    super(message);
  }

  public NoFontException(String message, Throwable cause) {
    super(message, cause);
  }
}
