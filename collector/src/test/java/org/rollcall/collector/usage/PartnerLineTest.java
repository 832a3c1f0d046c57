package org.rollcall.collector.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rollcall.protocol.v1.Observation;

class PartnerLineTest {
  private static final Instant NOON = Instant.parse("2026-11-20T04:00:00Z");

  private static Observation look(int minutesAgo, Map<String, Double> measures, String reason) {
    return Observation.newBuilder()
        .setSubject("reach:partner-no2")
        .setTimeMillis(NOON.minus(Duration.ofMinutes(minutesAgo)).toEpochMilli())
        .putAllMeasures(measures)
        .setReason(reason)
        .build();
  }

  private static Observation up(int minutesAgo, double lossShare) {
    return look(
        minutesAgo, Map.of("up", 1.0, "rttMillis", 8.0 + minutesAgo, "lossShare", lossShare), "");
  }

  private static Observation down(int minutesAgo) {
    return look(minutesAgo, Map.of("up", 0.0, "lossShare", 1.0), "timeout");
  }

  @Test
  void itIsUpSinceTheFirstLookAfterItWasDown() {
    PartnerLine line = PartnerLine.of(List.of(up(5, 0), down(4), up(3, 0), up(1, 1.0 / 3)));
    assertThat(line.up()).isTrue();
    assertThat(line.since()).isEqualTo(NOON.minus(Duration.ofMinutes(3)));
    assertThat(line.seen()).isEqualTo(NOON.minus(Duration.ofMinutes(1)));
    assertThat(line.rttMillis()).isEqualTo(9);
    assertThat(line.lossShare()).isEqualTo(1.0 / 3);
    assertThat(line.lossShareOfDay()).isCloseTo(1.0 / 3, within(1e-9));
  }

  @Test
  void whatIsDownHasNoRoundTrip() {
    PartnerLine line = PartnerLine.of(List.of(up(3, 0), down(2), down(1)));
    assertThat(line.up()).isFalse();
    assertThat(line.since()).isEqualTo(NOON.minus(Duration.ofMinutes(2)));
    assertThat(line.rttMillis()).isNull();
    assertThat(line.connectMillis()).isNull();
    assertThat(line.reason()).isEqualTo("timeout");
  }

  @Test
  void aLookThatToldNothingIsNeitherUpNorDownAndEndsWhatWas() {
    PartnerLine unknown = PartnerLine.of(List.of(up(2, 0), look(1, Map.of(), "ping-busy")));
    assertThat(unknown.up()).isNull();
    assertThat(unknown.since()).isNull();
    assertThat(unknown.lossShareOfDay()).isZero();
    PartnerLine after = PartnerLine.of(List.of(up(3, 0), look(2, Map.of(), "ping-busy"), up(1, 0)));
    assertThat(after.since()).isEqualTo(NOON.minus(Duration.ofMinutes(1)));
  }

  @Test
  void theLossOfADayLeavesOlderLooksOutAndAConnectionAloneHasNone() {
    assertThat(PartnerLine.of(List.of(down(24 * 60 + 2), up(1, 0))).lossShareOfDay()).isZero();
    Observation connection = look(1, Map.of("up", 1.0, "connectMillis", 4.5), "");
    PartnerLine line = PartnerLine.of(List.of(connection));
    assertThat(line.lossShareOfDay()).isNull();
    assertThat(line.connectMillis()).isEqualTo(4.5);
  }
}
