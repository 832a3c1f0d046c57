package org.rollcall.collector.registry.imports;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Reads the rows of a file, one after the other, whatever its format. */
final class Table {
  private static final long MAX_FILE_MIB = 64;
  private static final int MAX_ROWS = 500_000;
  private static final byte[] ZIP = {'P', 'K', 3, 4};
  private static final byte[] OLE2 = {(byte) 0xd0, (byte) 0xcf, 0x11, (byte) 0xe0};

  private Table() {}

  /** Takes rows; false ends the reading. */
  interface Sink {
    /**
     * Takes one row.
     *
     * @param number as the spreadsheet shows it, from 1
     */
    boolean row(int number, List<Field> fields);
  }

  /**
   * Reads {@code file} until its end or until {@code sink} has enough.
   *
   * @throws UnreadableTableException if it is no table, or too large a one
   */
  static void read(Path file, Sink sink) throws UnreadableTableException {
    if (!Files.isRegularFile(file)) {
      throw new UnreadableTableException("file-missing", file);
    }
    boolean[] tooMany = {false};
    Sink limited =
        (number, fields) -> {
          tooMany[0] = number > MAX_ROWS;
          return !tooMany[0] && sink.row(number, fields);
        };
    try {
      if (Files.size(file) > MAX_FILE_MIB << 20) {
        throw new UnreadableTableException("file-too-large", MAX_FILE_MIB);
      }
      byte[] start = start(file);
      if (startsWith(start, OLE2)) {
        throw new UnreadableTableException("xls-old");
      }
      if (startsWith(start, ZIP)) {
        XlsxTable.read(file, limited);
      } else {
        CsvTable.read(file, limited);
      }
      if (tooMany[0]) {
        throw new UnreadableTableException(MAX_ROWS + 1, "too-many-rows", MAX_ROWS);
      }
    } catch (IOException e) {
      throw new UnreadableTableException(
          "file-unreadable", file, e.getMessage() == null ? e : e.getMessage());
    }
  }

  private static byte[] start(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(8);
    }
  }

  private static boolean startsWith(byte[] bytes, byte[] prefix) {
    return bytes.length >= prefix.length
        && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
  }
}
