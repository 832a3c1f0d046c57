package org.rollcall.web.api;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.accounts.Viewer;
import org.rollcall.collector.audit.Actor;

/**
 * What a caller asks, and who the caller is.
 *
 * @param path the path's parameters, decoded
 * @param query the query's parameters, decoded; the first of each name
 * @param viewer what the caller may see
 * @param actor who the caller is; without an account for the public
 */
public record Request(
    Map<String, String> path, Map<String, String> query, Viewer viewer, Actor actor) {
  private static final int EARLIEST_YEAR = 1970;
  private static final int LATEST_YEAR = 9999;

  /** A parameter of the path. */
  public String path(String name) {
    String value = path.get(name);
    if (value == null) {
      throw new IllegalStateException("BUG: the route has no parameter " + name);
    }
    return value;
  }

  /** A parameter of the query; null when absent or empty. */
  public @Nullable String text(String name) {
    String value = query.get(name);
    return value == null || value.isBlank() ? null : value.strip();
  }

  /** A whole number within bounds, both allowed. */
  public int number(String name, int min, int max, int absent) {
    String value = text(name);
    if (value == null) {
      return absent;
    }
    try {
      int number = Integer.parseInt(value);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Answered below: out of range and not a number get the same sentence.
    }
    throw ApiProblem.badParameter(
        name,
        value,
        "it is a whole number from " + min + " to " + max,
        "应为 " + min + " 至 " + max + " 的整数");
  }

  /** A day written as 2026-09-01. */
  public @Nullable LocalDate day(String name) {
    String value = text(name);
    if (value == null) {
      return null;
    }
    try {
      LocalDate day = LocalDate.parse(value);
      if (isInRange(day)) {
        return day;
      }
    } catch (DateTimeParseException e) {
      // Answered below: out of range and not a day get the same sentence.
    }
    throw ApiProblem.badParameter(name, value, "write a day as 2026-09-01", "日期应写作 2026-09-01");
  }

  /** A time with its offset. */
  public @Nullable Instant time(String name) {
    String value = text(name);
    if (value == null) {
      return null;
    }
    try {
      // A '+' that was not escaped arrives as a space.
      OffsetDateTime time = OffsetDateTime.parse(value.replace(' ', '+'));
      if (isInRange(time.toLocalDate())) {
        return time.toInstant();
      }
    } catch (DateTimeParseException e) {
      // Answered below: out of range and not a time get the same sentence.
    }
    throw ApiProblem.badParameter(
        name,
        value,
        "write a time as 2026-09-01T08:00:00+08:00",
        "时间应写作 2026-09-01T08:00:00+08:00");
  }

  /** Years that can be reckoned with: those of Java overflow as milliseconds. */
  private static boolean isInRange(LocalDate day) {
    return day.getYear() > EARLIEST_YEAR && day.getYear() < LATEST_YEAR;
  }

  /** One of an enum's names, in any case. */
  public <E extends Enum<E>> @Nullable E oneOf(String name, Class<E> type) {
    String value = text(name);
    if (value == null) {
      return null;
    }
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equalsIgnoreCase(value)) {
        return constant;
      }
    }
    String known =
        String.join(
            ", ",
            java.util.Arrays.stream(type.getEnumConstants())
                .map(c -> c.name().toUpperCase(Locale.ROOT))
                .toList());
    throw ApiProblem.badParameter(name, value, "use one of " + known, "可用 " + known);
  }
}
