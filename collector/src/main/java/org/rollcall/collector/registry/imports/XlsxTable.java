package org.rollcall.collector.registry.imports;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ExcelReaderException;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;

/** The first sheet of an Office Open XML workbook. */
final class XlsxTable {
  /** A small file can unpack to any size; its strings are kept in memory while it is read. */
  private static final long MAX_UNPACKED_MIB = 512;

  private XlsxTable() {}

  static void read(Path file, Table.Sink sink) throws IOException, UnreadableTableException {
    checkUnpackedSize(file);
    try (ReadableWorkbook workbook = new ReadableWorkbook(file.toFile());
        Stream<Row> rows = workbook.getFirstSheet().openStream()) {
      Iterator<Row> iterator = rows.iterator();
      while (iterator.hasNext()) {
        Row row = iterator.next();
        if (!sink.row(row.getRowNum(), fields(row))) {
          return;
        }
      }
    } catch (ExcelReaderException e) {
      throw new UnreadableTableException("xlsx-broken");
    }
  }

  private static void checkUnpackedSize(Path file) throws UnreadableTableException {
    long unpacked = 0;
    boolean workbook = false;
    try (ZipFile zip = new ZipFile(file.toFile())) {
      var entries = zip.entries();
      while (entries.hasMoreElements()) {
        var entry = entries.nextElement();
        unpacked += Math.max(0, entry.getSize());
        workbook |= entry.getName().equals("xl/workbook.xml");
      }
    } catch (IOException e) {
      throw new UnreadableTableException("xlsx-broken");
    }
    if (!workbook) {
      throw new UnreadableTableException("xlsx-broken");
    }
    if (unpacked > MAX_UNPACKED_MIB << 20) {
      throw new UnreadableTableException("file-too-large", MAX_UNPACKED_MIB);
    }
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
      return new Field(plain.toPlainString(), Field.Content.NUMBER);
    }
    return Field.text(value.toString());
  }
}
