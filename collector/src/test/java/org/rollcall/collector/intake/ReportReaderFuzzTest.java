package org.rollcall.collector.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.rollcall.protocol.Limits;
import org.rollcall.protocol.ReportCheck;
import org.rollcall.protocol.v1.Report;

/** Whatever a foreign device publishes as JSON: a checked report of its own, or a stable reason. */
class ReportReaderFuzzTest {
  private static final long NOW = 1_790_000_000_000L;
  private static final Sender SENDER = new Sender("f-1", "00701");

  static Stream<byte[]> seeds() {
    return Stream.of(
            "{\"observations\":[{\"subject\":\"pc:a\",\"timeMillis\":\"1790000000000\","
                + "\"measures\":{\"up\":1}}]}",
            "{\"agent\":\"f-2\"}",
            "{\"epoch\":1e99999999}",
            "{\"epoch\":\"1e99\",\"seq\":1e2}",
            "{\"epoch\":-1,\"created_millis\":1.5}",
            "{\"observations\":[{\"measures\":{\"up\":\"NaN\",\"up\":1e400}}]}",
            "{\"seal\":{\"sha256\":\"====\"},\"previousSha256\":\"_-+/\"}",
            "{\"gaps\":[null,{}],\"sightings\":{}}",
            "{\"a\":" + "[".repeat(500),
            "{'single':unquoted,}",
            "{}{}",
            "{\"agent\":\"\\ud800\"}")
        .map(text -> text.getBytes(UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest
  void jsonIsAReportOfItsOwnOrHasAReason(byte[] bytes) {
    ReportReader.Reading reading = ReportReader.read(SENDER, ByteBuffer.wrap(bytes), true, NOW);
    Report report = reading.report();
    Refusal refusal = reading.refusal();
    assertThat((report == null) != (refusal == null)).isTrue();
    if (report != null) {
      assertThat(report.getAgent()).isEqualTo(SENDER.agent());
      assertThat(ReportCheck.fault(report, NOW)).isNull();
    } else if (refusal != null) {
      assertThat(Limits.isReason(refusal.reason())).as(refusal.reason()).isTrue();
    }
  }
}
