package org.rollcall.collector.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.rollcall.config.Problem;
import org.rollcall.config.SettingsException;

/** A folder of profiles for tests, that begins as a copy of the shipped one. */
public final class Targets {
  public static final Path SHIPPED =
      Path.of(System.getProperty("rollcall.root"), "config", "targets");

  private final Path folder;

  private Targets(Path folder) {
    this.folder = folder;
  }

  public static Targets copied(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(SHIPPED)) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(String.valueOf(file.getFileName())));
      }
    }
    return new Targets(folder);
  }

  public Targets write(String id, String text) throws IOException {
    Files.writeString(folder.resolve(id + ".yaml"), text);
    return this;
  }

  public Targets replace(String id, String from, String to) throws IOException {
    String text = Files.readString(folder.resolve(id + ".yaml"));
    assertThat(text).contains(from);
    return write(id, text.replace(from, to));
  }

  public Targets delete(String id) throws IOException {
    Files.delete(folder.resolve(id + ".yaml"));
    return this;
  }

  public Path folder() {
    return folder;
  }

  /** A child of the letter with these rules. */
  public Targets child(String rules) throws IOException {
    return write("CHILD", head("CHILD", "GD-2010-18") + "rules:\n" + rules);
  }

  public static String head(String id, String inherits) {
    return "id: "
        + id
        + "\nversion: \"1\"\ninherits: "
        + inherits
        + "\ntitle: 某\ntitleEn: Some\nsource: 某\nsourceEn: some\n";
  }

  public List<Problem> problemsOf(String id) {
    try {
      Profile.read(folder.resolve(id + ".yaml"));
      return List.of();
    } catch (SettingsException e) {
      return e.problems();
    }
  }
}
