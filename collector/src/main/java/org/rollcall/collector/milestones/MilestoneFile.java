package org.rollcall.collector.milestones;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.declared.DeclaredIndicator;
import org.rollcall.config.Range;
import org.rollcall.config.SettingsException;
import org.rollcall.config.SettingsReader;

/**
 * {@code config/milestones.yaml}. The steps of a profile's plan need no entry.
 *
 * @param milestones in any order
 */
public record MilestoneFile(List<Entry> milestones) {
  private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,59}");
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("MM-dd");

  /** No milestones but those of the plan. */
  public static final MilestoneFile NONE = new MilestoneFile(List.of());

  /**
   * One milestone; exactly one of {@code every}, {@code on} and {@code declared} says when.
   *
   * @param source where it stands: document and article, or that it is a project default
   * @param regions codes; empty: every county
   * @param every a day of each year, as 05-31
   * @param on one day
   * @param declared the declared date from which it is counted
   * @param years after that date; 0: on it
   * @param lead the unit that leads, not a person
   * @param assist units that assist
   */
  public record Entry(
      String id,
      String title,
      String titleEn,
      String source,
      String sourceEn,
      List<String> regions,
      @Nullable String every,
      @Nullable LocalDate on,
      @Nullable String declared,
      @Nullable @Range(min = "0", max = "50") Integer years,
      @Nullable String lead,
      List<String> assist) {
    public Entry {
      regions = List.copyOf(regions);
      assist = List.copyOf(assist);
      if (!ID.matcher(id).matches()) {
        throw new IllegalArgumentException(
            "the id " + id + " has small letters, digits and hyphens, at most 60");
      }
      int ways = (every == null ? 0 : 1) + (on == null ? 0 : 1) + (declared == null ? 0 : 1);
      if (ways != 1) {
        throw new IllegalArgumentException(id + " needs one of every, on and declared");
      }
      if (every != null) {
        day(id, every);
      }
      if (declared != null) {
        DeclaredIndicator indicator = indicator(declared);
        if (indicator == null || indicator.kind() != DeclaredIndicator.Kind.DATE) {
          throw new IllegalArgumentException(
              id + ": declared names an indicator that is a date, such as zone-designated");
        }
      }
      if (years != null && declared == null) {
        throw new IllegalArgumentException(id + ": years belongs to declared");
      }
    }

    private static MonthDay day(String id, String text) {
      try {
        return MonthDay.from(DAY.parse(text));
      } catch (DateTimeParseException e) {
        throw new IllegalArgumentException(id + ": every is a day such as 05-31", e);
      }
    }

    @Nullable MonthDay day() {
      return every == null ? null : day(id, every);
    }

    @Nullable DeclaredIndicator from() {
      return declared == null ? null : indicator(declared);
    }

    private static @Nullable DeclaredIndicator indicator(String id) {
      for (DeclaredIndicator each : DeclaredIndicator.values()) {
        if (each.id().equals(id)) {
          return each;
        }
      }
      return null;
    }
  }

  public MilestoneFile {
    milestones = List.copyOf(milestones);
    Set<String> ids = new HashSet<>();
    for (Entry entry : milestones) {
      if (!ids.add(entry.id())) {
        throw new IllegalArgumentException("two milestones have the id " + entry.id());
      }
    }
  }

  /** Reads the file. */
  public static MilestoneFile read(Path file) throws SettingsException {
    return SettingsReader.read(file, MilestoneFile.class);
  }
}
