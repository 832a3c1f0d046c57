package org.rollcall.simulator.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rollcall.protocol.ReportCheck;
import org.rollcall.protocol.v1.Report;

class ReportTemplateTest {
  private static final long NOW = 1_790_000_000_000L;

  @ParameterizedTest
  @ValueSource(ints = {200, 300, 600, 1500, 20_000})
  void everyNumberGivesAValidReportNearTheSizeAskedFor(int bytes) throws Exception {
    ReportTemplate template = ReportTemplate.of("f-abcdefgh", NOW, bytes);
    for (long seq : new long[] {2, 127, 128, 2_000_000, (1L << 33)}) {
      Report report = Report.parseFrom(template.write(seq, NOW + seq));
      assertThat(ReportCheck.fault(report, NOW + seq)).isNull();
      assertThat(report.getSeq()).isEqualTo(seq);
      assertThat(report.getObservationsCount()).isEqualTo(template.observations());
      assertThat(report.getObservationsList()).allMatch(seen -> seen.getTimeMillis() == NOW + seq);
      assertThat(report.getObservationsList().stream().map(seen -> seen.getSubject()).distinct())
          .hasSize(template.observations());
    }
    assertThat(template.length()).isBetween(bytes - 120, bytes);
  }

  @Test
  void aPayloadThatHoldsNoObservationIsRefused() {
    assertThatThrownBy(() -> ReportTemplate.of("f-abcdefgh", NOW, 90)).hasMessageContaining("200");
  }
}
