package org.rollcall.collector.store.questdb;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnNameTest {
  @ParameterizedTest
  @ValueSource(strings = {"up", "inBitsPerSecond", "a_b", "a_B", "aB", "a__b", "x1Y2", "a_", "t"})
  void comesBackAsItWas(String measure) {
    assertThat(ColumnName.toMeasure(ColumnName.ofMeasure(measure))).isEqualTo(measure);
  }

  @Test
  void readsLikeSql() {
    assertThat(ColumnName.ofMeasure("inBitsPerSecond")).isEqualTo("m_in_bits_per_second");
  }

  @Test
  void theTablesOwnColumnsAreNoMeasures() {
    assertThat(ColumnName.toMeasure("school")).isNull();
  }
}
