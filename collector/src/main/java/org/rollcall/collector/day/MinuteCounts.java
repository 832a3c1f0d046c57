package org.rollcall.collector.day;

/**
 * How many of several machines were up, and how many down, in each lesson minute of one day, told
 * minute by minute from the first. What is added after the first {@link #next} is not counted. One
 * thread.
 */
public final class MinuteCounts {
  private final int[] upChanges;
  private final int[] downChanges;
  private int minute;
  private int up;
  private int down;

  /**
   * @param minutes lesson minutes of the day
   */
  public MinuteCounts(int minutes) {
    upChanges = new int[minutes + 1];
    downChanges = new int[minutes + 1];
  }

  /**
   * Counts one machine more.
   *
   * @throws IllegalArgumentException if it is of a day with different lessons
   */
  public void add(LessonStates one) {
    if (one.minutes() != upChanges.length - 1) {
      throw new IllegalArgumentException(
          "A day of " + one.minutes() + " lesson minutes is no day of " + (upChanges.length - 1));
    }
    int from = 0;
    for (int run : one.runs()) {
      int to = from + (run >>> 2);
      int state = run & 3;
      if (state == LessonStates.UP) {
        upChanges[from]++;
        upChanges[to]--;
      } else if (state == LessonStates.DOWN) {
        downChanges[from]++;
        downChanges[to]--;
      }
      from = to;
    }
  }

  /** Goes on to the next minute; the first call to the first one. */
  public void next() {
    up += upChanges[minute];
    down += downChanges[minute];
    minute++;
  }

  /** Machines up in this minute. */
  public int up() {
    return up;
  }

  /** Machines down in this minute. */
  public int down() {
    return down;
  }
}
