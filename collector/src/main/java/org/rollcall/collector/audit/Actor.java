package org.rollcall.collector.audit;

/**
 * Who does something.
 *
 * @param account the account's name; empty when nobody is signed in
 * @param source the address it comes from; {@code console:} and the machine's user for a command
 */
public record Actor(String account, String source) {

  /** Whoever runs a command on the server's machine. */
  public static Actor console() {
    return new Actor("", "console:" + System.getProperty("user.name", ""));
  }
}
