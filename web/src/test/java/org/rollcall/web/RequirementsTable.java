package org.rollcall.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The tables of {@code docs/requirements.md} and what is wrong with them: every row must be there
 * once and say which test shows it, that it is not there yet, or why it is rejected.
 */
final class RequirementsTable {
  private static final Pattern ROW = Pattern.compile("(?m)^\\|\\s*([A-Z]\\d+)\\s*\\|(.*)\\|\\s*$");
  private static final Pattern NAME = Pattern.compile("`([A-Z]\\w*)(?:#(\\w+))?`");
  private static final Pattern NOT_YET = Pattern.compile("not yet( \\([^)]*\\))?");
  private static final Set<String> PARTS = Set.of("judging", "agent", "pages", "proof", "alerts");
  private static final Pattern REJECTED = Pattern.compile("^rejected: \\S.*");

  /** What JUnit runs a method for. */
  private static final Pattern ANNOTATION =
      Pattern.compile("@(?:Test|ParameterizedTest|RepeatedTest|FuzzTest)\\b");

  private static final Pattern METHOD = Pattern.compile("\\bvoid\\s+(\\w+)\\s*\\(");
  private static final Pattern BRACES = Pattern.compile("\\{[^}]*\\}");

  private RequirementsTable() {}

  /**
   * Everything wrong with a document, in the order of its rows; missing rows at the end.
   *
   * @param ids the rows there must be
   * @param tests test methods by simple class name
   */
  static List<String> problems(String document, Set<String> ids, Map<String, Set<String>> tests) {
    List<String> problems = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    Matcher row = ROW.matcher(document);
    while (row.find()) {
      String id = row.group(1);
      if (!ids.contains(id)) {
        problems.add(id + ": there is no such requirement");
      } else if (!seen.add(id)) {
        problems.add(id + ": stands there twice");
      }
      problems.addAll(rowProblems(id, row.group(2), tests));
    }
    Set<String> missing = new TreeSet<>(ids);
    missing.removeAll(seen);
    missing.forEach(id -> problems.add(id + ": is missing"));
    return problems;
  }

  private static List<String> rowProblems(String id, String rest, Map<String, Set<String>> tests) {
    List<String> problems = new ArrayList<>();
    String[] cells = rest.split("\\|", -1);
    if (cells.length != 3 || cells[0].isBlank() || cells[1].isBlank()) {
      return List.of(id + ": needs what it asks, where it works and what shows it");
    }
    String shown = cells[2].strip();
    int named = 0;
    Matcher name = NAME.matcher(shown);
    while (name.find()) {
      named++;
      Set<String> methods = tests.get(name.group(1));
      if (methods == null || methods.isEmpty()) {
        problems.add(id + ": there is no test class " + name.group(1));
      } else if (name.group(2) != null && !methods.contains(name.group(2))) {
        problems.add(id + ": " + name.group(1) + " has no test " + name.group(2));
      }
    }
    Matcher notYet = NOT_YET.matcher(shown);
    boolean open = notYet.find();
    if (open && !namesParts(notYet.group(1))) {
      problems.add(id + ": \"not yet\" without the part that brings it, one of " + sorted(PARTS));
    }
    if (named == 0 && !open && !REJECTED.matcher(shown).matches()) {
      problems.add(id + ": has neither a test nor \"not yet\"");
    }
    return problems;
  }

  private static boolean namesParts(@Nullable String inBrackets) {
    if (inBrackets == null) {
      return false;
    }
    String parts = inBrackets.substring(2, inBrackets.length() - 1);
    return Stream.of(parts.split(",", -1)).map(String::strip).allMatch(PARTS::contains);
  }

  private static Set<String> sorted(Set<String> words) {
    return new TreeSet<>(words);
  }

  /** The test methods in every module's {@code src/test/java}, by simple class name. */
  static Map<String, Set<String>> tests(Path root) throws IOException {
    Map<String, Set<String>> tests = new TreeMap<>();
    try (Stream<Path> modules = Files.list(root)) {
      for (Path folder : modules.map(module -> module.resolve("src/test/java")).toList()) {
        if (Files.isDirectory(folder)) {
          read(folder)
              .forEach(
                  (name, methods) ->
                      tests.computeIfAbsent(name, n -> new HashSet<>()).addAll(methods));
        }
      }
    }
    return tests;
  }

  private static Map<String, Set<String>> read(Path folder) throws IOException {
    Map<String, Set<String>> tests = new HashMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .filter(file -> file.toString().endsWith(".java"))
          .forEach(
              file -> {
                String name = String.valueOf(file.getFileName()).replaceFirst("\\.java$", "");
                tests.computeIfAbsent(name, n -> new HashSet<>()).addAll(testsIn(text(file)));
              });
    }
    return tests;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The names of the test methods in a Java source. */
  static Set<String> testsIn(String source) {
    Set<String> names = new HashSet<>();
    Matcher annotation = ANNOTATION.matcher(source);
    Matcher method = METHOD.matcher(source);
    while (annotation.find() && method.find(annotation.end())) {
      // Other annotations may lie between, but no end of a statement and no body.
      String between = source.substring(annotation.end(), method.start());
      String bare = BRACES.matcher(between).replaceAll("");
      if (bare.indexOf(';') < 0 && bare.indexOf('{') < 0) {
        names.add(method.group(1));
      }
    }
    return names;
  }
}
