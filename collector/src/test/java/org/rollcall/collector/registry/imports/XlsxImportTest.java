package org.rollcall.collector.registry.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rollcall.collector.registry.imports.Examples.school;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.database.OnBothDatabases;
import org.rollcall.collector.database.RegisterHome;
import org.rollcall.collector.registry.Registry;
import org.rollcall.collector.registry.School;

@OnBothDatabases
class XlsxImportTest {
  @Parameter RegisterHome home = RegisterHome.SQLITE;

  @TempDir Path folder;
  private Database database;
  private Registry registry;
  private Imports imports;

  @BeforeEach
  void open() {
    database = home.open(folder);
    registry = new Registry(database);
    imports = new Imports(registry);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void readsTheSameSchoolAsTheCsv() throws IOException {
    List<String> row = school("2144990001", "440307001");
    ImportResult csv =
        imports.schools(new Examples(folder).schools(List.of(row)), ImportOptions.DEFAULT);
    assertThat(csv.problems()).isEmpty();
    School expected = registry.snapshot().schools().get(0);
    ImportResult result =
        imports.schools(workbook(sheet -> fill(sheet, 1, row)), ImportOptions.DEFAULT);
    assertThat(result.problems()).isEmpty();
    assertThat(result.counts().unchanged()).isEqualTo(1);
    assertThat(registry.snapshot().schools()).containsExactly(expected);
  }

  @Test
  void refusesACodeThatIsANumberAndSaysWhatToDo() throws IOException {
    Path file =
        workbook(
            sheet -> {
              fill(sheet, 1, school("2144990001", "440307001"));
              sheet.value(1, 0, 2144990001L);
            });
    assertThat(imports.schools(file, ImportOptions.DEFAULT).lines(Locale.ENGLISH))
        .first()
        .asString()
        .startsWith("row 2, column code: the code 2144990001 is stored as a number")
        .contains("Format the column as Text");
    assertThat(registry.snapshot().schools()).isEmpty();
  }

  @Test
  void countsRowsAsTheSpreadsheetShowsThem() throws IOException {
    Path file =
        workbook(
            sheet -> {
              fill(sheet, 1, school("2144990001", "440307001"));
              fill(sheet, 5, school("99", "440307001"));
            });
    assertThat(imports.schools(file, ImportOptions.DEFAULT).problems())
        .extracting(Problem::row)
        .containsExactly(6);
  }

  @Test
  void takesNumbersForCountsCoordinatesAndRegions() throws IOException {
    Path file =
        workbook(
            sheet -> {
              fill(sheet, 1, school("2144990001", "440307001"));
              sheet.value(1, 3, 440307001);
              sheet.value(1, 8, 912);
              sheet.value(1, 11, 114.2469);
            });
    assertThat(imports.schools(file, ImportOptions.DEFAULT).problems()).isEmpty();
    assertThat(registry.snapshot().schools().get(0).students()).isEqualTo(912);
    assertThat(registry.snapshot().schools().get(0).lon()).isEqualTo(114.2469);
  }

  @Test
  void aDamagedWorkbookIsNamedAsSuch() throws IOException {
    Path file = workbook(sheet -> fill(sheet, 1, school("2144990001", "440307001")));
    byte[] bytes = Files.readAllBytes(file);
    for (int length : new int[] {bytes.length / 2, bytes.length - 10, 30}) {
      Path cut = Files.write(folder.resolve("cut.xlsx"), java.util.Arrays.copyOf(bytes, length));
      assertThat(imports.schools(cut, ImportOptions.DEFAULT).problems())
          .extracting(Problem::code)
          .containsExactly("xlsx-broken");
    }
  }

  private List<String> problems(String part, byte[] content) throws IOException {
    Path file = folder.resolve("raw.xlsx");
    RawWorkbook.write(file, part, content);
    ImportResult result = imports.schools(file, ImportOptions.DEFAULT);
    assertThat(registry.snapshot().schools()).isEmpty();
    return result.problems().stream().map(Problem::code).distinct().toList();
  }

  private static byte[] sheet(String rows) {
    return RawWorkbook.sheet(rows).getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aWorkbookWithoutASheetIsBroken() throws IOException {
    String none = "<workbook xmlns=\"" + RawWorkbook.MAIN + "\"><sheets/></workbook>";
    assertThat(problems("xl/workbook.xml", none.getBytes(StandardCharsets.UTF_8)))
        .containsExactly("xlsx-broken");
  }

  @Test
  void aCellThatNamesItsTextByNoNumberIsBroken() throws IOException {
    assertThat(
            problems(
                RawWorkbook.SHEET, sheet("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>x</v></c></row>")))
        .containsExactly("xlsx-broken");
  }

  @Test
  void aNumberWithAHugeExponentIsNotWrittenOut() throws IOException {
    String header = RawWorkbook.row(1, List.of(Examples.SCHOOL_HEADER.split(",", -1)));
    String row = "<row r=\"2\"><c r=\"A2\"><v>1E999999999</v></c></row>";
    assertThat(problems(RawWorkbook.SHEET, sheet(header + row))).contains("empty");
  }

  @Test
  void rowsBeyondTheMostAreToldNotDropped() throws IOException {
    String header = RawWorkbook.row(1, List.of(Examples.SCHOOL_HEADER.split(",", -1)));
    String good = RawWorkbook.row(2, school("2144990001", "440307001"));
    String far = RawWorkbook.row(500_001, school("2144990002", "440307001"));
    assertThat(problems(RawWorkbook.SHEET, sheet(header + good + far)))
        .containsExactly("too-many-rows");
  }

  @Test
  void aWorkbookThatUnpacksToMoreThanItSaysIsTooLarge() throws IOException {
    Path file = folder.resolve("bomb.xlsx");
    RawWorkbook.write(file, "xl/sharedStrings.xml", new byte[65 << 20]);
    byte[] bytes = Files.readAllBytes(file);
    assertThat(bytes).hasSizeLessThan(1 << 20);
    // The central directory (APPNOTE 4.3.12) says of the texts that they are 1 KiB.
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at + 46 < bytes.length; at++) {
      if (in.getInt(at) == 0x02014b50 && in.getInt(at + 24) == 65 << 20) {
        in.putInt(at + 24, 1024);
      }
    }
    Files.write(file, bytes);
    assertThat(imports.schools(file, ImportOptions.DEFAULT).problems())
        .extracting(Problem::code)
        .containsAnyOf("file-too-large", "xlsx-broken")
        .hasSize(1);
  }

  private static void fill(Worksheet sheet, int row, List<String> values) {
    for (int i = 0; i < values.size(); i++) {
      sheet.value(row, i, values.get(i));
    }
  }

  private Path workbook(Consumer<Worksheet> content) throws IOException {
    Path file = folder.resolve("schools.xlsx");
    try (OutputStream out = Files.newOutputStream(file);
        Workbook workbook = new Workbook(out, "test", "1.0")) {
      Worksheet sheet = workbook.newWorksheet("学校");
      fill(sheet, 0, List.of(Examples.SCHOOL_HEADER.split(",")));
      content.accept(sheet);
    }
    return file;
  }
}
