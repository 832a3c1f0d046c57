package org.rollcall.agent.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rollcall.protocol.v1.Gap;
import org.rollcall.protocol.v1.Observation;
import org.rollcall.protocol.v1.Report;

class RefusedReportTest {
  private static final long NOW = 1_800_000_000_000L;
  private static final long YEAR = Duration.ofDays(365).toMillis();
  private static final long UNSURE = RefusedTime.UNSURE_MILLIS;

  private static RefusedReport refused(Report report) {
    byte[] payload = report.toByteArray();
    return RefusedReport.of(new Frame(40, payload.length, 3, NOW - 90_000, NOW + YEAR), payload);
  }

  private static Observation seen(long millis) {
    return Observation.newBuilder().setSubject("link:wan").setTimeMillis(millis).build();
  }

  private static Gap gap(long from, long to) {
    return Gap.newBuilder().setFromMillis(from).setToMillis(to).setReason("spool-full").build();
  }

  @Test
  void itsTimesAreThoseOfWhatItSawItself() {
    RefusedReport report =
        refused(
            Report.newBuilder()
                .addObservations(seen(NOW + YEAR - 2_000))
                .addObservations(seen(NOW + YEAR - 7_000))
                .addGaps(gap(NOW - 90_000, NOW - 80_000))
                .build());
    assertThat(report.frame())
        .extracting(Frame::position, Frame::fromMillis, Frame::toMillis)
        .containsExactly(3L, NOW + YEAR - 7_000, NOW + YEAR - 2_000);
    assertThat(report.gaps(NOW, YEAR)).containsExactly(gap(NOW - 90_000, NOW - 80_000));
  }

  @Test
  void aReportOfGapsAloneIsOfTheTimeItWasMade() {
    RefusedReport report =
        refused(
            Report.newBuilder().setCreatedMillis(NOW - 5).addGaps(gap(NOW - 9, NOW - 8)).build());
    assertThat(report.frame())
        .extracting(Frame::fromMillis, Frame::toMillis)
        .containsExactly(NOW - 5, NOW - 5);
  }

  @Test
  void aGapOfATimeThatHasNotComeIsPutRightWhereItIsKnownByHowMuch() {
    Gap ahead = gap(NOW + YEAR - 90_000, NOW + YEAR - 80_000);
    Gap whole = gap(NOW - 9_000_000, NOW + YEAR - 4_000);
    RefusedReport report = refused(Report.newBuilder().addGaps(ahead).addGaps(whole).build());
    assertThat(report.gaps(NOW, YEAR))
        .containsExactly(
            gap(NOW - 90_000 - UNSURE, NOW - 80_000 + UNSURE), gap(NOW - 9_000_000, NOW));
    assertThat(report.gaps(NOW, 0)).as("the reporter knows when it leapt").contains(ahead, whole);
  }

  @Test
  void whatIsNoReportKeepsTheTimesItCameWith() {
    byte[] payload = "one".getBytes(StandardCharsets.US_ASCII);
    Frame frame = new Frame(40, payload.length, 3, NOW - 90_000, NOW);
    assertThat(RefusedReport.of(frame, payload)).isEqualTo(new RefusedReport(frame, List.of()));
  }
}
