package org.rollcall.collector.documents;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.rollcall.collector.documents.Document.Block;
import org.rollcall.collector.documents.Document.Column;
import org.rollcall.collector.documents.Document.Field;
import org.rollcall.collector.documents.Document.Table;

/**
 * A document's tables one after another with their titles, as CSV (RFC 4180) in UTF-8 with a byte
 * order mark, which spreadsheets in China need.
 */
final class CsvRendering {
  private CsvRendering() {}

  static byte[] of(Document document) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Writer out = new OutputStreamWriter(bytes, StandardCharsets.UTF_8)) {
      out.write('\uFEFF');
      row(out, List.of(document.title()));
      for (Field field : document.cover()) {
        row(out, List.of(field.label(), field.text()));
      }
      row(out, List.of("快照", "№" + document.snapshot(), "SHA-256", document.sha256()));
      for (Block block : document.blocks()) {
        Table table = block.table();
        if (table != null) {
          row(out, List.of());
          row(out, List.of(table.title()));
          row(out, table.columns().stream().map(Column::title).toList());
          for (List<String> cells : table.rows()) {
            row(out, cells);
          }
          if (!table.note().isEmpty()) {
            row(out, List.of("注:" + table.note()));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("BUG: memory cannot be written", e);
    }
    return bytes.toByteArray();
  }

  private static void row(Writer out, List<String> cells) throws IOException {
    String between = "";
    for (String cell : cells) {
      out.write(between);
      out.write(cell(cell));
      between = ",";
    }
    out.write("\r\n");
  }

  /** Quoted where it must be; a text that a spreadsheet would take for a formula is disarmed. */
  private static String cell(String text) {
    String safe = isFormula(text) ? "'" + text : text;
    return safe.matches("(?s).*[\",\r\n].*") ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
  }

  private static boolean isFormula(String text) {
    return !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 && !Numbers.is(text);
  }
}
