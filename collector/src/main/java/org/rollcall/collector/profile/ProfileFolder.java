package org.rollcall.collector.profile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.rollcall.config.Problem;
import org.rollcall.config.SettingsException;

/** The profiles of a folder as texts: every {@code ID.yaml} but {@code ID.examples.yaml}. */
final class ProfileFolder {
  private static final String ENDING = ".yaml";

  /** How the file of a profile's example cases ends. */
  private static final String EXAMPLES = ".examples.yaml";

  private ProfileFolder() {}

  /**
   * Each text by its id, in the order of the ids.
   *
   * @throws SettingsException if the folder or one of its files cannot be read
   */
  static Map<String, String> texts(Path folder) throws SettingsException {
    Map<String, String> texts = new TreeMap<>();
    List<Problem> problems = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        String name = String.valueOf(file.getFileName());
        if (name.endsWith(ENDING) && !name.endsWith(EXAMPLES)) {
          try {
            texts.put(name.substring(0, name.length() - ENDING.length()), Files.readString(file));
          } catch (IOException e) {
            problems.add(
                new Problem(
                    name,
                    "(file)",
                    "it cannot be read",
                    "check its permissions and that it is UTF-8"));
          }
        }
      }
    } catch (IOException e) {
      problems.add(
          new Problem(
              "(folder)", folder.toString(), "it cannot be read", "name an existing folder"));
    }
    if (!problems.isEmpty()) {
      throw new SettingsException(folder.toString(), problems);
    }
    return texts;
  }

  static Profile readOne(Path yaml) throws SettingsException {
    String name = String.valueOf(yaml.getFileName());
    if (!name.endsWith(ENDING) || !Files.exists(yaml)) {
      throw new SettingsException(
          yaml.toString(),
          List.of(
              new Problem(
                  "(file)", name, "there is no such profile", "name an existing file, ID.yaml")));
    }
    Path folder = yaml.toAbsolutePath().getParent();
    Map<String, String> texts = texts(folder == null ? Path.of("/") : folder);
    Resolution resolution = new Resolution(texts::get);
    String id = name.substring(0, name.length() - ENDING.length());
    Profile profile = resolution.profile(id);
    if (profile == null) {
      throw new SettingsException(yaml.toString(), withParents(id, resolution));
    }
    return profile;
  }

  /** What is wrong with it, then with those it inherits, each under its file's name. */
  private static List<Problem> withParents(String id, Resolution resolution) {
    List<Problem> all = new ArrayList<>(resolution.problems(id));
    for (String other : resolution.seen()) {
      if (!other.equals(id)) {
        resolution.problems(other).forEach(problem -> all.add(in(other, problem)));
      }
    }
    return all;
  }

  /** The same with its file's name before its place. */
  static Problem in(String id, Problem problem) {
    return new Problem(
        id + ENDING + ": " + problem.path(), problem.value(), problem.reason(), problem.hint());
  }
}
