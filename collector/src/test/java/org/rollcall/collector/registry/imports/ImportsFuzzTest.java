package org.rollcall.collector.registry.imports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.registry.Registry;

/**
 * Whatever is given as a table, as text, as a workbook, or as one part of a good workbook: all of
 * it is taken, or nothing and every problem can be told in both languages.
 */
class ImportsFuzzTest {
  private static final String GOOD =
      "2144990001,示例小学,Example,440307001,primary,A,public,urban,9,5,2,114.2,22.7,fibre,x,100,yes";
  private static final String[] PARTS = {
    "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml"
  };

  @TempDir Path folder;
  private Database database;
  private Registry registry;
  private Imports imports;
  private Path file;

  /** First byte: T the bytes are the file; 0 to 3 they are that part of a workbook. */
  static Stream<byte[]> seeds() {
    return Stream.of(
            "T" + Examples.SCHOOL_HEADER + "\n" + GOOD + "\n",
            "T\ufeff" + Examples.SCHOOL_HEADER + "\r\n\r\n\"a\"\"b\",\"c\n",
            "T" + Examples.SCHOOL_HEADER + "\n" + GOOD + "\n" + GOOD + "\n",
            "Tcode,code,x\n,,\n",
            "TPK\3\4",
            "0" + RawWorkbook.sheet("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>"),
            "0"
                + RawWorkbook.sheet(
                    "<row r=\"2\"><c r=\"A2\"><v>1E5</v></c><c r=\"XFD2\" t=\"e\"/></row>"),
            "0" + RawWorkbook.sheet("<row r=\"-1\"><c r=\"A-1\" t=\"b\"><v>1</v></c></row><row/>"),
            "0"
                + RawWorkbook.sheet(
                    "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>code</t></is></c></row>"),
            "1<sst xmlns=\"" + RawWorkbook.MAIN + "\"><si><t>code</t></si><si/></sst>",
            "1<!DOCTYPE a [<!ENTITY b \"c\">]><sst xmlns=\""
                + RawWorkbook.MAIN
                + "\"><si><t>&b;</t></si></sst>",
            "2<styleSheet xmlns=\""
                + RawWorkbook.MAIN
                + "\"><cellXfs><xf numFmtId=\"x\"/></cellXfs></styleSheet>",
            "3<workbook xmlns=\"" + RawWorkbook.MAIN + "\"><sheets/></workbook>")
        .map(text -> text.getBytes(UTF_8));
  }

  @BeforeEach
  void open() {
    database = Database.open(folder.resolve("rollcall.db"), Database.Sync.PROCESS);
    registry = new Registry(database);
    imports = new Imports(registry);
    file = folder.resolve("table");
  }

  @AfterEach
  void close() {
    database.close();
  }

  @MethodSource("seeds")
  @FuzzTest
  void aTableIsTakenWholeOrNotAtAllAndSaysWhy(byte[] bytes) throws IOException {
    if (bytes.length == 0) {
      return;
    }
    byte[] content = Arrays.copyOfRange(bytes, 1, bytes.length);
    int part = bytes[0] - '0';
    if (part >= 0 && part < PARTS.length) {
      RawWorkbook.write(file, PARTS[part], content);
    } else {
      Files.write(file, content);
    }
    int before = registry.snapshot().schools().size();
    ImportResult result = imports.schools(file, ImportOptions.DEFAULT);
    int after = registry.snapshot().schools().size();
    if (result.ok()) {
      assertThat(after).isEqualTo(before + result.counts().inserted());
    } else {
      assertThat(after).isEqualTo(before);
      assertThat(result.problems()).isNotEmpty();
      for (Locale language : new Locale[] {Locale.ENGLISH, Locale.CHINESE}) {
        assertThat(result.lines(language)).isNotEmpty().noneMatch(String::isBlank);
      }
    }
  }
}
