package org.rollcall.collector.registry.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.database.OnBothDatabases;
import org.rollcall.collector.database.RegisterHome;
import org.rollcall.collector.declared.DeclaredValues;
import org.rollcall.collector.registry.Register;
import org.rollcall.collector.registry.Registry;
import org.rollcall.collector.registry.SetClock;

/**
 * What each bad file is answered with, word for word: {@code NAME.csv} beside {@code NAME.en.txt}
 * and {@code NAME.zh.txt}.
 */
@OnBothDatabases
class ImportMessagesTest {
  @Parameter RegisterHome home = RegisterHome.SQLITE;

  private static final Path EXPECTED =
      Path.of(System.getProperty("rollcall.root"))
          .resolve("collector/src/test/resources/org/rollcall/collector/registry/imports");

  @TempDir Path folder;
  private final SetClock clock = new SetClock(LocalDate.of(2026, 3, 16), LocalTime.NOON);
  private Database database;
  private Registry registry;

  @BeforeEach
  void open() throws IOException {
    database = home.open(folder);
    registry = new Registry(database, clock);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "schools",
        "header",
        "classes",
        "devices",
        "lines",
        "declared",
        "campuses",
        "merged",
        "regions",
        "parents",
        "quotes"
      })
  void namesEveryProblemInBothLanguagesAndImportsNothing(String name) throws IOException {
    if (!name.equals("regions") && !name.equals("parents")) {
      new Examples(folder).importInto(registry);
    }
    Register before = registry.snapshot();
    ImportResult result = run(name);
    assertThat(result.ok()).isFalse();
    assertThat(registry.snapshot()).isSameAs(before);
    expect(name + ".en.txt", result, Locale.ENGLISH);
    expect(name + ".zh.txt", result, Locale.SIMPLIFIED_CHINESE);
  }

  private ImportResult run(String name) {
    Imports imports = new Imports(registry);
    Path file = EXPECTED.resolve(name + ".csv");
    return switch (name) {
      case "schools", "header", "campuses" -> imports.schools(file, ImportOptions.DEFAULT);
      case "classes", "quotes" -> imports.classes(file, ImportOptions.DEFAULT);
      case "lines" -> imports.lines(file, ImportOptions.DEFAULT);
      case "declared" ->
          imports.declared(file, ImportOptions.DEFAULT, new DeclaredValues(database, clock));
      case "devices" -> imports.devices(file, ImportOptions.DEFAULT);
      default -> imports.regions(file, ImportOptions.DEFAULT);
    };
  }

  private void expect(String golden, ImportResult result, Locale locale) throws IOException {
    String said =
        String.join("\n", result.lines(locale)).replace(EXPECTED.toString() + "/", "") + "\n";
    assertThat(said).isEqualTo(Files.readString(EXPECTED.resolve(golden)));
  }

  @Test
  void bothLanguagesHaveTheSameSentences() throws IOException {
    Set<String> english = keys("messages.properties");
    assertThat(english).isNotEmpty();
    assertThat(keys("messages_zh.properties")).isEqualTo(english);
  }

  private static Set<String> keys(String name) throws IOException {
    Properties properties = new Properties();
    try (var in = Imports.class.getResourceAsStream(name)) {
      properties.load(new java.io.InputStreamReader(in, StandardCharsets.UTF_8));
    }
    return properties.stringPropertyNames();
  }

  @Test
  void englishStaysEnglishOnAChineseMachine() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.SIMPLIFIED_CHINESE);
    try {
      Problem problem = new Problem(2, "code", "empty", java.util.List.of());
      assertThat(problem.text(Locale.ENGLISH))
          .isEqualTo("row 2, column code: this cell must not be empty.");
      assertThat(problem.text(Locale.CHINA)).isEqualTo("第 2 行，code 列：此单元格不能为空。");
    } finally {
      Locale.setDefault(before);
    }
  }
}
