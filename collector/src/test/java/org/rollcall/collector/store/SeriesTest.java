package org.rollcall.collector.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rollcall.protocol.v1.Observation;

class SeriesTest {
  private static final Instant T = Instant.parse("2026-03-02T08:00:00Z");
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  void dividesASpanIntoSteps() {
    List<Observation> seen = List.of(seen(0, 3), seen(59_999, 1), seen(60_000, 7));
    List<Point> points = Series.of(seen, "x", T, T.plusSeconds(180), MINUTE);
    assertThat(points)
        .containsExactly(
            new Point(T, 1, 2, 3, 3, 2),
            new Point(T.plusSeconds(60), 7, 7, 7, 7, 1),
            Point.empty(T.plusSeconds(120)));
  }

  @Test
  void takesObservationsInAnyOrderAndPassesOverThoseOutside() {
    List<Observation> seen = List.of(seen(60_000, 9), seen(0, 1), seen(-1, 5), seen(120_000, 5));
    assertThat(Series.of(seen, "x", T, T.plusSeconds(120), MINUTE))
        .extracting(Point::mean)
        .containsExactly(1.0, 9.0);
  }

  @Test
  void finerStepsMergeIntoLongerOnes() {
    List<Point> finer =
        List.of(
            new Point(T.plusSeconds(60), 4, 5, 6, 6, 2),
            new Point(T, 1, 2, 3, 3, 38),
            Point.empty(T.plusSeconds(90)),
            new Point(T.minusSeconds(60), 0, 0, 0, 0, 5),
            new Point(T.plusSeconds(240), 8, 8, 8, 8, 1));
    assertThat(Series.merged(finer, T, T.plusSeconds(240), MINUTE.multipliedBy(2)))
        .containsExactly(
            new Point(T, 1, (2 * 38 + 5 * 2) / 40.0, 6, 3, 40), Point.empty(T.plusSeconds(120)));
  }

  @Test
  void anAbsentMeasureIsAGapAndNotZero() {
    List<Point> points = Series.of(List.of(seen(0, 1)), "y", T, T.plusSeconds(60), MINUTE);
    assertThat(points).containsExactly(Point.empty(T));
    assertThat(points.get(0).min()).isNaN();
    assertThat(points.get(0).count()).isZero();
  }

  @Test
  void theLastStepMayBeCutShort() {
    assertThat(Series.of(List.of(), "x", T, T.plusSeconds(61), MINUTE))
        .extracting(Point::t)
        .containsExactly(T, T.plusSeconds(60));
  }

  @Test
  void p95IsTheNearestRank() {
    List<Observation> seen = new ArrayList<>();
    for (int i = 100; i >= 1; i--) {
      seen.add(seen(i, i));
    }
    assertThat(Series.of(seen, "x", T, T.plusSeconds(60), MINUTE).get(0).p95()).isEqualTo(95);
    List<Observation> twenty = seen.subList(80, 100);
    assertThat(Series.of(twenty, "x", T, T.plusSeconds(60), MINUTE).get(0).p95()).isEqualTo(19);
    List<Observation> twentyOne = seen.subList(79, 100);
    assertThat(Series.of(twentyOne, "x", T, T.plusSeconds(60), MINUTE).get(0).p95()).isEqualTo(20);
  }

  @Test
  void theMeanOfEqualValuesIsThatValue() {
    List<Observation> seen = List.of(seen(0, 0.1), seen(1, 0.1), seen(2, 0.1));
    Point point = Series.of(seen, "x", T, T.plusSeconds(60), MINUTE).get(0);
    assertThat(point.mean()).isEqualTo(0.1);
  }

  @Test
  void refusesMorePointsThanAScreenShows() {
    assertThat(Series.of(List.of(), "x", T, T.plusSeconds(5_000), Duration.ofSeconds(1)))
        .hasSize(Series.MAX_POINTS);
    assertThatThrownBy(
            () -> Series.of(List.of(), "x", T, T.plusSeconds(5_001), Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "A series of 5001 points is more than 5000: ask for a longer step or a shorter span.");
  }

  @Test
  void refusesAnEmptySpanAndAStepOfNothing() {
    assertThatThrownBy(() -> Series.of(List.of(), "x", T, T, MINUTE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must end after it begins");
    assertThatThrownBy(() -> Series.of(List.of(), "x", T, T.plusSeconds(1), Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 ms or longer");
  }

  private static Observation seen(long millis, double x) {
    return Observation.newBuilder()
        .setSubject("link:wan")
        .setTimeMillis(T.toEpochMilli() + millis)
        .putMeasures("x", x)
        .build();
  }
}
