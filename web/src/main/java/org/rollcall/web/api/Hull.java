package org.rollcall.web.api;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * An outline for an area whose boundary nobody gave: the convex hull of its schools (Andrew's
 * monotone chain), kept a little away from them. Coordinates are degrees, longitude first; a
 * district is small enough to treat them as plane.
 */
final class Hull {
  /** About 450 m: far enough for a mark on the edge to lie inside. */
  private static final double MARGIN = 0.004;

  private static final int CORNERS = 16;

  private Hull() {}

  /** A closed ring, counter-clockwise (RFC 7946); empty when there is no point. */
  static List<double[]> around(List<double[]> points) {
    List<double[]> padded = new ArrayList<>();
    for (double[] point : points) {
      double shrink = Math.cos(Math.toRadians(point[1]));
      for (int i = 0; i < CORNERS; i++) {
        double angle = 2 * Math.PI * i / CORNERS;
        double lon = point[0] + MARGIN * Math.cos(angle) / shrink;
        padded.add(new double[] {lon, point[1] + MARGIN * Math.sin(angle)});
      }
    }
    List<double[]> ring = convex(padded);
    if (!ring.isEmpty()) {
      ring.add(ring.get(0));
    }
    return ring;
  }

  /** The corners of the hull of some points, without a margin; two points or fewer are corners. */
  static List<double[]> corners(List<double[]> points) {
    return points.size() < 3 ? List.copyOf(points) : convex(points);
  }

  private static List<double[]> convex(List<double[]> points) {
    List<double[]> sorted = new ArrayList<>(points);
    sorted.sort(Comparator.<double[]>comparingDouble(p -> p[0]).thenComparingDouble(p -> p[1]));
    List<double[]> lower = chain(sorted);
    Collections.reverse(sorted);
    List<double[]> upper = chain(sorted);
    lower.addAll(upper);
    return lower;
  }

  /** One side of the hull without its last point. */
  private static List<double[]> chain(List<double[]> sorted) {
    List<double[]> side = new ArrayList<>();
    for (double[] point : sorted) {
      while (side.size() >= 2
          && turn(side.get(side.size() - 2), side.get(side.size() - 1), point) <= 0) {
        side.remove(side.size() - 1);
      }
      side.add(point);
    }
    if (!side.isEmpty()) {
      side.remove(side.size() - 1);
    }
    return side;
  }

  private static double turn(double[] a, double[] b, double[] c) {
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
  }
}
