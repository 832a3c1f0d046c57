package org.rollcall.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.rollcall.collector.sheet.RollRule;

/** Whether {@code docs/judging.md} tells every number that is ours, with the value in force. */
class JudgingDocumentTest {
  private static final Path ROOT = Path.of(System.getProperty("rollcall.root"));
  private static final Path TARGETS = ROOT.resolve("config/targets");

  private static final Pattern PARAMETER =
      Pattern.compile("(?m)^  (\\w+): \\{ value: ([\\d.]+), projectDefault: true");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\| ([\\d.]+) \\|");
  private static final Pattern SHEET_ROW =
      Pattern.compile("(?m)^\\| `sheet\\.(\\w+)` \\| (\\d+) \\| 项目默认值");
  private static final Pattern RULE = Pattern.compile("  - id: (\\S+)");

  @Test
  void everyProjectDefaultStandsThereWithItsValue() throws IOException {
    String defaults = Files.readString(TARGETS.resolve("PROJECT-DEFAULTS.yaml"));
    assertThat(values(ROW, document())).isEqualTo(values(PARAMETER, defaults)).hasSize(14);
  }

  @Test
  void everyTargetThatIsOursStandsThere() throws IOException {
    List<String> ours = new ArrayList<>();
    List<Path> profiles;
    try (Stream<Path> files = Files.list(TARGETS)) {
      profiles = files.filter(file -> !file.toString().contains("examples")).sorted().toList();
    }
    for (Path profile : profiles) {
      String text = Files.readString(profile);
      String rule = "";
      for (String line : text.lines().toList()) {
        Matcher id = RULE.matcher(line);
        rule = id.matches() ? "`" + id.group(1) + "`" : rule;
        if (line.equals("    targetDefault: true")) {
          ours.add(rule);
        }
      }
    }
    assertThat(ours).hasSizeGreaterThan(6);
    assertThat(document().lines().filter(line -> line.startsWith("| `GD-")).toList().toString())
        .contains(ours);
  }

  @Test
  void theNumbersOfTheRollCallStandThereWithTheirValues() throws IOException {
    assertThat(values(SHEET_ROW, document()))
        .isEqualTo(
            Map.of(
                "presentPercent", String.valueOf(RollRule.PRESENT_PERCENT),
                "knownPercent", String.valueOf(RollRule.KNOWN_PERCENT)));
    assertThat(document())
        .contains(
            "at least " + RollRule.PRESENT_PERCENT + " % of the known minutes",
            "at least " + RollRule.KNOWN_PERCENT + " % of the minutes asked");
  }

  private static String document() throws IOException {
    return Files.readString(ROOT.resolve("docs/judging.md"));
  }

  private static Map<String, String> values(Pattern pattern, String text) {
    Map<String, String> values = new TreeMap<>();
    for (Matcher found = pattern.matcher(text); found.find(); ) {
      values.put(found.group(1), found.group(2));
    }
    return values;
  }
}
