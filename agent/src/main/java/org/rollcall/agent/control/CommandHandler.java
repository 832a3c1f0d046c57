package org.rollcall.agent.control;

import org.rollcall.protocol.v1.Command;

/** Does what one kind of command asks for. */
@FunctionalInterface
public interface CommandHandler {
  /**
   * Begins with it and returns; on the agent's worker. A command is handed over once, and not after
   * it has expired. What comes of it is told as observations.
   */
  void handle(Command command);
}
