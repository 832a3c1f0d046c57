package org.rollcall.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AreasTest {

  @Test
  void withoutSchoolsThereIsNoHull() {
    assertThat(Hull.around(List.of())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 40})
  void aHullHoldsEverySchoolAndRunsCounterClockwise(int schools) {
    Random random = new Random(schools);
    List<double[]> points = new ArrayList<>();
    for (int i = 0; i < schools; i++) {
      points.add(new double[] {114 + random.nextDouble() / 5, 22 + random.nextDouble() / 5});
    }
    List<double[]> ring = Hull.around(points);
    assertThat(ring.get(0)).isEqualTo(ring.get(ring.size() - 1));
    for (int i = 1; i < ring.size(); i++) {
      double[] a = ring.get(i - 1);
      double[] b = ring.get(i);
      for (double[] p : points) {
        double side = (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]);
        assertThat(side).as("left of every edge").isPositive();
      }
    }
  }

  @Test
  void aHullOfHullsIsTheHullOfAll() {
    Random random = new Random(7);
    List<double[]> one = new ArrayList<>();
    List<double[]> other = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      (i % 2 == 0 ? one : other)
          .add(new double[] {114 + random.nextDouble(), 22 + random.nextDouble()});
    }
    List<double[]> corners = new ArrayList<>(Hull.corners(one));
    corners.addAll(Hull.corners(other));
    List<double[]> all = new ArrayList<>(one);
    all.addAll(other);
    List<double[]> expected = Hull.around(all);
    List<double[]> found = Hull.around(corners);
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < found.size(); i++) {
      assertThat(found.get(i)).containsExactly(expected.get(i));
    }
  }
}
