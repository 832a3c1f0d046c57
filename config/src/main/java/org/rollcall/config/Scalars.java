package org.rollcall.config;

import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How one value is read from its written form; relative paths are resolved against a folder. */
final class Scalars {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)");
  private static final Map<String, Duration> UNITS =
      Map.of(
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1));

  private static final String FROM_FILE = "file:";
  private static final long LARGEST_SECRET_BYTES = 64 * 1024;

  private final Path folder;
  private final Map<Type, Function<String, Object>> readers;

  Scalars(Path folder) {
    this.folder = folder;
    readers =
        Map.ofEntries(
            Map.entry(String.class, text -> text),
            Map.entry(int.class, text -> number(text, Integer::valueOf, "whole number")),
            Map.entry(Integer.class, text -> number(text, Integer::valueOf, "whole number")),
            Map.entry(long.class, text -> number(text, Long::valueOf, "whole number")),
            Map.entry(Long.class, text -> number(text, Long::valueOf, "whole number")),
            Map.entry(double.class, text -> number(text, Double::valueOf, "number")),
            Map.entry(Double.class, text -> number(text, Double::valueOf, "number")),
            Map.entry(boolean.class, Scalars::bool),
            Map.entry(Boolean.class, Scalars::bool),
            Map.entry(Duration.class, Scalars::duration),
            Map.entry(DataSize.class, DataSize::parse),
            Map.entry(Path.class, text -> folder.resolve(text).normalize()),
            Map.entry(LocalDate.class, text -> time(text, LocalDate::parse, "2026-09-01")),
            Map.entry(LocalTime.class, text -> time(text, LocalTime::parse, "08:00")));
  }

  boolean reads(Class<?> type) {
    return type.isEnum() || readers.containsKey(type);
  }

  /** Throws IllegalArgumentException whose text says what would do. */
  Object read(String text, Class<?> type) {
    if (type.isEnum()) {
      return constant(text, type);
    }
    Function<String, Object> reader = readers.get(type);
    if (reader == null) {
      throw new IllegalStateException("BUG: settings of type " + type + " cannot be read");
    }
    return reader.apply(text);
  }

  /**
   * A secret, from the file it is kept in where the text names one.
   *
   * @throws IllegalArgumentException whose text says what would do
   */
  String secret(String text) {
    if (!text.startsWith(FROM_FILE)) {
      return text;
    }
    Path file;
    try {
      file = folder.resolve(text.substring(FROM_FILE.length()).strip()).normalize();
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("write file: and the path of a file", e);
    }
    try {
      if (Files.size(file) > LARGEST_SECRET_BYTES) {
        throw new IllegalArgumentException(file + " is larger than 64 KiB: name another file");
      }
      String kept = Files.readString(file);
      return kept.endsWith("\n")
          ? kept.substring(0, kept.length() - (kept.endsWith("\r\n") ? 2 : 1))
          : kept;
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException("there is no file " + file, e);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          file + " cannot be read: check its permissions and that it is UTF-8", e);
    }
  }

  /** A text that names a file as {@code file:PATH}, with the whole path; any other as it is. */
  String placed(String text) {
    if (!text.startsWith(FROM_FILE)) {
      return text;
    }
    try {
      return FROM_FILE + folder.resolve(text.substring(FROM_FILE.length()).strip()).normalize();
    } catch (InvalidPathException noPath) {
      return text;
    }
  }

  /** Null when the value lies in the range, else what would do. */
  @Nullable String outside(Object value, Range range, Class<?> type) {
    @SuppressWarnings("unchecked")
    Comparable<Object> comparable = (Comparable<Object>) value;
    boolean inside =
        comparable.compareTo(read(range.min(), type)) >= 0
            && comparable.compareTo(read(range.max(), type)) <= 0;
    return inside ? null : "use " + range.min() + " to " + range.max();
  }

  private static Object number(String text, Function<String, Object> parse, String what) {
    try {
      return parse.apply(text.strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("write a " + what, e);
    }
  }

  private static Object bool(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("write true or false");
    };
  }

  private static Object duration(String text) {
    Matcher form = DURATION.matcher(text.strip());
    if (!form.matches()) {
      throw new IllegalArgumentException("write a time span as 500ms, 30s, 5m, 24h or 30d");
    }
    Duration unit = UNITS.getOrDefault(form.group(2), Duration.ZERO);
    return unit.multipliedBy(Long.parseLong(form.group(1)));
  }

  private static Object time(String text, Function<String, Object> parse, String example) {
    try {
      return parse.apply(text.strip());
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("write it as " + example, e);
    }
  }

  private static Object constant(String text, Class<?> type) {
    String wanted = text.strip().replace('-', '_');
    for (Object constant : type.getEnumConstants()) {
      if (((Enum<?>) constant).name().equalsIgnoreCase(wanted)) {
        return constant;
      }
    }
    String known =
        Arrays.stream(type.getEnumConstants())
            .map(c -> ((Enum<?>) c).name().toLowerCase(Locale.ROOT).replace('_', '-'))
            .collect(Collectors.joining(", "));
    throw new IllegalArgumentException("use one of " + known);
  }
}
