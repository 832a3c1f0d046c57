package org.rollcall.simulator.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * What a run tells an agent process, by a file that is replaced as a whole.
 *
 * @param number grows with each; the agent says which it has obeyed
 * @param aheadMillis how far its clock is to be ahead
 */
record Orders(long number, boolean sees, boolean ends, long aheadMillis) {
  private static final String FILE = "orders";

  void write(Path folder) throws IOException {
    replace(folder.resolve(FILE), number + " " + sees + " " + ends + " " + aheadMillis);
  }

  static Orders read(Path folder) throws IOException {
    String[] words = Files.readString(folder.resolve(FILE)).split(" ", -1);
    return new Orders(
        Long.parseLong(words[0]),
        Boolean.parseBoolean(words[1]),
        Boolean.parseBoolean(words[2]),
        Long.parseLong(words[3]));
  }

  static void replace(Path file, String text) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.writeString(part, text);
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }
}
