package org.rollcall.collector.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rollcall.collector.registry.Crs.Point;

class CrsTest {
  /** 1e-9 degrees is a tenth of a millimetre. */
  private static final Offset<Double> EXACT = within(1e-9);

  @Test
  void shiftsAPlaceInLonggangAsPublished() {
    Point wgs = new Point(114.246899, 22.720968);
    expect(Crs.GCJ02.fromWgs84(wgs), 114.251735184, 22.718134481, EXACT);
    expect(Crs.BD09.fromWgs84(wgs), 114.258197359, 22.724418094, EXACT);
  }

  @Test
  void shiftsAPlaceInBeijingAsPublished() {
    Point wgs = new Point(116.403988, 39.914266);
    expect(Crs.BD09.fromWgs84(wgs), 116.41661560068297, 39.92196580126834, within(1e-12));
  }

  @Test
  void shiftsBackAsPublished() {
    expect(Crs.GCJ02.toWgs84(new Point(123, 45)), 122.9939558, 44.9980406, within(5e-8));
  }

  @Test
  void leavesPlacesOutsideChinaAlone() {
    Point paris = new Point(2.3522, 48.8566);
    assertThat(Crs.GCJ02.fromWgs84(paris)).isEqualTo(paris);
    assertThat(Crs.GCJ02.toWgs84(paris)).isEqualTo(paris);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 440307, 20260901})
  void comesBackToWhereItStarted(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      Point wgs = new Point(74 + 60 * random.nextDouble(), 4 + 49 * random.nextDouble());
      for (Crs crs : Crs.values()) {
        Point back = crs.toWgs84(crs.fromWgs84(wgs));
        assertThat(Math.hypot(back.lon() - wgs.lon(), back.lat() - wgs.lat()))
            .as("seed %d, %s, %s", seed, crs, wgs)
            .isLessThan(1e-8);
      }
    }
  }

  private static void expect(Point point, double lon, double lat, Offset<Double> tolerance) {
    assertThat(point.lon()).isCloseTo(lon, tolerance);
    assertThat(point.lat()).isCloseTo(lat, tolerance);
  }
}
