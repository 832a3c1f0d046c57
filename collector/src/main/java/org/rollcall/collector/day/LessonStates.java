package org.rollcall.collector.day;

import java.util.BitSet;
import java.util.Collection;

/**
 * What each lesson minute of one day was: up, down, unknown or planned (maintenance). Minutes are
 * numbered from 0 in the order of the day's lessons; the four add up to the day's lesson minutes.
 * Immutable; any thread.
 */
public final class LessonStates {
  private final int minutes;
  private final BitSet up;
  private final BitSet down;
  private final BitSet planned;

  /** Takes the sets over; they share no minute and hold none from {@code minutes} on. */
  private LessonStates(int minutes, BitSet up, BitSet down, BitSet planned) {
    this.minutes = minutes;
    this.up = up;
    this.down = down;
    this.planned = planned;
  }

  /**
   * Planned minutes are planned, whatever was seen in them.
   *
   * @throws IllegalArgumentException if a minute is up and down, or lies outside the lessons
   */
  public static LessonStates of(int minutes, BitSet up, BitSet down, BitSet planned) {
    BitSet plannedMinutes = copy(planned);
    BitSet upMinutes = copy(up);
    upMinutes.andNot(plannedMinutes);
    BitSet downMinutes = copy(down);
    downMinutes.andNot(plannedMinutes);
    int last = Math.max(planned.length(), Math.max(up.length(), down.length()));
    if (last > minutes || upMinutes.intersects(downMinutes)) {
      throw new IllegalArgumentException(
          "A minute is up and down at once, or lies after the " + minutes + " of the lessons.");
    }
    return new LessonStates(minutes, upMinutes, downMinutes, plannedMinutes);
  }

  /** Takes the sets over; what is kept was checked when it was made. */
  static LessonStates read(int minutes, BitSet up, BitSet down, BitSet planned) {
    return new LessonStates(minutes, up, down, planned);
  }

  /** A day of which nothing is known. */
  public static LessonStates unknown(int minutes) {
    return new LessonStates(minutes, new BitSet(), new BitSet(), new BitSet());
  }

  private static BitSet copy(BitSet bits) {
    return (BitSet) bits.clone();
  }

  /** Lesson minutes of the day. */
  public int minutes() {
    return minutes;
  }

  public boolean isUp(int minute) {
    return up.get(minute);
  }

  public boolean isDown(int minute) {
    return down.get(minute);
  }

  public boolean isPlanned(int minute) {
    return planned.get(minute);
  }

  public boolean isUnknown(int minute) {
    return !up.get(minute) && !down.get(minute) && !planned.get(minute);
  }

  /** How many minutes of each there are. */
  public Availability availability() {
    int ups = up.cardinality();
    int downs = down.cardinality();
    int plans = planned.cardinality();
    return new Availability(ups, downs, minutes - ups - downs - plans, plans);
  }

  BitSet up() {
    return up;
  }

  BitSet down() {
    return down;
  }

  BitSet planned() {
    return planned;
  }

  /**
   * Both at once: down where either is down, up where both are up, otherwise unknown; planned where
   * either is.
   *
   * @throws IllegalArgumentException if they are of days with different lessons
   */
  public LessonStates and(LessonStates other) {
    same(other);
    BitSet plans = copy(planned);
    plans.or(other.planned);
    BitSet downs = copy(down);
    downs.or(other.down);
    downs.andNot(plans);
    BitSet ups = copy(up);
    ups.and(other.up);
    ups.andNot(plans);
    return new LessonStates(minutes, ups, downs, plans);
  }

  /**
   * Any of the two: up where either is up, down where both are down, planned where neither is up
   * and either is planned, otherwise unknown.
   *
   * @throws IllegalArgumentException if they are of days with different lessons
   */
  public LessonStates or(LessonStates other) {
    same(other);
    BitSet ups = copy(up);
    ups.or(other.up);
    BitSet plans = copy(planned);
    plans.or(other.planned);
    plans.andNot(ups);
    BitSet downs = copy(down);
    downs.and(other.down);
    return new LessonStates(minutes, ups, downs, plans);
  }

  /**
   * A quorum: up where at least {@code least} of them are up; down where fewer would be even if
   * every unknown one were up; planned where all of them are; otherwise unknown.
   *
   * @param minutes lesson minutes of the day, needed when there are none of them
   * @throws IllegalArgumentException if they are of days with different lessons
   */
  public static LessonStates countAtLeast(int minutes, Collection<LessonStates> all, int least) {
    int[] ups = new int[minutes];
    int[] downs = new int[minutes];
    BitSet plans = new BitSet();
    plans.set(0, all.isEmpty() ? 0 : minutes);
    for (LessonStates one : all) {
      one.same(minutes);
      count(one.up, ups);
      count(one.down, downs);
      plans.and(one.planned);
    }
    BitSet up = new BitSet(minutes);
    BitSet down = new BitSet(minutes);
    for (int minute = 0; minute < minutes; minute++) {
      if (!plans.get(minute)) {
        up.set(minute, ups[minute] >= least);
        down.set(minute, ups[minute] < least && all.size() - downs[minute] < least);
      }
    }
    return new LessonStates(minutes, up, down, plans);
  }

  private static void count(BitSet set, int[] into) {
    for (int i = set.nextSetBit(0); i >= 0; i = set.nextSetBit(i + 1)) {
      into[i]++;
    }
  }

  private void same(LessonStates other) {
    same(other.minutes);
  }

  private void same(int lessonMinutes) {
    if (minutes != lessonMinutes) {
      throw new IllegalArgumentException(
          "A day of " + minutes + " lesson minutes is no day of " + lessonMinutes + ".");
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LessonStates that
        && minutes == that.minutes
        && up.equals(that.up)
        && down.equals(that.down)
        && planned.equals(that.planned);
  }

  @Override
  public int hashCode() {
    return minutes + 31 * (up.hashCode() + 31 * (down.hashCode() + 31 * planned.hashCode()));
  }

  /** Runs of minutes: {@code 40u 5d 235?}. */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    int from = 0;
    while (from < minutes) {
      char state = sign(from);
      int to = from + 1;
      while (to < minutes && sign(to) == state) {
        to++;
      }
      out.append(out.length() == 0 ? "" : " ").append(to - from).append(state);
      from = to;
    }
    return out.toString();
  }

  private char sign(int minute) {
    if (planned.get(minute)) {
      return 'p';
    }
    return up.get(minute) ? 'u' : down.get(minute) ? 'd' : '?';
  }
}
