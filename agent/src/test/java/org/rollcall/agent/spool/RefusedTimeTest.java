package org.rollcall.agent.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefusedTimeTest {
  private static final long NOW = 1_800_000_000_000L;
  private static final long YEAR = Duration.ofDays(365).toMillis();
  private static final long NOTHING_GONE = Long.MIN_VALUE;

  private static Frame frame(long position, long millis) {
    return new Frame(0, 10, position, millis, millis);
  }

  private static Segment segment(Frame... frames) {
    Segment segment = new Segment(Path.of("s"), frames[0].position(), 0);
    for (Frame frame : frames) {
      segment.holds(frame);
    }
    return segment;
  }

  @Test
  void whatIsKnownOfTheClockIsWidenedByWhatAnAnswerMayTake() {
    Frame seen = frame(1, NOW - 60_000 + YEAR + 700); // the estimate is 700 ms off
    RefusedTime time = RefusedTime.of(seen, List.of(segment(seen)), NOTHING_GONE, NOW, YEAR);
    assertThat(time.fromMillis()).isLessThanOrEqualTo(NOW - 60_000);
    assertThat(time.toMillis()).isBetween(NOW - 60_000, NOW);
  }

  @Test
  void aTimeThatCannotBeIsSinceTheReportBefore() {
    Frame impossible = frame(2, NOW + YEAR);
    Segment own = segment(frame(1, NOW - 9_000), impossible, frame(3, NOW - 1_000));
    assertThat(RefusedTime.of(impossible, List.of(own), NOTHING_GONE, NOW, 0))
        .isEqualTo(new RefusedTime(NOW - 9_000, NOW));
  }

  @Test
  void whatComesBehindItInItsSegmentIsNotBeforeIt() {
    Frame impossible = frame(3, NOW + YEAR);
    Segment before = segment(frame(1, NOW - 9_000), frame(2, NOW - 8_000));
    Segment own = segment(impossible, frame(4, NOW - 1_000));
    assertThat(RefusedTime.of(impossible, List.of(before, own), NOTHING_GONE, NOW, 0))
        .isEqualTo(new RefusedTime(NOW - 8_000, NOW));
  }

  @Test
  void whatWasDeliveredAndDeletedStillTellsTheReportBefore() {
    Frame impossible = frame(3, NOW + YEAR);
    Segment own = segment(impossible, frame(4, NOW - 1_000));
    assertThat(RefusedTime.of(impossible, List.of(own), NOW - 8_000, NOW, 0))
        .isEqualTo(new RefusedTime(NOW - 8_000, NOW));
    assertThat(RefusedTime.of(impossible, List.of(own), NOW + YEAR, NOW, 0))
        .as("told by a clock that was ahead")
        .isEqualTo(new RefusedTime(NOW, NOW));
  }

  @Test
  void aReportThatCannotBeReadIsOfAnyTimeSinceTheOneBefore() {
    Segment own = segment(frame(1, NOW - 9_000));
    assertThat(RefusedTime.of(null, List.of(own), NOTHING_GONE, NOW, 0))
        .isEqualTo(new RefusedTime(NOW - 9_000, NOW));
  }
}
