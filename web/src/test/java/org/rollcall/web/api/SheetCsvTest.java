package org.rollcall.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SheetCsvTest {
  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+86", "-2", "@SUM(A1)", "\tx"})
  void noFieldIsTakenForAFormula(String value) {
    assertThat(SheetCsv.field(value)).isEqualTo("'" + value);
  }

  @Test
  void aFormulaThatNeedsQuotesGetsBoth() {
    assertThat(SheetCsv.field("=A,\"B\"")).isEqualTo("\"'=A,\"\"B\"\"\"");
    assertThat(SheetCsv.field("\rx")).isEqualTo("\"'\rx\"");
  }

  @ParameterizedTest
  @CsvSource({"三(1)班, 三(1)班", "a-b=c, a-b=c", "'', ''", "'a,b', '\"a,b\"'"})
  void otherFieldsStayAsTheyAre(String value, String field) {
    assertThat(SheetCsv.field(value)).isEqualTo(field);
  }
}
