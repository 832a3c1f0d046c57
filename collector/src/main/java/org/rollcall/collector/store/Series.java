package org.rollcall.collector.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.rollcall.protocol.v1.Observation;

/**
 * Divides what was seen into equal steps, the same for every store. A step holds the observations
 * from its beginning, inclusive, to the next one's, exclusive; the last step may be cut short.
 */
public final class Series {
  /** More than a screen can show; steps beyond it are refused. */
  public static final int MAX_POINTS = 5_000;

  private Series() {}

  /**
   * One point for every step from {@code from}, inclusive, to {@code to}, exclusive. Observations
   * outside, and those without the measure, are passed over.
   *
   * @param observations in any order
   * @throws IllegalArgumentException if the span is empty, the step is below 1 ms, or there would
   *     be more than {@link #MAX_POINTS} points
   */
  public static List<Point> of(
      List<Observation> observations, String measure, Instant from, Instant to, Duration step) {
    long start = from.toEpochMilli();
    long end = to.toEpochMilli();
    long width = step.toMillis();
    int steps = steps(start, end, width);
    double[] values = new double[observations.size()];
    int[] stepOf = new int[observations.size()];
    int[] counts = new int[steps];
    int n = 0;
    for (Observation observation : observations) {
      long time = observation.getTimeMillis();
      Double value = observation.getMeasuresMap().get(measure);
      if (value != null && time >= start && time < end) {
        int index = (int) ((time - start) / width);
        values[n] = value;
        stepOf[n] = index;
        counts[index]++;
        n++;
      }
    }
    return points(from, width, gather(values, stepOf, n, counts), counts);
  }

  /**
   * The same steps made of finer ones. Least, greatest, mean and count are what they would be of
   * the single values; of the 95th percentiles it takes the one that at least 95 % of the values
   * lie in steps of or below, which is near and not exact.
   *
   * @param finer in any order; those outside the span are passed over
   * @throws IllegalArgumentException as {@link #of}
   */
  public static List<Point> merged(List<Point> finer, Instant from, Instant to, Duration step) {
    long start = from.toEpochMilli();
    long end = to.toEpochMilli();
    long width = step.toMillis();
    List<List<Point>> inStep = new ArrayList<>();
    for (int i = steps(start, end, width); i > 0; i--) {
      inStep.add(new ArrayList<>(1));
    }
    for (Point point : finer) {
      long time = point.t().toEpochMilli();
      if (point.count() > 0 && time >= start && time < end) {
        inStep.get((int) ((time - start) / width)).add(point);
      }
    }
    List<Point> points = new ArrayList<>(inStep.size());
    for (int i = 0; i < inStep.size(); i++) {
      points.add(merged(from.plusMillis(i * width), inStep.get(i)));
    }
    return points;
  }

  private static Point merged(Instant t, List<Point> parts) {
    if (parts.isEmpty()) {
      return Point.empty(t);
    }
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    double sum = 0;
    int count = 0;
    for (Point part : parts) {
      min = Math.min(min, part.min());
      max = Math.max(max, part.max());
      sum += part.mean() * part.count();
      count += part.count();
    }
    parts.sort(Comparator.comparingDouble(Point::p95));
    long rank = (95L * count + 99) / 100;
    double p95 = max;
    for (Point part : parts) {
      rank -= part.count();
      if (rank <= 0) {
        p95 = part.p95();
        break;
      }
    }
    return new Point(t, min, Math.min(max, Math.max(min, sum / count)), max, p95, count);
  }

  private static int steps(long start, long end, long width) {
    if (width < 1) {
      throw new IllegalArgumentException("The step of a series must be 1 ms or longer.");
    }
    if (end <= start) {
      throw new IllegalArgumentException(
          "A series must end after it begins: " + millis(start) + " to " + millis(end) + ".");
    }
    long steps = (end - start - 1) / width + 1;
    if (steps > MAX_POINTS) {
      throw new IllegalArgumentException(
          "A series of "
              + steps
              + " points is more than "
              + MAX_POINTS
              + ": ask for a longer step or a shorter span.");
    }
    return (int) steps;
  }

  /** The values of the first step, then those of the second, and so on. */
  private static double[] gather(double[] values, int[] stepOf, int n, int[] counts) {
    int[] next = new int[counts.length];
    for (int i = 1; i < counts.length; i++) {
      next[i] = next[i - 1] + counts[i - 1];
    }
    double[] gathered = new double[n];
    for (int i = 0; i < n; i++) {
      gathered[next[stepOf[i]]++] = values[i];
    }
    return gathered;
  }

  private static List<Point> points(Instant from, long width, double[] gathered, int[] counts) {
    List<Point> points = new ArrayList<>(counts.length);
    int begin = 0;
    for (int i = 0; i < counts.length; i++) {
      Instant t = from.plusMillis(i * width);
      int end = begin + counts[i];
      points.add(counts[i] == 0 ? Point.empty(t) : point(t, gathered, begin, end));
      begin = end;
    }
    return points;
  }

  private static Point point(Instant t, double[] gathered, int begin, int end) {
    Arrays.sort(gathered, begin, end);
    double sum = 0;
    for (int i = begin; i < end; i++) {
      sum += gathered[i];
    }
    int count = end - begin;
    int rank = (int) ((95L * count + 99) / 100);
    double min = gathered[begin];
    double max = gathered[end - 1];
    double mean = Math.min(max, Math.max(min, sum / count));
    return new Point(t, min, mean, max, gathered[begin + rank - 1], count);
  }

  private static Instant millis(long millis) {
    return Instant.ofEpochMilli(millis);
  }
}
