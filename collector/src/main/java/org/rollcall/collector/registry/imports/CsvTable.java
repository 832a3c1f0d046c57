package org.rollcall.collector.registry.imports;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Comma-separated text (RFC 4180) in UTF-8, with or without byte order mark, or GB18030, which
 * Chinese spreadsheets write. A blank line is a row, as it is in the spreadsheet.
 */
final class CsvTable {
  private static final Charset GB18030 = Charset.forName("GB18030");
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setIgnoreEmptyLines(false).get();

  private CsvTable() {}

  static void read(Path file, Table.Sink sink) throws IOException, UnreadableTableException {
    Charset charset = charset(file);
    int row = 0;
    try (Reader reader = reader(file, charset);
        CSVParser parser = CSVParser.builder().setReader(reader).setFormat(FORMAT).get()) {
      Iterator<CSVRecord> records = parser.iterator();
      while (records.hasNext()) {
        List<Field> fields = records.next().stream().map(Field::text).toList();
        row++;
        if (!sink.row(row, fields)) {
          return;
        }
      }
    } catch (UncheckedIOException e) {
      throw new UnreadableTableException(row + 1, "csv-broken");
    }
  }

  /** Whether the whole file decodes decides; a guess from its first lines would not do. */
  private static Charset charset(Path file) throws IOException, UnreadableTableException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] start = in.readNBytes(2);
      if (start.length == 2 && (start[0] & 0xff) + (start[1] & 0xff) == 0xff + 0xfe) {
        throw new UnreadableTableException("utf-16");
      }
    }
    for (Charset charset : List.of(StandardCharsets.UTF_8, GB18030)) {
      if (decodes(file, charset)) {
        return charset;
      }
    }
    throw new UnreadableTableException("encoding");
  }

  private static boolean decodes(Path file, Charset charset) throws IOException {
    char[] buffer = new char[8_192];
    try (Reader reader = reader(file, charset)) {
      int read = 0;
      while (read >= 0) {
        for (int i = 0; i < read; i++) {
          if (buffer[i] == 0) {
            return false;
          }
        }
        read = reader.read(buffer);
      }
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static Reader reader(Path file, Charset charset) throws IOException {
    return new InputStreamReader(
        new BufferedInputStream(Files.newInputStream(file)),
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT));
  }
}
