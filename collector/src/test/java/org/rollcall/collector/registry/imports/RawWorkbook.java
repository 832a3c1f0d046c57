package org.rollcall.collector.registry.imports;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A small workbook written part by part, so that one of them can be what no program writes. */
final class RawWorkbook {
  static final String SHEET = "xl/worksheets/sheet1.xml";
  static final String MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  private static final String LINKS =
      "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  private static final String PACKAGE = "http://schemas.openxmlformats.org/package/2006/";

  private RawWorkbook() {}

  /** A sheet of these rows. */
  static String sheet(String rows) {
    return "<worksheet xmlns=\"" + MAIN + "\"><sheetData>" + rows + "</sheetData></worksheet>";
  }

  /** The cells of a row, each with its text in place. */
  static String row(int number, Iterable<String> cells) {
    StringBuilder row = new StringBuilder("<row r=\"" + number + "\">");
    char column = 'A';
    for (String cell : cells) {
      row.append("<c r=\"").append(column++).append(number);
      row.append("\" t=\"inlineStr\"><is><t>").append(cell).append("</t></is></c>");
    }
    return row.append("</row>").toString();
  }

  static void write(Path file, String changed, byte[] content) throws IOException {
    Map<String, byte[]> parts = new LinkedHashMap<>();
    goodParts().forEach((name, text) -> parts.put(name, text.getBytes(UTF_8)));
    parts.put(changed, content);
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
      out.setLevel(1);
      for (Map.Entry<String, byte[]> each : parts.entrySet()) {
        out.putNextEntry(new ZipEntry(each.getKey()));
        out.write(each.getValue());
      }
    }
  }

  private static Map<String, String> goodParts() {
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put(
        "[Content_Types].xml",
        "<Types xmlns=\""
            + PACKAGE
            + "content-types\"><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/"
            + "vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/><Override"
            + " PartName=\"/xl/sharedStrings.xml\" ContentType=\"application/"
            + "vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml\"/><Override"
            + " PartName=\"/xl/styles.xml\" ContentType=\"application/"
            + "vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/></Types>");
    parts.put(
        "_rels/.rels",
        "<Relationships xmlns=\""
            + PACKAGE
            + "relationships\"><Relationship Id=\"rId1\" Type=\""
            + LINKS
            + "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
    parts.put(
        "xl/_rels/workbook.xml.rels",
        "<Relationships xmlns=\""
            + PACKAGE
            + "relationships\"><Relationship Id=\"rId1\" Type=\""
            + LINKS
            + "/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>");
    parts.put(
        "xl/workbook.xml",
        "<workbook xmlns=\""
            + MAIN
            + "\" xmlns:r=\""
            + LINKS
            + "\"><sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>");
    parts.put(
        "xl/sharedStrings.xml",
        "<sst xmlns=\"" + MAIN + "\"><si><t>code</t></si><si><t>name</t></si></sst>");
    parts.put(
        "xl/styles.xml",
        "<styleSheet xmlns=\"" + MAIN + "\"><cellXfs><xf numFmtId=\"0\"/></cellXfs></styleSheet>");
    parts.put(
        "xl/worksheets/sheet1.xml",
        sheet(
            "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c></row>"));
    return parts;
  }
}
