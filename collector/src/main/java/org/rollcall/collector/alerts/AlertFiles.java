package org.rollcall.collector.alerts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rollcall.config.Problem;
import org.rollcall.config.SettingsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rules and duty as their files are now. What is wrong with a file is said once, and the last good
 * version stays in force. One thread; {@link #problems} any.
 */
final class AlertFiles {
  private static final Logger log = LoggerFactory.getLogger(AlertFiles.class);

  private final AlertSettings settings;
  private AlertRules rules = AlertRules.none();
  private Duty duty = Duty.NOBODY;
  private String seen = "";
  private volatile List<Problem> problems = List.of();

  AlertFiles(AlertSettings settings) {
    this.settings = settings;
  }

  AlertRules rules() {
    return rules;
  }

  Duty duty() {
    return duty;
  }

  /** What is wrong with the files as they are now. */
  List<Problem> problems() {
    return problems;
  }

  /** Reads what has changed since the last look. */
  void look() {
    String now = state();
    if (now.equals(seen)) {
      return;
    }
    seen = now;
    List<Problem> wrong = new ArrayList<>();
    try {
      Path folder = settings.rules();
      rules = folder == null ? AlertRules.none() : AlertRules.read(folder);
    } catch (SettingsException e) {
      wrong.addAll(e.problems());
    }
    try {
      Path file = settings.duty();
      duty = file == null ? Duty.NOBODY : Duty.read(file);
    } catch (SettingsException e) {
      wrong.addAll(e.problems());
    }
    problems = List.copyOf(wrong);
    for (Problem each : wrong) {
      log.atWarn().addKeyValue("problem", each).log("Alert files cannot be used as they are");
    }
  }

  /** Names, sizes and times of all files: differs when any of them does. */
  private String state() {
    StringBuilder state = new StringBuilder();
    Optional.ofNullable(settings.duty()).ifPresent(file -> add(state, file));
    Path folder = settings.rules();
    if (folder != null && Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        files.sorted(Comparator.naturalOrder()).forEach(file -> add(state, file));
      } catch (IOException e) {
        throw new UncheckedIOException("The folder " + folder + " cannot be read.", e);
      }
    }
    return state.toString();
  }

  private static void add(StringBuilder state, Path file) {
    @Nullable FileTime time;
    long size;
    try {
      time = Files.getLastModifiedTime(file);
      size = Files.size(file);
    } catch (IOException e) {
      time = null;
      size = -1;
    }
    state.append(file).append(' ').append(size).append(' ').append(time).append('\n');
  }
}
