package org.rollcall.collector.day;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.protocol.Subject;

/**
 * One school on one date in the calendar's zone: all that a rule may ask, so that judging needs no
 * observations. Minutes are minutes of lessons; on a day without lessons they are 0. For the day
 * and for each of its subjects, minutes up, down, unknown and planned add up to the lesson minutes.
 *
 * @param calendarVersion the calendar by which lessons were told
 * @param states of the school as a whole: up where anything was, down where all that was seen was
 *     down, planned in its maintenance
 * @param seenLessonMinutes those for which anything at all was seen, even what tells neither up nor
 *     down. Explains, decides nothing
 * @param gapLessonMinutes those for which an agent says it saw and could not keep what it saw.
 *     Explains, decides nothing
 * @param leftOut observations beyond {@link DayTally}'s bounds, which no figure holds
 * @param subjects what was seen, in the order of its subject
 */
public record SchoolDay(
    String school,
    LocalDate date,
    String calendarVersion,
    boolean schoolDay,
    LessonStates states,
    int seenLessonMinutes,
    int gapLessonMinutes,
    int leftOut,
    List<SubjectDay> subjects) {

  public SchoolDay {
    subjects = List.copyOf(subjects);
  }

  /** Planned minutes of lessons, by the calendar. */
  public int lessonMinutes() {
    return states.minutes();
  }

  /** Minutes of lessons of which nothing is known: neither up nor down nor maintenance. */
  public int unknownLessonMinutes() {
    return states.availability().unknown();
  }

  public @Nullable SubjectDay find(String subject) {
    int place = placeOf(subject);
    return place < 0 ? null : subjects.get(place);
  }

  /** Where a subject stands among {@link #subjects}; negative if it was not seen. */
  public int placeOf(String subject) {
    int low = 0;
    int high = subjects.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = subjects.get(middle).subject().compareTo(subject);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }

  /**
   * One subject on that day.
   *
   * @param samples how often it was seen
   * @param up how often it was up; a sample that does not tell is neither up nor down
   * @param firstMillis when it was first seen, milliseconds since 1970
   * @param lastMillis when it was last seen
   * @param lessonSamples samples in lessons, outside maintenance, that tell up or down
   * @param lessonUp those that tell up
   * @param lessons its minutes of lessons
   * @param uptimeSeconds the newest uptime it told
   * @param states its lesson minutes one by one; only kept of computers and lines
   * @param on how long it was switched on; only of terminals, projectors and computers
   * @param fault what it said is broken; null where nothing was
   * @param link what only a line shows
   * @param service what only a service shows
   * @param path what only a path shows
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
      Availability lessons,
      @Nullable Long uptimeSeconds,
      @Nullable LessonStates states,
      @Nullable OnMinutes on,
      @Nullable FaultDay fault,
      @Nullable LinkDay link,
      @Nullable ServiceDay service,
      @Nullable PathDay path,
      List<LineTest> tests) {

    public SubjectDay {
      tests = List.copyOf(tests);
    }

    public String kind() {
      return Subject.kind(subject);
    }

    /** Whether {@link #kind} is that; makes no text. */
    public boolean isOfKind(String kind) {
      return subject.length() > kind.length()
          && subject.charAt(kind.length()) == ':'
          && subject.startsWith(kind);
    }

    public String name() {
      return Subject.name(subject);
    }

    /** Minutes of lessons in which it was up. */
    public int lessonMinutesUp() {
      return lessons.up();
    }

    /** Minutes of lessons in which it was down. */
    public int lessonMinutesDown() {
      return lessons.down();
    }
  }

  /**
   * For how long a machine was switched on, for statistics of use; maintenance is not taken off.
   * One in standby is not on, one with a fault may be.
   *
   * @param lessons minutes of the day's lessons
   * @param day minutes of the whole day
   * @param times how often it was switched on: seen on after it was seen off, or at its first look
   * @param first minute of the day, 0 to 1439, at which it was first seen on; -1 if it never was
   * @param last minute of the day, to 1440, until which it was last on; -1 if it never was
   */
  public record OnMinutes(int lessons, int day, int times, int first, int last) {
    public OnMinutes {
      if (times == 0 ? first != -1 || last != -1 : first < 0 || last < first) {
        throw new IllegalArgumentException(
            times + " times on from minute " + first + " to " + last + " cannot be.");
      }
    }
  }

  /**
   * What a machine said of itself that is broken.
   *
   * @param times how often it fell into the state of a fault
   * @param bits all fault bits it told on that day, warnings too, by the layout of {@code
   *     faultBits} in docs/wire-protocol.md
   */
  public record FaultDay(int times, int bits) {}

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
   * What a service showed; its samples stand in the subject.
   *
   * @param medianMillis the middle response time, of two the lower one; null when none was told
   * @param p95Millis the response time that 95 % of the answers did not exceed (nearest rank)
   * @param certificateDays the fewest days its certificate was still good for; null when not told
   */
  public record ServiceDay(
      @Nullable Integer medianMillis,
      @Nullable Integer p95Millis,
      @Nullable Integer certificateDays) {}

  /**
   * Which way the traffic took.
   *
   * @param samples how often it was looked at
   * @param viaDistrict how often it went by way of the district's network
   * @param vpn how often through a VPN
   */
  public record PathDay(int samples, int viaDistrict, int vpn) {}

  /**
   * An active test of a line.
   *
   * @param downloadBits bit/s, rounded down
   * @param utilisation share of the line that others used meanwhile, 0 to 1; null when unknown
   * @param clockSkewSeconds how far the agent's clock was off, either way; null when not told
   */
  public record LineTest(
      long timeMillis,
      long downloadBits,
      double transferSeconds,
      @Nullable Double utilisation,
      @Nullable Double clockSkewSeconds) {}
}
