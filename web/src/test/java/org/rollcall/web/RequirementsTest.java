package org.rollcall.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Whether {@code docs/requirements.md} is whole, and every test it names exists. */
class RequirementsTest {
  private static final Path ROOT = Path.of(System.getProperty("rollcall.root"));

  /** How many rows the founding documents give, by group. */
  private static final Map<String, Integer> ROWS =
      Map.of("A", 19, "B", 27, "C", 28, "D", 12, "E", 16, "F", 17, "G", 7, "H", 14);

  private static final Map<String, Set<String>> TESTS =
      Map.of("LinkTest", Set.of("linesAreJudged", "anotherThing"), "Fixture", Set.of());

  private static Set<String> ids() {
    Set<String> ids = new TreeSet<>();
    ROWS.forEach(
        (group, rows) -> {
          for (int row = 1; row <= rows; row++) {
            ids.add(String.format(Locale.ROOT, "%s%02d", group, row));
          }
        });
    return ids;
  }

  private static List<String> problems(String... rows) {
    return RequirementsTable.problems(String.join("\n", rows), Set.of("A01", "A02"), TESTS);
  }

  @Test
  void everyRequirementSaysWhereItWorksAndWhichTestShowsIt() throws IOException {
    String document = Files.readString(ROOT.resolve("docs/requirements.md"));
    assertThat(RequirementsTable.problems(document, ids(), RequirementsTable.tests(ROOT)))
        .isEmpty();
  }

  @Test
  void testsOfEveryModuleAreFound() throws IOException {
    Map<String, Set<String>> tests = RequirementsTable.tests(ROOT);
    assertThat(tests.get("RequirementsTest")).contains("testsOfEveryModuleAreFound");
    assertThat(tests).containsKeys("IdentityTest", "SettingsReaderTest", "LinkProbeTest");
    assertThat(tests).containsKeys("RegionRollupTest", "DistrictTest");
  }

  @Test
  void aWholeTableHasNoProblems() {
    assertThat(
            problems(
                "| A01 | asks | `judge.Link` | `LinkTest#linesAreJudged`, `LinkTest` |",
                "| A02 | asks | — | `LinkTest#anotherThing`; not yet (agent, pages): the rest |"))
        .isEmpty();
    assertThat(
            problems(
                "| A01 | asks | — | not yet (proof) |",
                "| A02 | asks | — | rejected: the number has no meaning |"))
        .isEmpty();
  }

  @Test
  void aTestThatDoesNotExistIsNamed() {
    assertThat(
            problems(
                "| A01 | asks | x | `LinkTest#linesWereJudged` |",
                "| A02 | asks | x | `LinkTest#linesAreJudged`, `LineTest#linesAreJudged` |"))
        .containsExactly(
            "A01: LinkTest has no test linesWereJudged", "A02: there is no test class LineTest");
  }

  @Test
  void aClassWithoutTestsShowsNothing() {
    assertThat(problems("| A01 | a | b | `Fixture` |", "| A02 | a | b | `LinkTest` |"))
        .containsExactly("A01: there is no test class Fixture");
  }

  @Test
  void missingDoubledAndUnknownRowsAreNamed() {
    String row = "| a | b | `LinkTest` |";
    assertThat(problems("| A01 " + row, "| A01 " + row, "| A03 " + row))
        .containsExactly(
            "A01: stands there twice", "A03: there is no such requirement", "A02: is missing");
    assertThat(problems()).containsExactly("A01: is missing", "A02: is missing");
  }

  @Test
  void aRowWithoutAnAnswerIsNamed() {
    assertThat(
            problems(
                "| A01 | asks | works somewhere | soon |", "| A02 | asks | x | not yet (later) |"))
        .containsExactly(
            "A01: has neither a test nor \"not yet\"",
            "A02: \"not yet\" without the part that brings it, one of"
                + " [agent, alerts, judging, pages, proof]");
    assertThat(problems("| A01 | asks | x | rejected: |", "| A02 | asks | x | not yet |"))
        .hasSize(2);
    assertThat(problems("| A01 | asks | not yet (proof) |", "| A02 | | x | `LinkTest` |"))
        .hasSize(2)
        .allMatch(problem -> problem.contains("needs what it asks"));
  }

  @Test
  void onlyMethodsThatJUnitRunsAreTests() {
    String source =
        """
        @BeforeEach
        void open() {}

        @Test
        void first() {
          String x = "@";
        }

        void helper() {}

        @ParameterizedTest(name = "{0}: {1}")
        @CsvSource({"1, 2", "3, 4"})
        void second(int one, int other) throws IOException {}

        @Test
        @Timeout(value = 5)
        public void third() {}
        """;
    assertThat(RequirementsTable.testsIn(source))
        .containsExactlyInAnyOrder("first", "second", "third");
  }
}
