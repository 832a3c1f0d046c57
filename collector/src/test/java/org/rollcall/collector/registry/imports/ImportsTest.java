package org.rollcall.collector.registry.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.rollcall.collector.registry.imports.Examples.school;
import static org.rollcall.collector.registry.imports.Examples.with;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.database.OnBothDatabases;
import org.rollcall.collector.database.RegisterHome;
import org.rollcall.collector.declared.DeclaredValues;
import org.rollcall.collector.registry.Crs;
import org.rollcall.collector.registry.Line;
import org.rollcall.collector.registry.Region;
import org.rollcall.collector.registry.Register;
import org.rollcall.collector.registry.RegisterChange.Counts;
import org.rollcall.collector.registry.Registry;
import org.rollcall.collector.registry.School;
import org.rollcall.collector.registry.School.Stage;
import org.rollcall.collector.registry.School.Tier;

@OnBothDatabases
class ImportsTest {
  @Parameter RegisterHome home = RegisterHome.SQLITE;

  private static final String REGIONS =
      "code,name,name_en\n440307,龙岗区,Longgang\n440307001,平湖街道,Pinghu\n";

  @TempDir Path folder;
  private Database database;
  private Registry registry;
  private Imports imports;
  private Examples examples;

  @BeforeEach
  void open() {
    database = home.open(folder);
    registry = new Registry(database);
    imports = new Imports(registry);
    examples = new Examples(folder);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void theExamplesAreGoodAndAgreeWithEachOther() {
    examples.importInto(registry);
    Register register = registry.snapshot();
    assertThat(register.root()).isEqualTo(register.region("440307")).isNotNull();
    assertThat(register.children("440307")).hasSize(8);
    assertThat(register.schools()).hasSize(12);
    for (School school : register.schools()) {
      int classes = registry.inventory(school.code()).classes().size();
      for (School campus : register.campuses(school.code())) {
        assertThat(registry.inventory(campus.code()).classes()).hasSize(campus.classes());
        classes += campus.classes();
      }
      assertThat(classes).as(school.name()).isEqualTo(school.classes());
    }
    assertThat(register.sites()).hasSize(13);
    assertThat(registry.inventory("2144990001").lines())
        .extracting(Line::subject)
        .containsExactly("link:wan", "link:wan2");
    ImportResult declared =
        imports.declared(
            Examples.FOLDER.resolve("declared.csv"),
            ImportOptions.DEFAULT,
            new DeclaredValues(database, Clock.systemUTC()));
    assertThat(declared.problems()).isEmpty();
    assertThat(register.schools("440307008"))
        .extracting(School::code, School::tier)
        .contains(org.assertj.core.groups.Tuple.tuple("0044990012", Tier.C));
    assertThat(registry.inventory("2144990001").rooms().get(0).pcs()).hasSize(10);
  }

  @Test
  void countsNewChangedAndUnchangedAndLeavesOthersAlone() throws IOException {
    regions();
    schools(school("2144990001", "440307001"), school("2144990002", "440307001"));
    ImportResult again =
        schools(
            with(school("2144990001", "440307001"), "students", "901"),
            school("2144990003", "440307"));
    assertThat(again.counts()).isEqualTo(new Counts(1, 1, 0));
    assertThat(registry.snapshot().schools()).hasSize(3);
    assertThat(again.lines(Locale.ENGLISH))
        .containsExactly("Schools: 1 new, 1 changed, 0 unchanged.");
  }

  @Test
  void aDryRunCountsAndChangesNothing() throws IOException {
    regions();
    long before = registry.revision();
    Path file = examples.schools(List.of(school("2144990001", "440307001")));
    ImportResult result = imports.schools(file, ImportOptions.DEFAULT.withDryRun());
    assertThat(result.ok()).isTrue();
    assertThat(result.counts()).isEqualTo(new Counts(1, 0, 0));
    assertThat(result.lines(Locale.ENGLISH)).last().asString().contains("nothing was written");
    assertThat(registry.revision()).isEqualTo(before);
    assertThat(registry.snapshot().schools()).isEmpty();
  }

  @Test
  void oneBadRowKeepsAllOthersOut() throws IOException {
    regions();
    ImportResult result =
        schools(
            school("2144990001", "440307001"),
            school("2144990002", "440307001"),
            with(school("2144990003", "440307001"), "students", "many"));
    assertThat(result.problems())
        .extracting(Problem::row, Problem::column, Problem::code)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(4, "students", "not-whole"));
    assertThat(registry.snapshot().schools()).isEmpty();
  }

  @Test
  void showsAThousandProblemsAndCountsTheRest() throws IOException {
    regions();
    String rows = "2144990001,一班,x,yes\n".repeat(1_200);
    ImportResult result =
        imports.classes(
            examples.text("school,class,grade,platform_declared\n" + rows), ImportOptions.DEFAULT);
    assertThat(result.problems()).hasSize(1_000);
    assertThat(result.problemCount()).isEqualTo(2_400);
    assertThat(result.lines(Locale.ENGLISH)).hasSize(1_002).contains("… and 1400 more.");
  }

  @Test
  void readsTheSameTableInEveryEncoding() throws IOException {
    regions();
    String text = Files.readString(examples.schools(List.of(school("2144990001", "440307001"))));
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    byte[] withMark = ("\ufeff" + text).getBytes(StandardCharsets.UTF_8);
    byte[] gb18030 = text.replace("\n", "\r\n").getBytes(Charset.forName("GB18030"));
    for (byte[] bytes : List.of(utf8, withMark, gb18030)) {
      ImportResult result = imports.schools(examples.file(bytes), ImportOptions.DEFAULT);
      assertThat(result.problems()).isEmpty();
      assertThat(registry.snapshot().schools()).extracting(School::name).containsOnly("示例小学");
    }
    assertThat(registry.revision()).as("three times the same").isEqualTo(2);
  }

  @Test
  void namesAnEncodingItCannotRead() throws IOException {
    assertThat(only(StandardCharsets.UTF_16LE.encode("\ufeffcode,name").array()))
        .isEqualTo("utf-16");
    assertThat(only(new byte[] {'c', 'o', 'd', 'e', ',', (byte) 0xff, (byte) 0xff}))
        .isEqualTo("encoding");
    assertThat(only(new byte[] {'c', 0, 'o', 0})).isEqualTo("encoding");
    assertThat(only(new byte[0])).isEqualTo("no-header");
    assertThat(only((Examples.SCHOOL_HEADER + "\n").getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("no-rows");
    assertThat(only(new byte[] {(byte) 0xd0, (byte) 0xcf, 0x11, (byte) 0xe0, 0, 0}))
        .isEqualTo("xls-old");
    assertThat(only(new byte[] {'P', 'K', 3, 4, 0, 0})).isEqualTo("xlsx-broken");
    ImportResult missing = imports.schools(folder.resolve("none.csv"), ImportOptions.DEFAULT);
    assertThat(missing.lines(Locale.ENGLISH).get(0)).contains("none.csv").contains("not exist");
  }

  private String only(byte[] bytes) throws IOException {
    List<Problem> problems =
        imports.schools(examples.file(bytes), ImportOptions.DEFAULT).problems();
    assertThat(problems).hasSize(1);
    return problems.get(0).code();
  }

  @Test
  void takesColumnsInAnyOrderAndCase() throws IOException {
    regions();
    schools(school("2144990001", "440307001"));
    String table = "Platform_Declared,CLASS,school,grade\n是,一(1)班,2144990001,1\n";
    assertThat(imports.classes(examples.text(table), ImportOptions.DEFAULT).problems()).isEmpty();
    assertThat(registry.inventory("2144990001").classes())
        .containsExactly(
            new org.rollcall.collector.registry.SchoolClass("2144990001", "一(1)班", 1, true));
  }

  @ParameterizedTest
  @CsvSource({
    "WGS84,114.246899,22.720968",
    "GCJ02,114.251735184,22.718134481",
    "BD09,114.258197359,22.724418094"
  })
  void storesTheSamePlaceWhateverTheReferenceSystem(Crs crs, String lon, String lat)
      throws IOException {
    regions();
    List<String> row = with(with(school("2144990001", "440307001"), "lon", lon), "lat", lat);
    imports.schools(examples.schools(List.of(row)), new ImportOptions(crs, false));
    School school = registry.snapshot().schools().get(0);
    assertThat(school.lon()).isNotNull().isCloseTo(114.246899, within(1e-8));
    assertThat(school.lat()).isNotNull().isCloseTo(22.720968, within(1e-8));
  }

  @Test
  void keepsLeadingZerosAndRefusesACodeThatLostThem() throws IOException {
    regions();
    schools(school("0044990012", "440307001"));
    assertThat(registry.snapshot().school("0044990012")).isNotNull();
    for (String broken : List.of("44990012", "4.4990012E7", "4.4990012E+07")) {
      assertThat(schools(school(broken, "440307001")).lines(Locale.ENGLISH).get(0))
          .startsWith("row 2, column code: ")
          .contains(broken)
          .containsIgnoringCase("format the column as Text");
    }
    assertThat(registry.snapshot().schools()).hasSize(1);
  }

  @Test
  void suggestsATierOnlyWhereNoneIsGivenOrConfirmed() throws IOException {
    regions();
    List<String> row = school("2144990001", "440307001");
    ImportResult first = schools(with(row, "tier", ""), school("2144990002", "440307001"));
    assertThat(first.suggestedTiers()).isEqualTo(Map.of(Tier.A, 1));
    assertThat(first.lines(Locale.ENGLISH).get(0)).contains("1 school(s) without a tier");
    schools(with(row, "tier", "B"));
    ImportResult later = schools(with(row, "tier", ""));
    assertThat(later.suggestedTiers()).isEmpty();
    assertThat(later.counts()).isEqualTo(new Counts(0, 0, 1));
  }

  @ParameterizedTest
  @CsvSource({
    "示例小学,440307001,PRIMARY,A",
    "示例小学,440307101,PRIMARY,B",
    "示例镇中心小学,440307101,PRIMARY,A",
    "示例小学,441900,PRIMARY,B",
    "示例中学,440307101,JUNIOR,A",
    "示例学校,440307201,NINE_YEAR,A",
    "示例教学点,440307001,TEACHING_POINT,C",
    "示例特殊教育学校,440307101,SPECIAL,B"
  })
  void suggestsTheTierOfTheRules(String name, String region, Stage stage, Tier tier) {
    assertThat(SchoolRows.suggest(name, region, stage)).isEqualTo(tier);
  }

  @Test
  void entersUnnamedRegionsBeforeAnyWereImportedAndRefusesUnknownOnesAfterwards()
      throws IOException {
    ImportResult first =
        schools(school("2144990001", "440307001"), school("2144990002", "440303002"));
    assertThat(first.problems()).isEmpty();
    assertThat(first.provisionalRegions())
        .containsExactly("440300", "440303", "440303002", "440307", "440307001");
    assertThat(first.lines(Locale.ENGLISH).get(0)).contains("5 region(s) have no name yet");
    assertThat(registry.snapshot().breadcrumb("440307001"))
        .extracting(Region::code)
        .containsExactly("440300", "440307", "440307001");
    regions();
    assertThat(registry.snapshot().breadcrumb("440307001"))
        .extracting(Region::name)
        .containsExactly("440300", "龙岗区", "平湖街道");
    assertThat(schools(school("2144990003", "440307008")).problems())
        .extracting(Problem::code)
        .containsExactly("region-unknown");
  }

  @Test
  void aTownshipMayLieDirectlyInACity() throws IOException {
    imports.regions(
        examples.text(
            "code,name,name_en\n441900003,东城街道,\n441900,东莞市,Dongguan\n440000,广东省,Guangdong\n"),
        ImportOptions.DEFAULT);
    assertThat(registry.snapshot().breadcrumb("441900003"))
        .extracting(Region::code)
        .containsExactly("440000", "441900", "441900003");
  }

  @Test
  void aRegionAboveTheRootBecomesTheRoot() throws IOException {
    regions();
    ImportResult result =
        imports.regions(
            examples.text("code,name,name_en\n440300,深圳市,Shenzhen\n440303,罗湖区,Luohu\n"),
            ImportOptions.DEFAULT);
    assertThat(result.problems()).isEmpty();
    assertThat(registry.snapshot().breadcrumb("440307001"))
        .extracting(Region::code)
        .containsExactly("440300", "440307", "440307001");
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "20260901"})
  void anyOrderOfRegionsGivesTheSameTree(long seed) throws IOException {
    List<String> rows =
        new ArrayList<>(
            List.of(
                "440000,广东省,",
                "440300,深圳市,",
                "440307,龙岗区,",
                "440303,罗湖区,",
                "440307001,平湖街道,",
                "440303002,黄贝街道,"));
    Collections.shuffle(rows, new Random(seed));
    imports.regions(
        examples.text("code,name,name_en\n" + String.join("\n", rows) + "\n"),
        ImportOptions.DEFAULT);
    assertThat(registry.snapshot().regions())
        .as("seed %d", seed)
        .extracting(Region::code)
        .containsExactly("440000", "440300", "440303", "440303002", "440307", "440307001");
  }

  private void regions() throws IOException {
    ImportResult result = imports.regions(examples.text(REGIONS), ImportOptions.DEFAULT);
    assertThat(result.problems()).isEmpty();
  }

  private ImportResult schools(List<String> first) throws IOException {
    return imports.schools(examples.schools(List.of(first)), ImportOptions.DEFAULT);
  }

  private ImportResult schools(List<String> first, List<String> second) throws IOException {
    return imports.schools(examples.schools(List.of(first, second)), ImportOptions.DEFAULT);
  }

  private ImportResult schools(List<String> first, List<String> second, List<String> third)
      throws IOException {
    return imports.schools(examples.schools(List.of(first, second, third)), ImportOptions.DEFAULT);
  }
}
