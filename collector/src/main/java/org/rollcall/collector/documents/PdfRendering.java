package org.rollcall.collector.documents;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.documents.Document.Block;
import org.rollcall.collector.documents.Document.Column;
import org.rollcall.collector.documents.Document.Field;
import org.rollcall.collector.documents.Document.Table;
import org.rollcall.collector.paper.CjkFont;
import org.rollcall.collector.paper.PaperPdf;

/** A document on paper. */
final class PdfRendering {
  /** Tables of more columns lie across the page. */
  private static final int UPRIGHT_COLUMNS = 7;

  private static final List<String> COVERED = List.of("acceptance", "application", "quarterly");

  private PdfRendering() {}

  /**
   * @param made when the document was made: it stands in the file
   */
  static Printed of(Document document, CjkFont font, Instant made) {
    String footer = "快照 №" + document.snapshot() + "  SHA-256 " + document.sha256();
    PaperPdf pdf = new PaperPdf(font, document.title(), footer, made);
    List<String> labels = document.cover().stream().map(Field::label).toList();
    List<String> texts = document.cover().stream().map(Field::text).toList();
    if (COVERED.contains(document.kind())) {
      pdf.cover(document.title(), labels, texts);
    } else {
      pdf.title(document.title());
      pdf.fields(labels, texts);
    }
    for (Block block : document.blocks()) {
      switch (block.kind()) {
        case HEADING -> pdf.heading(block.level(), block.text());
        case TEXT -> pdf.text(block.text());
        case SIGNATURES -> pdf.signatures(block.lines());
        case TABLE -> table(pdf, block.table());
      }
    }
    byte[] content = pdf.finish();
    return new Printed(content, pdf.pages());
  }

  private static void table(PaperPdf pdf, @Nullable Table table) {
    if (table == null) {
      throw new IllegalStateException("BUG: a table's block is without a table");
    }
    List<Integer> widths = new ArrayList<>();
    table.columns().forEach(column -> widths.add(column.width()));
    pdf.table(
        table.title(),
        table.columns().size() > UPRIGHT_COLUMNS,
        table.columns().stream().map(Column::title).toList(),
        widths,
        table.rows(),
        table.note());
  }
}
