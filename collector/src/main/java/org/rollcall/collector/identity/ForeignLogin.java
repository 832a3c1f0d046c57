package org.rollcall.collector.identity;

/** A foreign agent's user name and password. Shown once: only the password's hash is kept. */
public record ForeignLogin(String userName, String password) {

  /** Without the password: it may not be read back from a log. */
  @Override
  public String toString() {
    return "ForeignLogin[" + userName + "]";
  }
}
