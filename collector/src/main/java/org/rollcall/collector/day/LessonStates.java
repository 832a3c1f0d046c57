package org.rollcall.collector.day;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;

/**
 * What each lesson minute of one day was: up, down, unknown or planned (maintenance). Minutes are
 * numbered from 0 in the order of the day's lessons; the four add up to the day's lesson minutes.
 * Immutable; any thread.
 */
public final class LessonStates {
  static final int UNKNOWN = 0;
  static final int UP = 1;
  static final int DOWN = 2;
  static final int PLANNED = 3;

  private final int minutes;

  /** Runs of minutes of one state, each its length times 4 plus the state; neighbours differ. */
  private final int[] runs;

  private LessonStates(int minutes, int[] runs) {
    this.minutes = minutes;
    this.runs = runs;
  }

  /** The sets share no minute and hold none from {@code minutes} on. */
  private static LessonStates make(int minutes, BitSet up, BitSet down, BitSet planned) {
    int[] runs = new int[8];
    int count = 0;
    int from = 0;
    while (from < minutes) {
      int state = state(from, up, down, planned);
      int to = from + 1;
      while (to < minutes && state(to, up, down, planned) == state) {
        to++;
      }
      runs = count == runs.length ? Arrays.copyOf(runs, 2 * count) : runs;
      runs[count++] = (to - from) << 2 | state;
      from = to;
    }
    return new LessonStates(minutes, Arrays.copyOf(runs, count));
  }

  private static int state(int minute, BitSet up, BitSet down, BitSet planned) {
    if (planned.get(minute)) {
      return PLANNED;
    }
    return up.get(minute) ? UP : down.get(minute) ? DOWN : UNKNOWN;
  }

  /**
   * Planned minutes are planned, whatever was seen in them.
   *
   * @throws IllegalArgumentException if a minute is up and down, or lies outside the lessons
   */
  public static LessonStates of(int minutes, BitSet up, BitSet down, BitSet planned) {
    int last = Math.max(planned.length(), Math.max(up.length(), down.length()));
    BitSet both = copy(up);
    both.and(down);
    both.andNot(planned);
    if (last > minutes || !both.isEmpty()) {
      throw new IllegalArgumentException(
          "A minute is up and down at once, or lies after the " + minutes + " of the lessons.");
    }
    return make(minutes, up, down, planned);
  }

  /**
   * Takes runs over as {@link #runs} gave them.
   *
   * @throws IllegalArgumentException if they do not add up to the minutes
   */
  static LessonStates ofRuns(int minutes, int[] runs) {
    int sum = 0;
    for (int run : runs) {
      sum += run >>> 2;
    }
    if (sum != minutes) {
      throw new IllegalArgumentException(sum + " minutes are kept of " + minutes + ".");
    }
    return new LessonStates(minutes, runs);
  }

  /** Not to be changed. */
  int[] runs() {
    return runs;
  }

  /** A day of which nothing is known. */
  public static LessonStates unknown(int minutes) {
    return make(minutes, new BitSet(), new BitSet(), new BitSet());
  }

  private static BitSet copy(BitSet bits) {
    return (BitSet) bits.clone();
  }

  /** Lesson minutes of the day. */
  public int minutes() {
    return minutes;
  }

  public boolean isUp(int minute) {
    return state(minute) == UP;
  }

  public boolean isDown(int minute) {
    return state(minute) == DOWN;
  }

  public boolean isPlanned(int minute) {
    return state(minute) == PLANNED;
  }

  public boolean isUnknown(int minute) {
    return state(minute) == UNKNOWN;
  }

  private int state(int minute) {
    int end = 0;
    for (int run : runs) {
      end += run >>> 2;
      if (minute < end) {
        return run & 3;
      }
    }
    throw new IndexOutOfBoundsException(minute);
  }

  /** The minutes that were planned, as a new set. */
  public BitSet planned() {
    return minutesOf(PLANNED);
  }

  /** Whether every one of these minutes was down. */
  public boolean isDownIn(BitSet some) {
    int from = 0;
    for (int run : runs) {
      int to = from + (run >>> 2);
      if ((run & 3) != DOWN) {
        int first = some.nextSetBit(from);
        if (first >= 0 && first < to) {
          return false;
        }
      }
      from = to;
    }
    return some.length() <= minutes;
  }

  /** How many minutes of each there are. */
  public Availability availability() {
    int up = 0;
    int down = 0;
    int unknown = 0;
    int planned = 0;
    for (int run : runs) {
      int length = run >>> 2;
      switch (run & 3) {
        case UP -> up += length;
        case DOWN -> down += length;
        case PLANNED -> planned += length;
        default -> unknown += length;
      }
    }
    return new Availability(up, down, unknown, planned);
  }

  /** How long each unbroken run of down minutes was, in the order of the day. */
  public List<Integer> outages() {
    List<Integer> lengths = new ArrayList<>();
    for (int run : runs) {
      if ((run & 3) == DOWN) {
        lengths.add(run >>> 2);
      }
    }
    return lengths;
  }

  /** The minutes of a state, as a new set. */
  private BitSet minutesOf(int state) {
    BitSet set = new BitSet(minutes);
    int from = 0;
    for (int run : runs) {
      int to = from + (run >>> 2);
      if ((run & 3) == state) {
        set.set(from, to);
      }
      from = to;
    }
    return set;
  }

  /**
   * Both at once: down where either is down, up where both are up, otherwise unknown; planned where
   * either is.
   *
   * @throws IllegalArgumentException if they are of days with different lessons
   */
  public LessonStates and(LessonStates other) {
    same(other);
    BitSet plans = minutesOf(PLANNED);
    plans.or(other.minutesOf(PLANNED));
    BitSet downs = minutesOf(DOWN);
    downs.or(other.minutesOf(DOWN));
    downs.andNot(plans);
    BitSet ups = minutesOf(UP);
    ups.and(other.minutesOf(UP));
    ups.andNot(plans);
    return make(minutes, ups, downs, plans);
  }

  /**
   * Any of the two: up where either is up, down where both are down, planned where neither is up
   * and either is planned, otherwise unknown.
   *
   * @throws IllegalArgumentException if they are of days with different lessons
   */
  public LessonStates or(LessonStates other) {
    same(other);
    BitSet ups = minutesOf(UP);
    ups.or(other.minutesOf(UP));
    BitSet plans = minutesOf(PLANNED);
    plans.or(other.minutesOf(PLANNED));
    plans.andNot(ups);
    BitSet downs = minutesOf(DOWN);
    downs.and(other.minutesOf(DOWN));
    return make(minutes, ups, downs, plans);
  }

  /**
   * A quorum: up where at least {@code least} of them are up; down where fewer would be even if
   * every unknown one were up; planned where all of them are; otherwise unknown.
   *
   * @param minutes lesson minutes of the day, needed when there are none of them
   * @throws IllegalArgumentException if they are of days with different lessons
   */
  public static LessonStates countAtLeast(int minutes, Collection<LessonStates> all, int least) {
    int[] changes = new int[4 * (minutes + 1)];
    for (LessonStates one : all) {
      one.same(minutes);
      int from = 0;
      for (int run : one.runs) {
        changes[4 * from + (run & 3)]++;
        from += run >>> 2;
        changes[4 * from + (run & 3)]--;
      }
    }
    BitSet up = new BitSet(minutes);
    BitSet down = new BitSet(minutes);
    BitSet planned = new BitSet(minutes);
    int[] now = new int[4];
    for (int minute = 0; minute < minutes; minute++) {
      for (int state = 0; state < 4; state++) {
        now[state] += changes[4 * minute + state];
      }
      if (!all.isEmpty() && now[PLANNED] == all.size()) {
        planned.set(minute);
      } else if (now[UP] >= least) {
        up.set(minute);
      } else {
        down.set(minute, all.size() - now[DOWN] < least);
      }
    }
    return make(minutes, up, down, planned);
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
        && Arrays.equals(runs, that.runs);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(runs);
  }

  /** Runs of minutes: {@code 40u 5d 235?}. */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    for (int run : runs) {
      out.append(out.length() == 0 ? "" : " ").append(run >>> 2).append("?udp".charAt(run & 3));
    }
    return out.toString();
  }
}
