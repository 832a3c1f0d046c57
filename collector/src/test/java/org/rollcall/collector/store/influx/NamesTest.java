package org.rollcall.collector.store.influx;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"up", "time", "time_", "reason", "reason__", "school", "subject_", "times", "t_"})
  void aFieldIsReadAsTheMeasureItWasMadeOf(String measure) {
    assertThat(Names.measure(Names.field(measure))).isEqualTo(measure);
  }

  @Test
  void theStoresOwnColumnsAreNoMeasures() {
    assertThat(Names.measure("reason")).isNull();
    assertThat(Names.measure("school")).isNull();
    assertThat(Names.field("inBitsPerSecond")).isEqualTo("inBitsPerSecond");
    assertThat(Names.field("reason")).isEqualTo("reason_");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0755001",
        "%",
        "%41",
        "100%",
        "a\\",
        "a\nb",
        "a b,c=d",
        "' OR 1=1 --",
        "\"",
        "三(1)班",
        "\uD840\uDC0B",
        "\u0000\u007F"
      })
  void aTagIsReadAsTheTextItWasMadeOf(String text) {
    String tag = Names.tag(text);
    assertThat(tag).isNotEmpty().doesNotContain("\\", "\n", "\u0000");
    assertThat(Names.text(tag)).isEqualTo(text);
  }

  @Test
  void quotesInATextDoNotEndALiteral() {
    assertThat(Names.literal("a' OR 'b")).isEqualTo("'a\\' OR \\'b'");
    assertThat(Names.identifier("a\".\"b\\")).isEqualTo("\"a\\\".\\\"b\\\\\"");
  }
}
