package org.rollcall.collector.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.rollcall.protocol.v1.Gap;
import org.rollcall.protocol.v1.Observation;
import org.rollcall.protocol.v1.Report;

class TooOldTest {
  private static final Instant KEPT = Instant.parse("2026-03-02T08:00:00Z");
  private static final Instant FROM = Instant.parse("2026-03-03T00:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);

  private static Gap gap(Instant from, Instant to) {
    return Gap.newBuilder()
        .setFromMillis(from.toEpochMilli())
        .setToMillis(to.toEpochMilli())
        .setReason("spool-full")
        .setFromSeq(1)
        .setToSeq(9)
        .build();
  }

  private static Report seen(Instant time) {
    return Report.newBuilder()
        .addObservations(Observation.newBuilder().setTimeMillis(time.toEpochMilli()))
        .build();
  }

  @Test
  void anObservationIsRefusedADayBeforeItGoes() {
    assertThat(TooOld.refuses(seen(KEPT.plus(DAY)), KEPT)).isNull();
    assertThat(TooOld.refuses(seen(KEPT.plus(DAY).minusMillis(1)), KEPT)).isEqualTo(TooOld.REASON);
  }

  @Test
  void aGapIsNeverRefused() {
    Report report = Report.newBuilder().addGaps(gap(Instant.EPOCH, KEPT)).build();
    assertThat(TooOld.refuses(report, KEPT)).isNull();
  }

  @Test
  void ofAGapThatBeganBeforeTheRestIsToldFromAWholeDayOn() {
    Gap whole = gap(KEPT, KEPT.plus(DAY));
    assertThat(TooOld.kept(whole, KEPT)).isEqualTo(whole);
    assertThat(TooOld.kept(gap(KEPT.minusMillis(1), FROM), KEPT)).isEqualTo(gap(FROM, FROM));
    assertThat(TooOld.kept(gap(KEPT.minusMillis(1), FROM.minusMillis(1)), KEPT)).isNull();
  }

  @Test
  void whereAllIsKeptNothingOfAGapIsLost() {
    Gap gap = gap(Instant.parse("2020-01-01T00:00:00Z"), KEPT);
    assertThat(TooOld.kept(gap, Instant.EPOCH)).isEqualTo(gap);
  }
}
