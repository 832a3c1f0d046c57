package org.rollcall.collector.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.rollcall.collector.calendar.SchoolCalendars;
import org.rollcall.collector.profile.Profile;
import org.rollcall.collector.profile.Profiles;
import org.rollcall.config.SettingsException;

/**
 * Profile and calendars as the files that people wrote: what a proof carries of them, and how they
 * are read out of it again.
 */
record BasisTexts(Profile profile, SchoolCalendars calendars) {
  private static final String TARGETS = "targets/";
  private static final String CALENDARS = "calendars/";

  /** The files of a profile and of those it stands on, by their name in a proof. */
  static Map<String, byte[]> targets(Profile profile, Path folder) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    put(files, profile.id(), folder);
    for (Profile.Parent parent : profile.parents()) {
      put(files, parent.id(), folder);
    }
    return files;
  }

  private static void put(Map<String, byte[]> files, String id, Path folder) throws IOException {
    files.put(TARGETS + id + ".yaml", Files.readAllBytes(folder.resolve(id + ".yaml")));
  }

  /** The calendars of a folder, or one file, by their name in a proof. */
  static Map<String, byte[]> calendars(Path path) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    if (!Files.isDirectory(path)) {
      files.put(CALENDARS + path.getFileName(), Files.readAllBytes(path));
      return files;
    }
    try (Stream<Path> inside = Files.list(path)) {
      List<Path> yaml = inside.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
      for (Path file : yaml) {
        files.put(CALENDARS + file.getFileName(), Files.readAllBytes(file));
      }
    }
    return files;
  }

  /**
   * Reads them out of a proof's files.
   *
   * @param oneCalendar whether its only calendar is for every school whatever regions it names
   * @throws IOException if they are missing or cannot be used
   */
  static BasisTexts read(Map<String, byte[]> files, String profile, boolean oneCalendar)
      throws IOException {
    Path folder = Files.createTempDirectory("rollcall-proof");
    try {
      Path targets = write(files, TARGETS, folder.resolve("targets"));
      Path calendars = write(files, CALENDARS, folder.resolve("calendars"));
      Profile found = Profiles.read(targets).get(profile);
      if (found == null) {
        throw new IOException("There is no profile " + profile + " in the file.");
      }
      return new BasisTexts(found, SchoolCalendars.read(oneCalendar ? only(calendars) : calendars));
    } catch (SettingsException e) {
      throw new IOException(
          String.valueOf(e.getMessage()).replace(folder.toString(), "The file's basis"), e);
    } finally {
      delete(folder);
    }
  }

  private static Path write(Map<String, byte[]> files, String begin, Path folder)
      throws IOException {
    Files.createDirectory(folder);
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      if (file.getKey().startsWith(begin)) {
        String name = file.getKey().substring(begin.length());
        if (!name.matches("[\\p{L}\\p{N}._-]{1,100}\\.yaml")) {
          throw new IOException(file.getKey() + " is no name for a file of a proof.");
        }
        Files.writeString(
            folder.resolve(name), new String(file.getValue(), StandardCharsets.UTF_8));
      }
    }
    return folder;
  }

  private static Path only(Path folder) throws IOException {
    try (Stream<Path> inside = Files.list(folder)) {
      return inside
          .findFirst()
          .orElseThrow(() -> new IOException("There is no calendar in the file."));
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> inside = Files.walk(folder)) {
      inside
          .sorted(Comparator.reverseOrder())
          .forEach(
              file -> {
                try {
                  Files.deleteIfExists(file);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    } catch (UncheckedIOException e) {
      throw new IOException("A temporary folder could not be removed: " + folder, e);
    }
  }
}
