package org.rollcall.web.command;

/** What ends a command with exit code 1: one sentence for the person who typed it. */
public final class Fault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public Fault(String sentence) {
    super(sentence);
  }
}
