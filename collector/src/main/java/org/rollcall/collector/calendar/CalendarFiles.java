package org.rollcall.collector.calendar;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rollcall.config.Problem;
import org.rollcall.config.SettingsException;
import org.rollcall.config.SettingsReader;

/**
 * Calendar files as they were read, with which version of an id is in force when and which file
 * rests on which. Finds files that cannot be told apart, bases that are not there and bases that
 * lead back to themselves.
 */
final class CalendarFiles {
  private final Map<String, CalendarFile> files = new LinkedHashMap<>();
  private final Map<String, List<CalendarFile>> versions = new TreeMap<>();
  private final List<Problem> problems = new ArrayList<>();

  /** The file that was named alone: its problems need no file name. */
  private final @Nullable String main;

  private CalendarFiles(@Nullable String main) {
    this.main = main;
  }

  static CalendarFiles of(String name, CalendarFile file) {
    CalendarFiles read = new CalendarFiles(name);
    read.files.put(name, file);
    read.settle();
    return read;
  }

  /** One file, and those it rests on beside it. */
  static CalendarFiles ofFile(Path file) throws SettingsException {
    String name = name(file);
    CalendarFiles read = new CalendarFiles(name);
    CalendarFile found = SettingsReader.read(file, CalendarFile.class);
    read.files.put(name, found);
    String base = found.base();
    while (base != null && !read.files.containsKey(base)) {
      Path beside = file.resolveSibling(base);
      read.add(beside);
      CalendarFile next = read.files.get(base);
      base = next == null ? null : next.base();
    }
    read.settle();
    return read;
  }

  static CalendarFiles ofFolder(Path folder) throws SettingsException {
    CalendarFiles read = new CalendarFiles(null);
    List<Path> found;
    try (Stream<Path> list = Files.list(folder)) {
      found = list.filter(p -> name(p).endsWith(".yaml")).sorted().toList();
    } catch (IOException e) {
      throw new SettingsException(
          folder.toString(),
          List.of(new Problem("(folder)", folder.toString(), "it cannot be read", "" + e)));
    }
    if (found.isEmpty()) {
      read.problem("(folder)", folder, "holds no calendar", "put files *.yaml there");
    }
    found.forEach(read::add);
    read.settle();
    return read;
  }

  private static String name(Path file) {
    return Objects.requireNonNullElse(file.getFileName(), file).toString();
  }

  private void add(Path file) {
    if (!Files.exists(file)) {
      return;
    }
    try {
      files.put(name(file), SettingsReader.read(file, CalendarFile.class));
    } catch (SettingsException e) {
      for (Problem p : e.problems()) {
        problems.add(new Problem(name(file) + " " + p.path(), p.value(), p.reason(), p.hint()));
      }
      broken.add(name(file));
    }
  }

  /** Files that are there but could not be read. */
  private final Set<String> broken = new HashSet<>();

  private void settle() {
    Map<String, String> named = new TreeMap<>();
    Map<String, String> begun = new TreeMap<>();
    files.forEach(
        (name, file) -> {
          versions.computeIfAbsent(file.id(), id -> new ArrayList<>()).add(file);
          String twin = named.putIfAbsent(file.name(), name);
          String rival = begun.putIfAbsent(file.id() + " " + file.effective(), name);
          if (twin != null) {
            problem(
                at(name, "version"),
                file.name(),
                "is the version of " + twin + " as well",
                "give each version of a calendar its own name");
          } else if (rival != null) {
            problem(
                at(name, "effective"),
                file.effective() == null ? "(missing)" : file.effective(),
                "comes into force together with " + rival + ", another version of " + file.id(),
                "give the newer one its first day");
          }
        });
    versions
        .values()
        .forEach(
            list ->
                list.sort(
                    Comparator.comparing(
                        file -> Objects.requireNonNullElse(file.effective(), LocalDate.MIN))));
    files.forEach(this::base);
  }

  private void base(String name, CalendarFile file) {
    List<String> way = new ArrayList<>(List.of(name));
    Set<String> ids = new HashSet<>(Set.of(file.id()));
    String base = file.base();
    while (base != null) {
      CalendarFile next = files.get(base);
      way.add(base);
      if (next == null) {
        if (way.size() == 2 && !broken.contains(base)) {
          problem(
              at(name, "base"), base, "there is no such file beside it", "name a calendar's file");
        }
        return;
      }
      if (!ids.add(next.id())) {
        problem(
            at(name, "base"),
            file.base() + "",
            "leads back to a calendar it began with: " + String.join(" -> ", way),
            "a calendar cannot rest on itself");
        return;
      }
      base = next.base();
    }
  }

  /** Where in which file. */
  String at(String name, String path) {
    return name.equals(main) ? path : name + " " + path;
  }

  private void problem(String path, Object value, String reason, String hint) {
    problems.add(new Problem(path, value.toString(), reason, hint));
  }

  Map<String, CalendarFile> files() {
    return files;
  }

  Set<String> ids() {
    return versions.keySet();
  }

  List<Problem> problems() {
    return problems;
  }

  /** The version in force on that day; null before the first. */
  private @Nullable CalendarFile inForce(String id, LocalDate day) {
    CalendarFile found = null;
    for (CalendarFile file : versions.getOrDefault(id, List.of())) {
      if (file.effective() == null || !file.effective().isAfter(day)) {
        found = file;
      }
    }
    return found;
  }

  /**
   * The calendar in force on a day with what it rests on, itself first; empty before its first
   * version. A base that is not in force yet speaks by its first version.
   */
  List<CalendarFile> chain(String id, LocalDate day) {
    List<CalendarFile> chain = new ArrayList<>();
    CalendarFile file = inForce(id, day);
    Set<String> ids = new HashSet<>();
    while (file != null && ids.add(file.id())) {
      chain.add(file);
      CalendarFile named = file.base() == null ? null : files.get(file.base());
      file = named == null ? null : inForce(named.id(), day);
      if (named != null && file == null) {
        file = versions.getOrDefault(named.id(), List.of(named)).get(0);
      }
    }
    return chain;
  }
}
