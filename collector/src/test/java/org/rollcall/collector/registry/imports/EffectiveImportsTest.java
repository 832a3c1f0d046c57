package org.rollcall.collector.registry.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rollcall.collector.registry.imports.Examples.school;
import static org.rollcall.collector.registry.imports.Examples.with;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
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
import org.rollcall.collector.declared.Amount;
import org.rollcall.collector.declared.DeclaredIndicator;
import org.rollcall.collector.declared.DeclaredValue;
import org.rollcall.collector.declared.DeclaredValues;
import org.rollcall.collector.registry.Line;
import org.rollcall.collector.registry.Region;
import org.rollcall.collector.registry.RegisterChange.Counts;
import org.rollcall.collector.registry.Registry;
import org.rollcall.collector.registry.School;
import org.rollcall.collector.registry.SchoolClass;
import org.rollcall.collector.registry.SetClock;

@OnBothDatabases
class EffectiveImportsTest {
  @Parameter RegisterHome home = RegisterHome.SQLITE;

  private static final LocalDate TODAY = LocalDate.of(2026, 3, 16);
  private static final ImportOptions NOW = ImportOptions.DEFAULT;
  private static final String CODE = "2144990001";
  private static final String MORE = ",status,campus_of,plan_year,largest_class,computers";

  @TempDir Path folder;
  private final SetClock clock = new SetClock(TODAY, LocalTime.NOON);
  private Database database;
  private Registry registry;
  private Imports imports;
  private DeclaredValues values;
  private Examples examples;

  @BeforeEach
  void open() throws IOException {
    database = home.open(folder);
    registry = new Registry(database, clock);
    imports = new Imports(registry);
    values = new DeclaredValues(database, clock);
    examples = new Examples(folder);
    good(
        imports.regions(
            examples.text("code,name,name_en\n440307,龙岗区,\n440307001,平湖街道,\n440307002,布吉街道,\n"),
            NOW));
    good(imports.schools(examples.schools(List.of(school(CODE, "440307002"))), NOW));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aSchoolChangesTownshipOnTheDateGiven() throws IOException {
    LocalDate leap = LocalDate.of(2024, 2, 29);
    Path file = examples.schools(List.of(school(CODE, "440307001")));
    ImportResult result = imports.schools(file, NOW.from(leap));
    assertThat(result.counts()).isEqualTo(new Counts(0, 1, 0));
    assertThat(result.lines(Locale.ENGLISH))
        .containsExactly("In force from 2024-02-29.", "Schools: 0 new, 1 changed, 0 unchanged.");
    assertThat(registry.at(leap.minusDays(1)).schools("440307002")).hasSize(1);
    assertThat(registry.at(leap).schools("440307001")).hasSize(1);
    long revision = registry.revision();
    assertThat(imports.schools(file, NOW.from(leap)).counts()).isEqualTo(new Counts(0, 0, 1));
    assertThat(registry.revision()).isEqualTo(revision);
  }

  @Test
  void aSchoolThatWasClosedStaysClosedWhenAnOlderFileIsImportedAgain() throws IOException {
    good(imports.schools(wide("closed,,,,"), NOW.from(TODAY.plusDays(3))));
    assertThat(registry.snapshot().schools()).hasSize(1);
    clock.set(TODAY.plusDays(3), LocalTime.MIDNIGHT);
    assertThat(registry.snapshot().schools()).isEmpty();
    List<String> again = with(school(CODE, "440307002"), "students", "901");
    good(imports.schools(examples.schools(List.of(again)), NOW));
    assertThat(registry.snapshot().schools()).isEmpty();
    good(imports.schools(wide("在办,,2027,48,80"), NOW));
    School open = registry.snapshot().schools().get(0);
    assertThat(open.planYear()).isEqualTo(2027);
    assertThat(open.statistics()).isEqualTo(new School.Statistics(48, null, 80));
  }

  @Test
  void aTownshipMergedIntoAnotherTakesItsSchoolsAlong() throws IOException {
    LocalDate date = LocalDate.of(2026, 1, 1);
    Path file = examples.text("code,name,name_en,merged_into\n440307002,布吉街道,,440307001\n");
    ImportResult result = imports.regions(file, NOW.from(date));
    assertThat(result.problems()).isEmpty();
    assertThat(result.lines(Locale.ENGLISH))
        .containsExactly(
            "440307002 was merged into 440307001, and 1 school(s) with it.",
            "1 ended, because the file does not name them or says so.",
            "In force from 2026-01-01.",
            "Regions: 0 new, 0 changed, 0 unchanged.");
    assertThat(registry.at(date.minusDays(1)).schools("440307002")).hasSize(1);
    assertThat(registry.snapshot().regions())
        .extracting(Region::code)
        .containsExactly("440307", "440307001");
    assertThat(registry.snapshot().schools("440307001")).hasSize(1);
    assertThat(imports.regions(file, NOW.from(date)).counts()).isEqualTo(new Counts(0, 0, 1));
  }

  @Test
  void aDryRunOfAMergerChangesNothing() throws IOException {
    long revision = registry.revision();
    Path file = examples.text("code,name,name_en,merged_into\n440307002,布吉街道,,440307001\n");
    assertThat(imports.regions(file, NOW.withDryRun()).counts()).isEqualTo(new Counts(0, 0, 0, 1));
    assertThat(registry.revision()).isEqualTo(revision);
    assertThat(registry.snapshot().region("440307002")).isNotNull();
  }

  @Test
  void aSchoolIsNotPutWhereItsTownshipEndsLater() throws IOException {
    good(
        imports.regions(
            examples.text("code,name,name_en,merged_into\n440307002,布吉街道,,440307001\n"),
            NOW.from(LocalDate.of(2026, 1, 1))));
    ImportResult result =
        imports.schools(
            examples.schools(List.of(school("2144990002", "440307002"))),
            NOW.from(LocalDate.of(2025, 9, 1)));
    assertThat(result.ok()).isFalse();
    assertThat(result.lines(Locale.ENGLISH).get(0))
        .startsWith(
            "2144990002 would lie in the region 440307002, which is not there on 2026-01-01");
    assertThat(registry.at(LocalDate.of(2025, 9, 1)).school("2144990002")).isNull();
  }

  @Test
  void aCampusComesWithItsSchoolInOneFileInAnyOrder() throws IOException {
    String header = Examples.SCHOOL_HEADER + MORE + "\n";
    String campus = String.join(",", school("0044990002", "440307001")) + ",,2144990003,,,\n";
    String main = String.join(",", school("2144990003", "440307001")) + ",,,,,\n";
    good(imports.schools(examples.text(header + campus + main), NOW));
    assertThat(registry.snapshot().schools()).extracting(School::code).contains("2144990003");
    assertThat(registry.snapshot().campuses("2144990003"))
        .extracting(School::code)
        .containsExactly("0044990002");
    String devices = "school,space,kind,name,address,probe\n0044990002,,link,wan,10.0.0.1,snmp\n";
    good(imports.devices(examples.text(devices), NOW));
    assertThat(registry.inventory("0044990002").devices()).hasSize(1);
  }

  @Test
  void aReplacementEndsWhatTheFileDoesNotNameForTheSchoolsItNames() throws IOException {
    good(imports.schools(examples.schools(List.of(school("2144990002", "440307001"))), NOW));
    String header = "school,class,grade,platform_declared\n";
    good(
        imports.classes(
            examples.text(header + CODE + ",一班,1,no\n" + CODE + ",二班,1,no\n2144990002,一班,1,no\n"),
            NOW));
    Path file = examples.text(header + CODE + ",一班,1,no\n" + CODE + ",三班,1,yes\n");
    ImportResult result = imports.classes(file, NOW.from(TODAY).withReplace());
    assertThat(result.counts()).isEqualTo(new Counts(1, 0, 1, 1));
    assertThat(registry.inventory(CODE).classes())
        .extracting(SchoolClass::name)
        .containsExactly("一班", "三班");
    assertThat(registry.inventory(CODE, TODAY.minusDays(1)).classes())
        .extracting(SchoolClass::name)
        .containsExactly("一班", "二班");
    assertThat(registry.inventory("2144990002").classes()).hasSize(1);
    assertThat(imports.classes(file, NOW.withReplace()).counts()).isEqualTo(new Counts(0, 0, 2));
  }

  @Test
  void linesAreReadWithEmptyCells() throws IOException {
    String table =
        "school,line,medium,isp,contract_mbps,edu_network,load_balanced\n"
            + CODE
            + ",wan,光纤,电信,100,是,否\n"
            + CODE
            + ",wan2,,,,,\n";
    good(imports.lines(examples.text(table), NOW));
    assertThat(registry.inventory(CODE).lines())
        .containsExactly(
            new Line(CODE, "wan", School.Medium.FIBRE, "电信", 100.0, true, false),
            new Line(CODE, "wan2", null, null, null, null, false));
  }

  @Test
  void declaredValuesAreReadInEveryEncodingAndFromAWorkbook() throws IOException {
    String text =
        "school,indicator,value,as_of,note,certificate\n"
            + CODE
            + ",teachers-45-multimedia,45/50,2026/3/1,自报,\n"
            + CODE
            + ",standardised-school,是,2025年12月31日,,示例字〔2025〕1号\n"
            + "440307,fund,20000000.50,2026-01-01,,\n";
    for (byte[] bytes :
        List.of(
            text.getBytes(StandardCharsets.UTF_8),
            ("\ufeff" + text).getBytes(StandardCharsets.UTF_8),
            text.replace("\n", "\r\n").getBytes(Charset.forName("GB18030")))) {
      good(imports.declared(examples.file(bytes), NOW, values));
    }
    Path workbook = folder.resolve("declared.xlsx");
    write(
        workbook,
        List.of(
            List.of("school", "indicator", "value", "as_of", "note"),
            List.of(CODE, "computers", 80, LocalDate.of(2026, 3, 1), ""),
            List.of(CODE, "cooperation", 3, "2026-03-01", "")));
    good(imports.declared(workbook, NOW, values));
    var declared = values.of(CODE, TODAY);
    assertThat(declared.get(DeclaredIndicator.TEACHERS_45_MULTIMEDIA))
        .isEqualTo(
            new DeclaredValue(
                CODE,
                DeclaredIndicator.TEACHERS_45_MULTIMEDIA,
                new Amount.Pair(45, 50),
                LocalDate.of(2026, 3, 1),
                "自报",
                null));
    assertThat(declared.get(DeclaredIndicator.STANDARDISED_SCHOOL))
        .extracting(value -> value == null ? null : value.grade())
        .isEqualTo(DeclaredValue.Grade.CERTIFIED);
    assertThat(declared.get(DeclaredIndicator.COMPUTERS))
        .extracting(DeclaredValue::amount, DeclaredValue::asOf)
        .containsExactly(new Amount.Count(80), LocalDate.of(2026, 3, 1));
    assertThat(values.of("440307", TODAY)).containsOnlyKeys(DeclaredIndicator.FUND);
    assertThat(values.history(CODE, DeclaredIndicator.STANDARDISED_SCHOOL))
        .as("three times the same")
        .hasSize(1);
  }

  @Test
  void aDryRunOfDeclaredValuesCountsAndWritesNothing() throws IOException {
    long revision = registry.revision();
    Path file =
        examples.text("school,indicator,value,as_of,note\n" + CODE + ",contest,yes,2026-03-01,\n");
    assertThat(imports.declared(file, NOW.withDryRun(), values).counts())
        .isEqualTo(new Counts(1, 0, 0));
    assertThat(registry.revision()).isEqualTo(revision);
    assertThat(values.of(CODE, TODAY)).isEmpty();
    good(imports.declared(file, NOW, values));
    assertThat(registry.revision()).isEqualTo(revision + 1);
    good(imports.declared(file, NOW, values));
    assertThat(registry.revision()).isEqualTo(revision + 1);
  }

  @Test
  void aMergedTownshipsOldValuesCanStillBeDeclared() throws IOException {
    good(
        imports.regions(
            examples.text("code,name,name_en,merged_into\n440307002,布吉街道,,440307001\n"),
            NOW.from(LocalDate.of(2026, 1, 1))));
    String header = "school,indicator,value,as_of,note\n440307002,training-brought,2,";
    good(imports.declared(examples.text(header + "2025-12-31,\n"), NOW, values));
    ImportResult late = imports.declared(examples.text(header + "2026-01-01,\n"), NOW, values);
    assertThat(late.problems()).extracting(Problem::code).containsExactly("region-unknown");
  }

  private Path wide(String more) throws IOException {
    String row = String.join(",", school(CODE, "440307002")) + "," + more + "\n";
    return examples.text(Examples.SCHOOL_HEADER + MORE + "\n" + row);
  }

  private static void write(Path file, List<List<Object>> rows) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        Workbook workbook = new Workbook(out, "test", "1.0")) {
      Worksheet sheet = workbook.newWorksheet("declared");
      for (int r = 0; r < rows.size(); r++) {
        for (int c = 0; c < rows.get(r).size(); c++) {
          Object value = rows.get(r).get(c);
          if (value instanceof Number number) {
            sheet.value(r, c, number);
          } else if (value instanceof LocalDate date) {
            sheet.value(r, c, date);
            sheet.style(r, c).format("yyyy-mm-dd").set();
          } else {
            sheet.value(r, c, value.toString());
          }
        }
      }
    }
  }

  private static void good(ImportResult result) {
    assertThat(result.problems()).isEmpty();
  }
}
