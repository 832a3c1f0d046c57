package org.rollcall.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a YAML file into a record. Keys are the record's component names; what a component's type
 * and annotations do not allow, an unknown key, a missing one without a {@link Default}, and what a
 * compact constructor refuses are all problems, and all are reported at once. A component marked
 * nullable is optional.
 */
public final class SettingsReader {
  private SettingsReader() {}

  /**
   * Reads a file; relative paths in it are resolved against its folder.
   *
   * @throws SettingsException naming every problem
   */
  public static <T extends Record> T read(Path file, Class<T> type) throws SettingsException {
    String text;
    try {
      text = Files.readString(file);
    } catch (NoSuchFileException e) {
      throw one(file.toString(), "there is no such file", "name an existing file with --config");
    } catch (IOException e) {
      throw one(file.toString(), "it cannot be read", "check its permissions and that it is UTF-8");
    }
    Path folder = file.toAbsolutePath().getParent();
    return read(file.toString(), text, folder == null ? Path.of("/") : folder, type);
  }

  /** Reads from text; {@code name} stands for the file in what is reported. */
  public static <T extends Record> T read(String name, String text, Path folder, Class<T> type)
      throws SettingsException {
    Node tree;
    try {
      tree = YamlTree.of(text);
    } catch (YamlTree.BrokenException e) {
      throw one(name, "line " + e.line() + " is not YAML", e.said());
    }
    if (tree.isNull()) {
      tree = Node.NO_SETTINGS;
    }
    List<Problem> problems = new ArrayList<>();
    Object settings = new Binder(new Scalars(folder), problems).bindRecord("", tree, type);
    if (!problems.isEmpty() || settings == null) {
      throw new SettingsException(name, problems);
    }
    return type.cast(settings);
  }

  private static SettingsException one(String name, String reason, String hint) {
    return new SettingsException(name, List.of(new Problem(name, "(file)", reason, hint)));
  }
}
