package org.rollcall.collector.registry.imports;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ExcelReaderException;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.jspecify.annotations.Nullable;

/** The first sheet of an Office Open XML workbook. */
final class XlsxTable {
  /** A small file can unpack to any size. Project default. */
  private static final long MAX_UNPACKED_MIB = 512;

  /** A workbook's texts are kept in memory while it is read. Project default. */
  private static final long MAX_TEXTS_MIB = 64;

  private static final String WORKBOOK = "xl/workbook.xml";
  private static final String TEXTS = "xl/sharedStrings.xml";

  /** A number with more places than this is shown with its exponent. */
  private static final int MOST_PLACES = 40;

  private XlsxTable() {}

  /** One row as it was read. */
  private record Read(int number, List<Field> fields) {}

  static void read(Path file, Table.Sink sink) throws IOException, UnreadableTableException {
    checkUnpackedSize(file);
    try (ReadableWorkbook workbook = new ReadableWorkbook(file.toFile());
        Stream<Row> rows = rows(workbook)) {
      Iterator<Row> iterator = rows.iterator();
      for (Read row = next(iterator); row != null; row = next(iterator)) {
        if (!sink.row(row.number(), row.fields())) {
          return;
        }
      }
    } catch (ExcelReaderException e) {
      throw new UnreadableTableException("xlsx-broken");
    }
  }

  private static Stream<Row> rows(ReadableWorkbook workbook)
      throws IOException, UnreadableTableException {
    try {
      return workbook.getFirstSheet().openStream();
    } catch (RuntimeException e) {
      // Whatever it stumbles over, such as a workbook without a sheet, is the file's fault.
      throw new UnreadableTableException("xlsx-broken");
    }
  }

  /** The next row; null at the end. */
  private static @Nullable Read next(Iterator<Row> rows) throws UnreadableTableException {
    try {
      if (!rows.hasNext()) {
        return null;
      }
      Row row = rows.next();
      return new Read(row.getRowNum(), fields(row));
    } catch (RuntimeException e) {
      throw new UnreadableTableException("xlsx-broken");
    }
  }

  /** Unpacks what there is and counts it: what a file says of its own sizes may be untrue. */
  private static void checkUnpackedSize(Path file) throws UnreadableTableException {
    long left = MAX_UNPACKED_MIB << 20;
    boolean workbook = false;
    try (ZipFile zip = new ZipFile(file.toFile())) {
      var entries = zip.entries();
      while (entries.hasMoreElements()) {
        var entry = entries.nextElement();
        boolean texts = entry.getName().equalsIgnoreCase(TEXTS);
        long most = texts ? MAX_TEXTS_MIB << 20 : left;
        long size = unpackedSize(zip, entry, most);
        if (size > most) {
          throw new UnreadableTableException(
              "file-too-large", texts ? MAX_TEXTS_MIB : MAX_UNPACKED_MIB);
        }
        left -= size;
        workbook |= entry.getName().equals(WORKBOOK);
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new UnreadableTableException("xlsx-broken");
    }
    if (!workbook) {
      throw new UnreadableTableException("xlsx-broken");
    }
  }

  /** Bytes of an entry; counting ends behind {@code most}. */
  private static long unpackedSize(ZipFile zip, ZipEntry entry, long most) throws IOException {
    byte[] buffer = new byte[64 * 1024];
    long size = 0;
    try (InputStream in = zip.getInputStream(entry)) {
      for (int read = in.read(buffer); read >= 0 && size <= most; read = in.read(buffer)) {
        size += read;
      }
    }
    return size;
  }

  private static List<Field> fields(Row row) {
    List<Field> fields = new ArrayList<>(row.getCellCount());
    for (int i = 0; i < row.getCellCount(); i++) {
      fields.add(row.getOptionalCell(i).map(XlsxTable::field).orElse(Field.EMPTY));
    }
    return fields;
  }

  private static Field field(Cell cell) {
    if (cell.getType() == CellType.ERROR) {
      return new Field(String.valueOf(cell.getRawValue()), Field.Content.ERROR);
    }
    Object value = cell.getValue();
    if (value == null) {
      return Field.EMPTY;
    }
    if (value instanceof BigDecimal number) {
      BigDecimal plain = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
      // Written out, 1E999999999 would fill the memory.
      boolean longest = Math.abs((long) plain.scale()) > MOST_PLACES;
      String text = longest ? plain.toString() : plain.toPlainString();
      return new Field(text, Field.Content.NUMBER);
    }
    return Field.text(value.toString());
  }
}
