package org.rollcall.collector.documents;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.dhatim.fastexcel.BorderStyle;
import org.dhatim.fastexcel.PaperSize;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.rollcall.collector.documents.Document.Block;
import org.rollcall.collector.documents.Document.Column;
import org.rollcall.collector.documents.Document.Field;
import org.rollcall.collector.documents.Document.Table;

/**
 * A document as a workbook: the cover's sheet, then a sheet a table. Codes, phone numbers and days
 * are texts, so that no leading zero is lost. The same document gives the same bytes.
 */
final class XlsxRendering {
  private static final double WIDTH_OF_ONE = 5.5;
  private static final double MOST_WIDTH = 60;
  private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z");
  private static final String FIXED_TIME = "1980-01-01T00:00:00Z";
  private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private XlsxRendering() {}

  static byte[] of(Document document) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Workbook book = new Workbook(bytes, "Rollcall", "1.0")) {
      book.setGlobalDefaultFont("仿宋_GB2312", 11);
      boolean plain = document.kind().equals(DocumentKind.POWER_ON.id());
      if (!plain) {
        cover(book.newWorksheet("封面"), document);
      }
      for (Block block : document.blocks()) {
        Table table = block.table();
        if (table != null) {
          table(book.newWorksheet(plain ? "统计" : table.name()), table, plain);
        }
      }
      if (plain) {
        cover(book.newWorksheet("说明"), document);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("BUG: memory cannot be written", e);
    }
    return withoutTime(bytes.toByteArray());
  }

  private static void cover(Worksheet sheet, Document document) {
    sheet.width(0, 24);
    sheet.width(1, MOST_WIDTH);
    sheet.value(0, 0, document.title());
    sheet.style(0, 0).bold().fontSize(16).fontName("方正小标宋简体").set();
    int row = 2;
    for (Field field : document.cover()) {
      sheet.value(row, 0, field.label());
      sheet.value(row++, 1, field.text());
    }
    sheet.value(row, 0, "快照");
    sheet.value(row++, 1, "№" + document.snapshot() + " SHA-256 " + document.sha256());
    for (Block block : document.blocks()) {
      if (block.kind() == Document.Kind.HEADING || block.kind() == Document.Kind.TEXT) {
        sheet.value(++row, 0, block.text());
      }
      for (String line : block.lines()) {
        sheet.value(++row, 0, line);
      }
      Table table = block.table();
      if (table != null && document.kind().equals(DocumentKind.POWER_ON.id())) {
        sheet.value(++row, 0, table.note());
      }
    }
  }

  /**
   * @param plain the columns in the first row and nothing else: for programs that read them
   */
  private static void table(Worksheet sheet, Table table, boolean plain) {
    int row = 0;
    if (!plain) {
      sheet.value(row, 0, table.title());
      sheet.style(row, 0).bold().fontSize(14).set();
      row++;
    }
    List<Column> columns = table.columns();
    for (int i = 0; i < columns.size(); i++) {
      sheet.width(i, Math.min(MOST_WIDTH, Math.max(8, columns.get(i).width() * WIDTH_OF_ONE)));
      sheet.value(row, i, columns.get(i).title());
      sheet.style(row, i).bold().wrapText(true).borderStyle(BorderStyle.THIN).set();
    }
    sheet.freezePane(0, row + 1);
    sheet.repeatRows(row);
    sheet.paperSize(PaperSize.A4_PAPER);
    sheet.pageOrientation(columns.size() > 7 ? "landscape" : "portrait");
    for (List<String> cells : table.rows()) {
      row++;
      for (int i = 0; i < cells.size(); i++) {
        String text = cells.get(i);
        if (columns.get(i).number() && Numbers.is(text)) {
          sheet.value(row, i, new BigDecimal(text));
        } else {
          sheet.value(row, i, text);
          sheet.style(row, i).wrapText(true).format("@").set();
        }
      }
    }
    if (!plain && !table.note().isEmpty()) {
      sheet.value(row + 2, 0, "注:" + table.note());
    }
  }

  /**
   * The same without the times that the writer put in. By way of a file, because the sizes of its
   * entries stand at the end of it alone.
   */
  private static byte[] withoutTime(byte[] xlsx) {
    try {
      Path file = Files.createTempFile("rollcall", ".xlsx");
      try {
        Files.write(file, xlsx);
        return withoutTime(file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("A workbook could not be written into a temporary file.", e);
    }
  }

  private static byte[] withoutTime(Path xlsx) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipFile in = new ZipFile(xlsx.toFile());
        ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (ZipEntry entry : Collections.list(in.entries())) {
        ZipEntry same = new ZipEntry(entry.getName());
        same.setTimeLocal(NO_TIME);
        out.putNextEntry(same);
        try (InputStream content = in.getInputStream(entry)) {
          if (entry.getName().equals("docProps/core.xml")) {
            String text = new String(content.readAllBytes(), StandardCharsets.UTF_8);
            out.write(TIME.matcher(text).replaceAll(FIXED_TIME).getBytes(StandardCharsets.UTF_8));
          } else {
            content.transferTo(out);
          }
        }
        out.closeEntry();
      }
    }
    return bytes.toByteArray();
  }
}
