package org.rollcall.web;

import org.rollcall.web.command.Commands;

/** The server's side of {@code ./rollcall}. */
public final class RollcallMain {
  private RollcallMain() {}

  public static void main(String[] arguments) {
    System.exit(Commands.run(arguments));
  }
}
