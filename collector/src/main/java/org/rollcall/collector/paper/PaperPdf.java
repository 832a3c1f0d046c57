package org.rollcall.collector.paper;

import com.lowagie.text.Chunk;
import com.lowagie.text.Document;
import com.lowagie.text.DocumentException;
import com.lowagie.text.Element;
import com.lowagie.text.PageSize;
import com.lowagie.text.Paragraph;
import com.lowagie.text.Phrase;
import com.lowagie.text.pdf.PdfArray;
import com.lowagie.text.pdf.PdfDate;
import com.lowagie.text.pdf.PdfName;
import com.lowagie.text.pdf.PdfPCell;
import com.lowagie.text.pdf.PdfPTable;
import com.lowagie.text.pdf.PdfString;
import com.lowagie.text.pdf.PdfWriter;
import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;

/**
 * A document on A4 in the manner of GB/T 9704: a centred title, headings 一、 and (一), tables whose
 * head rows stand on every page, "第 n 页 共 m 页" and a footer. Wide tables lie across the page. The
 * same calls give the same bytes: no clock and no randomness is in the file. Not thread-safe.
 */
public final class PaperPdf {
  /** Margins of GB/T 9704 are 37, 28, 35 and 26 mm; tables need more room. Project defaults. */
  private static final float SIDE = 48f;

  private static final float TOP = 56f;
  private static final float BOTTOM = 56f;
  private static final float TITLE = 20f;
  private static final float HEADING = 14f;
  private static final float TEXT = 11f;
  private static final float CELL = 8f;
  private static final int ROWS_AT_ONCE = 100;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final CjkFont font;
  private final Document document;
  private final PdfWriter writer;
  private final PageFooter footer;
  private final List<Paragraph> headings = new ArrayList<>();
  private boolean across;
  private boolean pageEnds;

  /**
   * Begins a document.
   *
   * @param title of the file, shown by readers
   * @param footer on every page, beside its number
   * @param made the time that stands in the file
   */
  public PaperPdf(CjkFont font, String title, String footer, Instant made) {
    this.font = font;
    this.document = new Document(PageSize.A4, SIDE, SIDE, TOP, BOTTOM);
    this.footer = new PageFooter(font, footer);
    try {
      this.writer = PdfWriter.getInstance(document, bytes);
    } catch (DocumentException e) {
      throw new IllegalStateException("BUG: a PDF cannot be begun", e);
    }
    Calendar when = new GregorianCalendar(TimeZone.getTimeZone("UTC"), Locale.ROOT);
    when.setTime(Date.from(made));
    writer.setPageEvent(this.footer);
    document.open();
    document.addTitle(title);
    writer.getInfo().put(PdfName.CREATIONDATE, new PdfDate(when));
    writer.getInfo().put(PdfName.MODDATE, new PdfDate(when));
    PdfArray ids = new PdfArray();
    ids.add(new PdfString(FixedNames.ID).setHexWriting(true));
    ids.add(new PdfString(FixedNames.ID).setHexWriting(true));
    writer.getInfo().put(PdfName.FILEID, ids);
  }

  /** The first page: the title, then labels and what stands behind them; then a new page. */
  public void cover(String title, List<String> labels, List<String> texts) {
    space(90);
    centred(title, TITLE);
    space(60);
    fields(labels, texts);
    pageEnds = true;
  }

  /** Labels and what stands behind them, without lines. */
  public void fields(List<String> labels, List<String> texts) {
    PdfPTable table = new PdfPTable(new float[] {3, 8});
    table.setWidthPercentage(92);
    for (int i = 0; i < labels.size(); i++) {
      table.addCell(line(labels.get(i) + ":"));
      table.addCell(line(texts.get(i)));
    }
    document.add(table);
  }

  private PdfPCell line(String text) {
    PdfPCell cell = new PdfPCell(new Phrase(text, font.of(TEXT, Color.BLACK)));
    cell.setBorder(PdfPCell.NO_BORDER);
    cell.setPadding(5);
    return cell;
  }

  /** A title in the middle of the line. */
  public void title(String text) {
    centred(text, TITLE - 4);
    space(8);
  }

  private void centred(String text, float points) {
    Paragraph paragraph = new Paragraph(points * 1.5f, text, font.bold(points, Color.BLACK));
    paragraph.setAlignment(Element.ALIGN_CENTER);
    document.add(paragraph);
  }

  private void space(float points) {
    Paragraph empty = new Paragraph(points, " ", font.of(TEXT, Color.BLACK));
    document.add(empty);
  }

  /**
   * A heading. It stands on the page of what comes after it.
   *
   * @param level 1 for 一、, 2 for (一)
   */
  public void heading(int level, String text) {
    float points = level == 1 ? HEADING : HEADING - 2;
    Paragraph paragraph = new Paragraph(points * 1.6f, text, font.bold(points, Color.BLACK));
    paragraph.setSpacingBefore(10);
    paragraph.setSpacingAfter(4);
    paragraph.setKeepTogether(true);
    headings.add(paragraph);
  }

  /** A paragraph, its first line set in by two characters. */
  public void text(String text) {
    turn(false);
    Paragraph paragraph = new Paragraph(TEXT * 1.7f, text, font.of(TEXT, Color.BLACK));
    paragraph.setFirstLineIndent(2 * TEXT);
    paragraph.setSpacingAfter(4);
    document.add(paragraph);
  }

  /** Lines to be signed by hand. */
  public void signatures(List<String> lines) {
    turn(false);
    for (String line : lines) {
      Paragraph paragraph = new Paragraph(TEXT * 2.4f, line, font.of(TEXT, Color.BLACK));
      paragraph.setIndentationLeft(220);
      document.add(paragraph);
    }
    space(6);
  }

  /**
   * A table; its head is repeated on every page.
   *
   * @param wide whether it lies across the page
   * @param widths in relation to each other, one a column
   * @param rows as many cells each as columns
   * @param note below it; may be empty
   */
  public void table(
      String title,
      boolean wide,
      List<String> heads,
      List<Integer> widths,
      List<List<String>> rows,
      String note) {
    turn(wide);
    Paragraph caption = new Paragraph(TEXT * 1.6f, title, font.bold(TEXT, Color.BLACK));
    caption.setAlignment(Element.ALIGN_CENTER);
    caption.setSpacingBefore(6);
    caption.setSpacingAfter(4);
    document.add(caption);
    float[] relative = new float[widths.size()];
    for (int i = 0; i < relative.length; i++) {
      relative[i] = widths.get(i);
    }
    PdfPTable table = new PdfPTable(relative);
    table.setWidthPercentage(100);
    heads.forEach(head -> table.addCell(cell(head, true)));
    table.setHeaderRows(1);
    table.setComplete(false);
    int count = 0;
    for (List<String> row : rows) {
      row.forEach(text -> table.addCell(cell(text, false)));
      if (++count % ROWS_AT_ONCE == 0) {
        document.add(table); // what is written is let go
      }
    }
    table.setComplete(true);
    document.add(table);
    if (!note.isEmpty()) {
      Paragraph below = new Paragraph(CELL * 1.6f, "注:" + note, font.of(CELL, Color.DARK_GRAY));
      below.setSpacingAfter(6);
      document.add(below);
    }
  }

  private PdfPCell cell(String text, boolean head) {
    Phrase phrase =
        new Phrase(
            CELL * 1.25f, text, head ? font.bold(CELL, Color.BLACK) : font.of(CELL, Color.BLACK));
    PdfPCell cell = new PdfPCell(phrase);
    cell.setPadding(3);
    cell.setBorderWidth(0.5f);
    cell.setVerticalAlignment(Element.ALIGN_MIDDLE);
    if (head) {
      cell.setHorizontalAlignment(Element.ALIGN_CENTER);
      cell.setBackgroundColor(new Color(0xF0, 0xEE, 0xE8));
    }
    return cell;
  }

  /**
   * Turns the page for a wide table, and back for what begins under a heading; what is narrow takes
   * the page as it lies. Then come the headings that wait.
   */
  private void turn(boolean wide) {
    boolean turned = wide != across && (wide || !headings.isEmpty());
    if (turned) {
      across = wide;
      document.setPageSize(wide ? PageSize.A4.rotate() : PageSize.A4);
    }
    if (turned || pageEnds) {
      document.newPage(); // once: a size that is set on an empty page comes too late
    }
    pageEnds = false;
    headings.forEach(document::add);
    headings.clear();
  }

  /** Ends it. */
  public byte[] finish() {
    headings.forEach(document::add);
    if (writer.getPageNumber() == 0) {
      document.add(new Chunk(" "));
    }
    document.close();
    return FixedNames.fix(bytes.toByteArray());
  }

  /** How many pages there are, after {@link #finish}. */
  public int pages() {
    return footer.pages();
  }
}
