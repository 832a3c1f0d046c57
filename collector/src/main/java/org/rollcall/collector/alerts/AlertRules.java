package org.rollcall.collector.alerts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.rollcall.config.Problem;
import org.rollcall.config.SettingsException;
import org.rollcall.config.SettingsReader;

/** The rules of a folder, one a file, by id. */
public record AlertRules(List<AlertRule> all) {
  /** Rules in a folder. Project default. */
  static final int MOST = 200;

  public AlertRules {
    all = List.copyOf(all);
  }

  /** No rules, and so no alerts. */
  public static AlertRules none() {
    return new AlertRules(List.of());
  }

  /**
   * Reads the {@code .yaml} files of a folder.
   *
   * @throws SettingsException naming what is wrong with all of them
   */
  public static AlertRules read(Path folder) throws SettingsException {
    List<Problem> problems = new ArrayList<>();
    Map<String, AlertRule> byId = new TreeMap<>();
    for (Path file : files(folder)) {
      try {
        AlertRule rule = SettingsReader.read(file, AlertRule.class);
        if (byId.put(rule.id(), rule) != null) {
          problems.add(
              new Problem(
                  file + ": id", rule.id(), "another file has it", "give each rule its own id"));
        }
      } catch (SettingsException e) {
        e.problems()
            .forEach(
                p ->
                    problems.add(
                        new Problem(file + ": " + p.path(), p.value(), p.reason(), p.hint())));
      }
    }
    if (!problems.isEmpty()) {
      throw new SettingsException(folder.toString(), problems);
    }
    return new AlertRules(List.copyOf(byId.values()));
  }

  private static List<Path> files(Path folder) throws SettingsException {
    if (!Files.isDirectory(folder)) {
      throw one(folder, "there is no such folder", "name the folder of the alert rules");
    }
    try (Stream<Path> all = Files.list(folder)) {
      List<Path> files =
          all.filter(file -> file.getFileName().toString().endsWith(".yaml")).sorted().toList();
      if (files.size() > MOST) {
        throw one(folder, "it holds " + files.size() + " rules", "keep at most " + MOST);
      }
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException("The folder " + folder + " cannot be read.", e);
    }
  }

  private static SettingsException one(Path folder, String reason, String hint) {
    return new SettingsException(
        folder.toString(), List.of(new Problem(folder.toString(), "(folder)", reason, hint)));
  }
}
