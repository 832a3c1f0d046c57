package org.rollcall.config;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of bytes, written with its unit: {@code 512B}, {@code 64KiB}, {@code 4MiB}, {@code
 * 2GiB}.
 */
public record DataSize(long bytes) implements Comparable<DataSize> {
  private static final Pattern FORM = Pattern.compile("(\\d{1,12})\\s*(B|KiB|MiB|GiB)");
  private static final Map<String, Integer> SHIFTS =
      Map.of("B", 0, "KiB", 10, "MiB", 20, "GiB", 30);

  public DataSize {
    if (bytes < 0) {
      throw new IllegalArgumentException("a size is not negative");
    }
  }

  /** Reads the written form; IllegalArgumentException says what is expected. */
  public static DataSize parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw new IllegalArgumentException("write a size as a whole number with B, KiB, MiB or GiB");
    }
    int shift = SHIFTS.getOrDefault(form.group(2), 0);
    return new DataSize(Math.multiplyExact(Long.parseLong(form.group(1)), 1L << shift));
  }

  @Override
  public int compareTo(DataSize other) {
    return Long.compare(bytes, other.bytes);
  }

  @Override
  public String toString() {
    for (String unit : new String[] {"GiB", "MiB", "KiB"}) {
      long one = 1L << SHIFTS.getOrDefault(unit, 0);
      if (bytes >= one && bytes % one == 0) {
        return String.format(Locale.ROOT, "%d%s", bytes / one, unit);
      }
    }
    return bytes + "B";
  }
}
