package org.rollcall.collector.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.collector.documents.Document.Column;

/** What other programs make of our spreadsheets. */
class SpreadsheetsTest {
  @TempDir Path folder;

  private static Document document(String cell) {
    return new Document(
        Document.FORMAT,
        "not-met",
        "清单",
        List.of(),
        List.of(
            Facts.table(
                "表1",
                "学校",
                List.of(
                    Column.text("标识码", 4),
                    Column.text("电话", 4),
                    Column.text("日期", 3),
                    Column.number("数"),
                    Column.text("说明", 4)),
                List.of(List.of("0144000001", "075528900000", "2026-11-20", "12.5", cell)),
                "")),
        7,
        "ab");
  }

  @Test
  void libreOfficeReadsCodesPhonesAndDaysAsTheyAre() throws Exception {
    String csv = Paper.csv(folder, XlsxRendering.of(document("说明")), 2);

    assertThat(csv)
        .contains("标识码,电话,日期,数,说明")
        .contains("0144000001,075528900000,2026-11-20,12.5,说明");
  }

  @Test
  void aTextThatLooksLikeAFormulaIsNone() {
    String csv = new String(CsvRendering.of(document("=1+1")), StandardCharsets.UTF_8);

    assertThat(csv).contains(",'=1+1").startsWith("\uFEFF清单");
    assertThat(new String(CsvRendering.of(document("a\"b,\nc")), StandardCharsets.UTF_8))
        .contains("\"a\"\"b,\nc\"");
  }
}
