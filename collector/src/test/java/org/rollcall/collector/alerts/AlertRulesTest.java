package org.rollcall.collector.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.collector.calendar.SchoolCalendar;
import org.rollcall.config.SettingsException;

/** The rules that come with it, by their own examples; and rules that cannot be used. */
class AlertRulesTest {
  @TempDir Path folder;

  private static ExampleRun run() throws SettingsException {
    return new ExampleRun(
        SchoolCalendar.read(Path.of("../config/calendars/demo.yaml")), LocalDate.of(2026, 4, 13));
  }

  private AlertRule rule(String text) throws Exception {
    Files.writeString(folder.resolve("r.yaml"), text);
    return AlertRules.read(folder).all().get(0);
  }

  private static final String RULE =
      """
      id: r
      title: 甲
      titleEn: A
      signal: line-down
      raise: { atLeast: 3 }
      """;

  @Test
  void everySignalHasARuleAndEveryRuleAnExample() throws Exception {
    List<AlertRule> rules = AlertRules.read(Path.of("../config/alerts")).all();
    Set<SignalKind> asked = rules.stream().map(AlertRule::signal).collect(Collectors.toSet());
    assertThat(Arrays.stream(SignalKind.values())).allMatch(asked::contains);
    assertThat(rules).noneMatch(rule -> rule.examples().isEmpty());
  }

  @Test
  void aWrongExampleIsSaidWithItsTime() throws Exception {
    AlertRule wrong =
        rule(
            RULE
                + """
                examples:
                  - name: too early
                    steps:
                      - { at: "10:00", value: 2, expect: firing }
                      - { at: "10:01", value: 3, expect: firing }
                    until: "10:30"
                    told: "10:00"
                """);
    assertThat(run().run(wrong))
        .extracting(ExampleRun.Failure::toString)
        .containsExactly(
            "r: too early: 10:00: expected firing, was quiet",
            "r: too early: told: expected 10:00, was 10:01");
  }

  @Test
  void rulesThatContradictThemselvesAreRefused() throws Exception {
    assertThatThrownBy(() -> rule(RULE + "clear: { atLeast: 1 }\n"))
        .hasMessageContaining("raise and clear must lie on different sides");
    assertThatThrownBy(() -> rule(RULE.replace("{ atLeast: 3 }", "{ atLeast: 3, below: 9 }")))
        .hasMessageContaining("write either atLeast or below");
    assertThatThrownBy(() -> rule(RULE.replace("line-down", "line-sideways")))
        .hasMessageContaining("line-down");
    Files.writeString(folder.resolve("s.yaml"), RULE);
    assertThatThrownBy(() -> rule(RULE)).hasMessageContaining("another file has it");
  }

  @Test
  void theExamplesAreRunByTheirOwnCalendar() throws Exception {
    for (AlertRule rule : AlertRules.read(Path.of("../config/alerts")).all()) {
      assertThat(run().run(rule)).as(rule.id()).allMatch(failure -> failure.at().equals("told"));
    }
  }
}
