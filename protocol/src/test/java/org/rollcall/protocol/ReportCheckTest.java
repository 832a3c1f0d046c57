package org.rollcall.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.util.Collections;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rollcall.protocol.v1.Gap;
import org.rollcall.protocol.v1.Observation;
import org.rollcall.protocol.v1.Report;
import org.rollcall.protocol.v1.Seal;
import org.rollcall.protocol.v1.Sighting;

class ReportCheckTest {
  private static final long NOW = 1_790_000_000_000L;

  private static Observation.Builder observation() {
    return Observation.newBuilder()
        .setSubject("link:wan")
        .setTimeMillis(NOW)
        .putMeasures("inBitsPerSecond", 1e6);
  }

  private static Report.Builder report() {
    return Report.newBuilder().setAgent("f-1").addObservations(observation());
  }

  private static Report.Builder numbered() {
    return report().setEpoch(NOW).setSeq(2).setPreviousSha256(ByteString.copyFrom(new byte[32]));
  }

  private static Sighting.Builder sighting() {
    return Sighting.newBuilder()
        .setTimeMillis(NOW)
        .setAddress("10.1.3.20")
        .setMac("00:1b:21:0a:0b:0c")
        .addFoundBy("arp");
  }

  @Test
  void aReportMayTellOfDevicesFound() {
    assertThat(ReportCheck.fault(report().addSightings(sighting()).build(), NOW)).isNull();
  }

  @Test
  void aReportMayBeNumberedOrNot() {
    assertThat(ReportCheck.fault(report().build(), NOW)).isNull();
    assertThat(ReportCheck.fault(numbered().build(), NOW)).isNull();
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of("bad-agent", report().setAgent("")),
        Arguments.of("bad-agent", report().setAgent("A/#")),
        Arguments.of("bad-number", report().setSeq(1)),
        Arguments.of("bad-number", report().setEpoch(1)),
        Arguments.of("bad-number", numbered().setSeq(-1)),
        Arguments.of("bad-chain", numbered().clearPreviousSha256()),
        Arguments.of("bad-chain", numbered().setSeq(1)),
        Arguments.of("bad-subject", report().addObservations(observation().setSubject("wan"))),
        Arguments.of("time-out-of-range", report().addObservations(observation().setTimeMillis(1))),
        Arguments.of(
            "time-out-of-range",
            report()
                .addObservations(
                    observation().setTimeMillis(NOW + Limits.MAX_AHEAD.toMillis() + 1))),
        Arguments.of("bad-measure", report().addObservations(observation().putMeasures("a b", 1))),
        Arguments.of(
            "bad-measure", report().addObservations(observation().putMeasures("a", Double.NaN))),
        Arguments.of("bad-reason", report().addObservations(observation().setReason("Time out"))),
        Arguments.of("bad-sighting", report().addSightings(sighting().clearAddress().clearMac())),
        Arguments.of("bad-sighting", report().addSightings(sighting().setMac("AA-BB"))),
        Arguments.of("bad-sighting", report().addSightings(sighting().setName("x".repeat(256)))),
        Arguments.of("bad-sighting", report().addSightings(sighting().addFoundBy("by luck"))),
        Arguments.of("time-out-of-range", report().addSightings(sighting().setTimeMillis(1))),
        Arguments.of(
            "too-many-sightings",
            report()
                .addAllSightings(
                    Collections.nCopies(Limits.MAX_SIGHTINGS + 1, sighting().build()))),
        Arguments.of("bad-gap", report().addGaps(Gap.newBuilder().setReason("spool-full"))),
        Arguments.of("bad-seal", numbered().setSeal(Seal.newBuilder().setSeq(1))));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void eachFaultHasItsCode(String code, Report.Builder report) {
    assertThat(ReportCheck.fault(report.build(), NOW)).isEqualTo(code);
  }

  @Test
  void moreThanTheLimitsIsRefused() {
    Report.Builder many = report();
    for (int i = 0; i < Limits.MAX_OBSERVATIONS; i++) {
      many.addObservations(observation());
    }
    assertThat(ReportCheck.fault(many.build(), NOW)).isEqualTo("too-many-observations");
    Observation.Builder wide = observation();
    for (int i = 0; i < Limits.MAX_MEASURES; i++) {
      wide.putMeasures("m" + i, i);
    }
    assertThat(ReportCheck.fault(report().addObservations(wide).build(), NOW))
        .isEqualTo("too-many-measures");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"link:wan", "terminal:三(1)班", "terminal:七年级(12)班", "pc:r1-07", "x9:A_b.c"})
  void subjectsInAnyScriptAreGood(String subject) {
    assertThat(Subject.isValid(subject)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ":", "link:", ":wan", "Link:wan", "9x:a", "link:a b", "link:a/b", "link:a'b"})
  void subjectsThatAreNoneAreRefused(String subject) {
    assertThat(Subject.isValid(subject)).isFalse();
  }

  @Test
  void bytesThatAreNoReportAreSaidToBeNone() {
    assertThatThrownBy(() -> ReportCodec.parse(new byte[] {1, 2, 3}))
        .isInstanceOf(MalformedReportException.class);
    assertThatThrownBy(() -> ReportCodec.parse(new byte[Limits.MAX_REPORT_BYTES + 1]))
        .isInstanceOf(MalformedReportException.class)
        .hasMessageContaining("more than");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void noDamageToAReportDoesMoreThanRefuseIt(long seed) {
    Random random = new Random(seed);
    byte[] good = numbered().build().toByteArray();
    for (int i = 0; i < 5_000; i++) {
      byte[] bad = good.clone();
      for (int hits = 1 + random.nextInt(4); hits > 0; hits--) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt();
      }
      try {
        ReportCheck.fault(ReportCodec.parse(bad), NOW);
      } catch (MalformedReportException e) {
        assertThat(e).hasMessageContaining("no report");
      }
    }
  }
}
