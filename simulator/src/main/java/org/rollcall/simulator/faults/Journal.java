package org.rollcall.simulator.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An agent's own record of what it gave its spool: a line for each step, {@code K step time
 * aheadMillis wall} for what the spool took, {@code R} for what the disk refused. It is written
 * after the spool has answered, so that whoever kills the agent in between leaves something in the
 * spool that is not here; never the reverse.
 */
final class Journal {
  static final String FILE = "journal";

  private Journal() {}

  /**
   * One step.
   *
   * @param kept whether the spool took it
   * @param time of its observations, by the agent's clock, milliseconds since 1970
   * @param aheadMillis how far that clock was ahead
   * @param wall what a right clock showed when it was written
   */
  record Entry(boolean kept, long step, long time, long aheadMillis, long wall) {
    String line() {
      return (kept ? "K " : "R ") + step + ' ' + time + ' ' + aheadMillis + ' ' + wall + '\n';
    }

    /** When it was seen in truth. */
    long trueTime() {
      return time - aheadMillis;
    }

    private static Entry parse(String line) {
      String[] words = line.split(" ", -1);
      return new Entry(
          words[0].equals("K"),
          Long.parseLong(words[1]),
          Long.parseLong(words[2]),
          Long.parseLong(words[3]),
          Long.parseLong(words[4]));
    }
  }

  /** The whole lines of a journal; none when it is not there. */
  static List<Entry> read(Path folder) {
    Path file = folder.resolve(FILE);
    try {
      if (!Files.exists(file)) {
        return List.of();
      }
      String text = Files.readString(file, StandardCharsets.US_ASCII);
      List<Entry> entries = new ArrayList<>();
      text.substring(0, text.lastIndexOf('\n') + 1)
          .lines()
          .forEach(line -> entries.add(Entry.parse(line)));
      return entries;
    } catch (IOException e) {
      throw new UncheckedIOException("The journal " + file + " cannot be read.", e);
    }
  }
}
