package org.rollcall.collector.store;

import java.time.Instant;

/**
 * What a measure did in one step of a {@link Series}, in the measure's own unit.
 *
 * @param t the step's beginning, inclusive
 * @param min NaN when nothing was seen, as are the other three
 * @param p95 nearest rank: the smallest value that at least 95 % of the values do not exceed
 * @param count how many observations carried the measure; 0 is a gap
 */
public record Point(Instant t, double min, double mean, double max, double p95, int count) {
  public Point {
    if (count < 0) {
      throw new IllegalArgumentException("Count " + count + " of a point is below 0.");
    }
  }

  /** A step in which nothing was seen. */
  public static Point empty(Instant t) {
    return new Point(t, Double.NaN, Double.NaN, Double.NaN, Double.NaN, 0);
  }
}
