package org.rollcall.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.protobuf.ByteString;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.rollcall.protocol.v1.Gap;
import org.rollcall.protocol.v1.Observation;
import org.rollcall.protocol.v1.Report;
import org.rollcall.protocol.v1.Seal;
import org.rollcall.protocol.v1.Sighting;

/** Whatever bytes claim to be a report: a good one that stays what it is, or a stable code. */
class ReportCodecFuzzTest {
  private static final long NOW = 1_790_000_000_000L;

  static Stream<byte[]> seeds() {
    byte[] whole = whole().toByteArray();
    return Stream.of(
        whole,
        Arrays.copyOf(whole, whole.length / 2),
        Report.newBuilder().setAgent("f-1").build().toByteArray(),
        // A length of 2 GiB, a group that never ends, a varint without an end.
        new byte[] {0x32, -1, -1, -1, -1, 7},
        new byte[] {0x0b, 0x0b, 0x0b, 0x0b, 0x0b, 0x0b, 0x0b, 0x0b, 0x0b, 0x0b},
        new byte[] {0x10, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1});
  }

  private static Report whole() {
    return Report.newBuilder()
        .setAgent("a-b2c3d4")
        .setEpoch(NOW)
        .setSeq(3)
        .setCreatedMillis(NOW)
        .setPreviousSha256(ByteString.copyFrom(new byte[32]))
        .addObservations(
            Observation.newBuilder()
                .setSubject("terminal:三(1)班")
                .setTimeMillis(NOW)
                .putMeasures("up", 1)
                .setReason("timeout"))
        .addGaps(Gap.newBuilder().setFromMillis(NOW).setToMillis(NOW).setReason("spool-full"))
        .setSeal(
            Seal.newBuilder()
                .setSeq(2)
                .setSha256(ByteString.copyFrom(new byte[32]))
                .setSignature(ByteString.copyFrom(new byte[64])))
        .addSightings(Sighting.newBuilder().setTimeMillis(NOW).setAddress("10.0.0.9"))
        .build();
  }

  @MethodSource("seeds")
  @FuzzTest
  void aReportIsGoodAndStaysWhatItIsOrHasItsCode(byte[] bytes) throws MalformedReportException {
    Report report;
    try {
      report = ReportCodec.parse(bytes);
    } catch (MalformedReportException e) {
      assertThat(e).hasMessageStartingWith("The ");
      return;
    }
    String fault = ReportCheck.fault(report, NOW);
    if (fault != null) {
      assertThat(Limits.isReason(fault)).as(fault).isTrue();
      return;
    }
    assertThat(report.getObservationsCount()).isLessThanOrEqualTo(Limits.MAX_OBSERVATIONS);
    byte[] again = report.toByteArray();
    if (again.length <= Limits.MAX_REPORT_BYTES) {
      assertThat(ReportCodec.parse(again)).isEqualTo(report);
    }
  }
}
