package org.rollcall.collector.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rollcall.collector.profile.Profile;
import org.rollcall.collector.profile.Targets;
import org.rollcall.config.Problem;
import org.rollcall.config.SettingsException;

class ExampleCasesTest {
  @TempDir Path folder;

  private static Profile profile(String id) throws SettingsException {
    return Profile.read(Targets.SHIPPED.resolve(id + ".yaml"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GD-2010-18",
        "GD-LONGGANG-2011",
        "MOE-2019-CONNECT",
        "MOE-2017-6-L7",
        "LOCAL-TEMPLATE"
      })
  void everyShippedProfileSaysWhatItsExamplesExpect(String id) throws Exception {
    ExampleCases cases =
        ExampleCases.read(Targets.SHIPPED.resolve(id + ".examples.yaml"), profile(id));
    assertThat(cases.size()).isPositive();
    assertThat(cases.run()).extracting(failure -> failure.text(Locale.ENGLISH)).isEmpty();
  }

  private ExampleCases cases(String text) throws Exception {
    Path file = Files.writeString(folder.resolve("x.examples.yaml"), text);
    return ExampleCases.read(file, profile("GD-2010-18"));
  }

  @Test
  void aWrongExpectationIsASentenceWithTheVerdictsOwnReasons() throws Exception {
    ExampleCases cases =
        cases(
            """
            cases:
              - name: slow
                school: { medium: fibre }
                tests: { mbps: 5 }
                reach: { edu: 100 }
                expect: { XXT-A: met }
            """);
    assertThat(cases.run())
        .singleElement()
        .satisfies(
            failure -> {
              assertThat(failure.text(Locale.ENGLISH))
                  .startsWith("\"slow\": XXT-A should be met, got not-met.")
                  .contains("bandwidth-fails-by-tests");
              assertThat(failure.text(Locale.SIMPLIFIED_CHINESE))
                  .startsWith("“slow”:XXT-A 应为 met,判为 not-met。");
            });
  }

  @Test
  void aMissingReasonIsAFailureToo() throws Exception {
    ExampleCases cases =
        cases(
            """
            cases:
              - name: none
                school: {}
                expect: { XXT-A: insufficient-data }
                because: { XXT-A: no-rule }
            """);
    assertThat(cases.run())
        .singleElement()
        .satisfies(
            failure ->
                assertThat(failure.text(Locale.ENGLISH)).contains("without the reason no-rule"));
  }

  @Test
  void whatIsWrongWithAFileIsNamed() throws Exception {
    SettingsException refused =
        catchThrowableOfType(
            SettingsException.class,
            () ->
                cases(
                    """
            cases:
              - name: a
                school: {}
                classes: 2
                platforms: 3
                reach: { edu: 101 }
                expect: { XXT-Z: met }
              - name: b
                school: {}
                because: { XXT-A: no-data }
            """));
    assertThat(Objects.requireNonNull(refused).problems())
        .extracting(Problem::path)
        .containsExactlyInAnyOrder(
            "cases[0].expect.XXT-Z",
            "cases[0].classes",
            "cases[0].reach.edu",
            "cases[1].expect",
            "cases[1].because.XXT-A");
  }
}
