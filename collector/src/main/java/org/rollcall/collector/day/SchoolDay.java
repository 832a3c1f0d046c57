package org.rollcall.collector.day;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.protocol.Subject;

/**
 * One school on one date in the calendar's zone: all that a rule may ask, so that judging needs no
 * observations. Minutes are minutes of lessons; on a day without lessons they are 0.
 *
 * @param calendarVersion the calendar by which lessons were told
 * @param lessonMinutes planned minutes of lessons
 * @param seenLessonMinutes those for which anything at all was seen of the school
 * @param gapLessonMinutes those for which an agent says it saw and could not keep what it saw; a
 *     gap that began before the days rolled up together is not counted. Explains, decides nothing
 * @param leftOut observations beyond {@link DayTally}'s bounds, which no figure holds
 * @param subjects what was seen, in the order of its subject
 */
public record SchoolDay(
    String school,
    LocalDate date,
    String calendarVersion,
    boolean schoolDay,
    int lessonMinutes,
    int seenLessonMinutes,
    int gapLessonMinutes,
    int leftOut,
    List<SubjectDay> subjects) {

  public SchoolDay {
    subjects = List.copyOf(subjects);
  }

  /** Minutes of lessons of which nothing is known: neither up nor down. */
  public int unknownLessonMinutes() {
    return lessonMinutes - seenLessonMinutes;
  }

  public @Nullable SubjectDay find(String subject) {
    int low = 0;
    int high = subjects.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = subjects.get(middle).subject().compareTo(subject);
      if (order == 0) {
        return subjects.get(middle);
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return null;
  }

  /**
   * One subject on that day. Its lesson minutes up, down and unknown add up to the day's.
   *
   * @param samples how often it was seen
   * @param up how often it was up; a sample that does not tell is neither up nor down
   * @param firstMillis when it was first seen, milliseconds since 1970
   * @param lastMillis when it was last seen
   * @param lessonSamples samples in lessons that tell up or down
   * @param lessonUp those that tell up
   * @param lessonMinutesUp minutes of lessons in which it was up
   * @param lessonMinutesDown minutes of lessons in which it was down
   * @param uptimeSeconds the newest uptime it told
   * @param link what only a line shows; null for everything else
   * @param tests line tests, oldest first
   */
  public record SubjectDay(
      String subject,
      int samples,
      int up,
      long firstMillis,
      long lastMillis,
      int lessonSamples,
      int lessonUp,
      int lessonMinutesUp,
      int lessonMinutesDown,
      @Nullable Long uptimeSeconds,
      @Nullable LinkDay link,
      List<LineTest> tests) {

    public SubjectDay {
      tests = List.copyOf(tests);
    }

    public String kind() {
      return Subject.kind(subject);
    }

    public String name() {
      return Subject.name(subject);
    }
  }

  /**
   * What a line showed. The fastest rates of each day are enough to decide, for any target T and
   * any number n up to {@link #KEPT}, whether the line carried T in n samples of a span of days and
   * on how many of its days, and what the n-th highest rate of the span was.
   *
   * @param minSpeedBits lowest port speed told, bit/s; null when none was
   * @param maxSpeedBits highest port speed told, bit/s
   * @param rates how many rates over a whole poll interval there were
   * @param fastestInBits the highest of them, bit/s rounded down, highest first
   */
  public record LinkDay(
      @Nullable Long minSpeedBits,
      @Nullable Long maxSpeedBits,
      int rates,
      List<Long> fastestInBits) {

    /** How many rates of a day are kept. */
    public static final int KEPT = 20;

    public LinkDay {
      fastestInBits = List.copyOf(fastestInBits);
    }
  }

  /**
   * An active test of a line.
   *
   * @param downloadBits bit/s, rounded down
   * @param utilisation share of the line that others used meanwhile, 0 to 1; null when unknown
   */
  public record LineTest(
      long timeMillis, long downloadBits, double transferSeconds, @Nullable Double utilisation) {}
}
