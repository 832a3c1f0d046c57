package org.rollcall.collector.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.rollcall.collector.registry.School.Medium;

class VerdictJsonTest {
  private static final String FORM_1 =
      """
      {"school":"S","profile":"P","rule":"R","outcome":"MET","evidence":"MEASURED","disputed":false,\
      "value":6.2,"threshold":null,"unit":"Mbps","from":"2026-10-22","to":"2026-11-20","samples":3,\
      "because":[{"code":"no-rule","params":{}}],"profileVersion":"1","calendarVersion":"c 1"}""";

  @Test
  void aVerdictKeptByAnOlderVersionIsReadWithoutParts() {
    Verdict verdict = VerdictJson.read(FORM_1);
    assertThat(verdict.value()).isEqualTo(6.2);
    assertThat(verdict.parts()).isEmpty();
    assertThat(verdict.missing()).isEmpty();
    assertThat(verdict.passShare()).isNull();
    assertThat(VerdictJson.read(VerdictJson.write(verdict))).isEqualTo(verdict);
  }

  @Test
  void partsMissingClassesAndSharesComeBack() {
    Case school = new Case().classes(3, 3).terminals(3).seen(1, 2, 10, 1).seen(3, 3, 10, 0);
    school.line("wan", Medium.FIBRE, 100.0, true, false);
    school.line("wan2", Medium.WIRED, null, null, false);
    school.reach("reach:edu", 6, 30, 1).tests(6, 4, 2e7).campus("S2", new Case());
    for (Verdict verdict : Judge.judge(school.input())) {
      assertThat(VerdictJson.read(VerdictJson.write(verdict))).isEqualTo(verdict);
    }
    assertThat(school.verdict("XXT-A").parts()).hasSize(9);
    assertThat(school.verdict("BBT-A").missing()).containsExactly("某小学 (S) 班0003");
  }

  @Test
  void damagedTextAndNewerFormsAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> VerdictJson.read("{"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VerdictJson.read("{\"format\":99," + FORM_1.substring(1)))
        .withMessageContaining("newer");
  }
}
