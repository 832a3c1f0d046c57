package org.rollcall.collector.evidence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The files of the log's folder. */
record DayFiles(Path folder) {
  private static final String JOURNAL = ".journal";
  private static final String HEAD = ".head";

  Path journal(LocalDate day) {
    return folder.resolve(day + JOURNAL);
  }

  Path records(LocalDate day) {
    return folder.resolve(day + ".records");
  }

  Path index(LocalDate day) {
    return folder.resolve(day + ".index");
  }

  Path signature(LocalDate day) {
    return folder.resolve(day + HEAD + ".sig");
  }

  /** Comes last: while it is missing, the day is not closed. */
  Path head(LocalDate day) {
    return folder.resolve(day + HEAD);
  }

  TreeSet<LocalDate> journals() throws IOException {
    return days(JOURNAL);
  }

  TreeSet<LocalDate> closed() throws IOException {
    return days(HEAD);
  }

  private TreeSet<LocalDate> days(String end) throws IOException {
    TreeSet<LocalDate> days = new TreeSet<>();
    if (!Files.isDirectory(folder)) {
      return days;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        String name = file.getFileName().toString();
        if (name.endsWith(end)) {
          add(days, name.substring(0, name.length() - end.length()));
        }
      }
    }
    return days;
  }

  private static void add(TreeSet<LocalDate> days, String name) {
    try {
      days.add(LocalDate.parse(name));
    } catch (DateTimeParseException ignored) {
      // A file that somebody else put there is none of ours.
    }
  }
}
