package org.rollcall.simulator.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What an agent process says of itself, in a file that it replaces many times a second.
 *
 * @param obeyed the number of the last orders that hold
 * @param waiting reports in the spool that are not acknowledged, and losses that no report has told
 *     yet
 * @param lost reports its spool lost since the process began
 */
record AgentState(long obeyed, long waiting, long lost, boolean connected) {
  private static final String FILE = "state";

  void write(Path folder) throws IOException {
    Orders.replace(
        folder.resolve(FILE), obeyed + " " + waiting + " " + lost + " " + connected + "\n");
  }

  /** Nothing obeyed, where it has said nothing yet. */
  static AgentState read(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      return new AgentState(-1, Long.MAX_VALUE, 0, false);
    }
    String[] words = Files.readString(file).strip().split(" ", -1);
    return new AgentState(
        Long.parseLong(words[0]),
        Long.parseLong(words[1]),
        Long.parseLong(words[2]),
        Boolean.parseBoolean(words[3]));
  }

  static void forget(Path folder) throws IOException {
    Files.deleteIfExists(folder.resolve(FILE));
  }
}
