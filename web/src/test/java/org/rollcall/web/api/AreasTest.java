package org.rollcall.web.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"features\": []} | holds no feature",
        "{\"features\": [{\"properties\": {}}]} | feature 1 has no text property 'code'",
        "{\"features\": [{\"properties\": {\"code\": \"1\"}, \"geometry\": {\"type\": \"Point\"}}]}"
            + " | feature 1 is no Polygon"
      })
  void aBoundaryFileThatCannotBeUsedIsRefusedWithItsPlace(
      String text, String sentence, @TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("areas.geojson"), text);
    assertThatThrownBy(() -> Boundaries.read(file)).hasMessageContaining(sentence);
  }
}
