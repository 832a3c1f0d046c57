package org.rollcall.collector.alerts;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.rollcall.config.Default;
import org.rollcall.config.Key;
import org.rollcall.config.Range;

/**
 * A rule as its file has it: from which value of a signal on it is an alert, and when people may be
 * told.
 *
 * @param id letters, digits and hyphens; names the alerts made by it
 * @param raise values that are bad
 * @param clear values that are good again; null: those that are not bad. In between nothing changes
 * @param lasting for how long it must have been bad before it is an alert
 * @param clearFor for how long it must have been good before the alert is over
 * @param calm the same of one that turned good and bad again {@link AlertBook#TURNS} times in an
 *     hour
 * @param tell when people may be told
 * @param before with {@link When#LESSONS}: told from so long before the first lesson on
 * @param note a line for people who read the file
 * @param examples what it must say, for {@code ./rollcall check-alerts}
 */
public record AlertRule(
    String id,
    String title,
    String titleEn,
    SignalKind signal,
    Bound raise,
    @Nullable Bound clear,
    @Key("for") @Default("0s") @Range(min = "0s", max = "30d") Duration lasting,
    @Default("5m") @Range(min = "0s", max = "7d") Duration clearFor,
    @Default("1h") @Range(min = "0s", max = "7d") Duration calm,
    @Default("lessons") When tell,
    @Default("1h") @Range(min = "0s", max = "6h") Duration before,
    @Nullable String note,
    List<AlertExample> examples) {
  private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,59}");

  /** When people may be told. */
  public enum When {
    /** On school days, from a while before the first lesson to the end of the last. */
    LESSONS,
    /** On school days from 08:00 to 18:00. Project default. */
    SCHOOL_DAYS,
    /** At any time, nights and holidays too. */
    ALWAYS
  }

  /**
   * Values on one side of a number.
   *
   * @param atLeast this or more; null with {@code below}
   * @param below less than this; null with {@code atLeast}
   */
  public record Bound(@Nullable Double atLeast, @Nullable Double below) {
    public Bound {
      if ((atLeast == null) == (below == null)) {
        throw new IllegalArgumentException("write either atLeast or below");
      }
    }

    boolean holds(double value) {
      return atLeast != null ? value >= atLeast : below != null && value < below;
    }
  }

  public AlertRule {
    examples = List.copyOf(examples);
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "the id " + id + " must have small letters, digits and hyphens, at most 60");
    }
    if (clear != null && (clear.atLeast() == null) == (raise.atLeast() == null)) {
      throw new IllegalArgumentException("raise and clear must lie on different sides");
    }
    if (calm.compareTo(clearFor) < 0) {
      throw new IllegalArgumentException("calm must not be shorter than clearFor");
    }
  }

  boolean isBad(double value) {
    return raise.holds(value);
  }

  boolean isGood(double value) {
    return clear == null ? !raise.holds(value) : clear.holds(value) && !raise.holds(value);
  }
}
