package org.rollcall.web;

import org.rollcall.web.command.Commands;

/** The server's side of {@code ./rollcall}. */
public final class RollcallMain {
  private static final String LOG_SETTINGS = "logback.configurationFile";

  private RollcallMain() {}

  /** The server logs what happens to it; a command only what it cannot say in a sentence. */
  public static void main(String[] arguments) {
    if (System.getProperty(LOG_SETTINGS) == null) {
      boolean server = arguments.length > 0 && arguments[0].equals("server");
      System.setProperty(LOG_SETTINGS, server ? "logback-server.xml" : "logback-command.xml");
    }
    System.exit(Commands.run(arguments));
  }
}
