package org.rollcall.simulator.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Looks for what a program has said in its log. */
final class Words {
  private Words() {}

  /**
   * How many lines hold the words, which are ASCII. The last line may be half written, so no other
   * character is read as what it is.
   */
  static long lines(Path log, String words) throws IOException {
    try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
      return lines.filter(line -> line.contains(words)).count();
    }
  }
}
