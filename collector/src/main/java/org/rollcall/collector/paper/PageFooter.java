package org.rollcall.collector.paper;

import com.lowagie.text.Document;
import com.lowagie.text.Element;
import com.lowagie.text.Phrase;
import com.lowagie.text.pdf.ColumnText;
import com.lowagie.text.pdf.PdfContentByte;
import com.lowagie.text.pdf.PdfPageEventHelper;
import com.lowagie.text.pdf.PdfTemplate;
import com.lowagie.text.pdf.PdfWriter;
import java.awt.Color;
import org.jspecify.annotations.Nullable;

/** What stands below every page: the page's number of how many, and a line that is the same. */
final class PageFooter extends PdfPageEventHelper {
  private static final float NUMBER = 9f;
  private static final float LINE = 7f;
  private static final float WIDE = 60f;

  private final CjkFont font;
  private final String line;

  /** Room for the number of pages, which is known at the end; null before the first page. */
  private @Nullable PdfTemplate total;

  private int pages;

  PageFooter(CjkFont font, String line) {
    this.font = font;
    this.line = line;
  }

  @Override
  public void onEndPage(PdfWriter writer, Document document) {
    PdfContentByte canvas = writer.getDirectContent();
    float middle = (document.getPageSize().getLeft() + document.getPageSize().getRight()) / 2;
    PdfTemplate room = total == null ? canvas.createTemplate(WIDE, NUMBER + 4) : total;
    total = room;
    Phrase number = new Phrase("第 " + writer.getPageNumber() + " 页 ", font.of(NUMBER, Color.BLACK));
    ColumnText.showTextAligned(canvas, Element.ALIGN_RIGHT, number, middle, 36, 0);
    canvas.addTemplate(room, middle, 33);
    Phrase same = new Phrase(line, font.of(LINE, Color.DARK_GRAY));
    ColumnText.showTextAligned(canvas, Element.ALIGN_CENTER, same, middle, 22, 0);
  }

  @Override
  public void onCloseDocument(PdfWriter writer, Document document) {
    pages = writer.getPageNumber() - 1;
    PdfTemplate room = total;
    if (room != null) {
      Phrase number = new Phrase("共 " + pages + " 页", font.of(NUMBER, Color.BLACK));
      ColumnText.showTextAligned(room, Element.ALIGN_LEFT, number, 2, 3, 0);
    }
  }

  int pages() {
    return pages;
  }
}
