package org.rollcall.collector.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rollcall.config.Problem;
import org.rollcall.config.SettingsException;

/** What is wrong with one profile on its own, each with its place. */
class ProfileTest {
  private static final String LETTER = "GD-2010-18";

  @TempDir Path folder;
  private Targets targets;

  @BeforeEach
  void copy() throws Exception {
    targets = Targets.copied(folder);
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "indicator: school-link | indicator: school-mood | rules[0].indicator",
        "quote: 其他独立建制学校通过 | qoute: 其他独立建制学校通过 | rules[1].qoute",
        "id: XXT-B | id: XXT-A | rules[1].id",
        "id: XXT-B | id: 校校通 | rules[1].id",
        "target: { percent: 60 } | target: { percent: 160 } | rules[3].target.percent",
        "target: { percent: 60 } | target: { percent: 0 } | rules[3].target.percent",
        "target: { percent: 60 } | target: { percent: 60, mbps: 4 } | rules[3].target.mbps",
        "target: { percent: 60 } | target: {} | rules[3].target.percent",
        "of: standardised-school | of: standard-school | rules[4].of",
        "of: plan-in-policy\\n    level: county | of: plan-in-policy | rules[15].of",
        "schoolsPercent: 10\\n | schoolsPercent: 101\\n | rules[13].schoolsPercent",
        "indicator: students-per-computer | indicator: students-per-computer\\n    of: pupils | rules[6].of",
        "indicator: computer-room | indicator: computer-room\\n    level: county | rules[7].level",
        "targetDefault: true\\n    note: 项目默认值:信中没有可用率的数值\\n | targetDefault: true\\n | rules[7].note",
        "target:\\n    note: 信中没有说明“广泛”的比例 | target:\\n    targetDefault: true\\n    note: 信中没有说明“广泛”的比例 | rules[8].targetDefault",
        "appliesTo: { tiers: [B] }\\n    title: 班班通 | appliesTo: { tiers: [A, B] }\\n    title: 班班通 | rules[3]",
        "{ by: 2021-12-31, percent: 40 } | { by: 2021-12-31, percent: 20 } | plan.points[1].percent",
        "{ by: 2021-12-31, percent: 40 } | { by: 2020-12-31, percent: 40 } | plan.points[1].by",
        "{ by: 2024-09-30, percent: 100 } | { by: 2024-09-30, percent: 101 } | plan.points[4].percent",
        "inheritsVersion: \"1\" | inheritsVersion: \"0\" | inheritsVersion",
        "inherits: PROJECT-DEFAULTS | inherits: NOBODY | inherits",
        "id: GD-2010-18 | id: GD-2010 | id",
      })
  void whatCannotBeMeantIsNamedWithItsPlace(String from, String to, String place) throws Exception {
    targets.replace(LETTER, from.replace("\\n", "\n"), to.replace("\\n", "\n"));
    assertThat(targets.problemsOf(LETTER)).extracting(Problem::path).contains(place);
  }

  @Test
  void everythingIsNamedAtOnce() throws Exception {
    targets
        .replace(LETTER, "target: { percent: 60 }", "target: { percent: 160, mbps: 4 }")
        .replace(LETTER, "of: contest-none".replace("contest-none", "it-course"), "of: it-lesson")
        .replace(LETTER, "percent: 90", "percent: 60");
    assertThat(targets.problemsOf(LETTER))
        .extracting(Problem::path)
        .containsExactlyInAnyOrder(
            "rules[3].target.mbps",
            "rules[3].target.percent",
            "rules[10].of",
            "plan.points[3].percent");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "minReachable, 95",
    "minReachable, 0",
    "windowDays, 30.5",
    "windowDays, 0",
    "fullyPercent, 90",
    "minAliveSchoolDays, 11",
  })
  void aParameterOutOfItsRangeIsNamed(String name, String value) throws Exception {
    targets.write(
        "BASE",
        Targets.head("BASE", "PROJECT-DEFAULTS")
            + "base: true\nparameters:\n  "
            + name
            + ": { value: "
            + value
            + ", projectDefault: true, note: \"tried\" }\n");
    assertThat(targets.problemsOf("BASE"))
        .extracting(Problem::path)
        .containsExactly(
            name.equals("fullyPercent") ? "parameters.basicallyPercent" : "parameters." + name);
  }

  @Test
  void aProfileOnItsOwnMustGiveEveryParameter() throws Exception {
    targets.replace(LETTER, "inherits: PROJECT-DEFAULTS\ninheritsVersion: \"1\"\n", "");
    assertThat(targets.problemsOf(LETTER))
        .hasSize(ParameterName.values().length)
        .allMatch(problem -> problem.path().startsWith("parameters."));
  }

  @Test
  void aBaseHoldsNoRuleAndNoPolicy() throws Exception {
    targets.replace(LETTER, "inherits: PROJECT-DEFAULTS", "base: true\ninherits: PROJECT-DEFAULTS");
    assertThat(targets.problemsOf(LETTER)).extracting(Problem::path).containsExactly("rules");
    targets.replace(
        "PROJECT-DEFAULTS",
        "minSamples: { value: 20, projectDefault: true,",
        "minSamples: { value: 20, projectDefault: false,");
    assertThat(targets.problemsOf("PROJECT-DEFAULTS"))
        .extracting(Problem::path)
        .containsExactly("parameters.minSamples.article", "parameters.minSamples.projectDefault");
  }

  @Test
  void aCountysFigureCannotBeASchools() throws Exception {
    targets.replace(
        "MOE-2017-6-L7",
        "of: multimedia-rooms-per-100\n    level: county\n    appliesTo: { tiers: [A, B, C], stages: [primary] }",
        "of: pupils\n    appliesTo: { tiers: [A, B, C] }");
    assertThat(targets.problemsOf("MOE-2017-6-L7"))
        .extracting(Problem::path)
        .containsExactly("rules[7].level", "rules[7].appliesTo.stages", "rules[7].of");
  }

  @Test
  void aServiceNobodyKnowsIsRefused() throws Exception {
    targets.replace("GD-LONGGANG-2011", "of: integrated", "of: intergrated");
    assertThat(targets.problemsOf("GD-LONGGANG-2011"))
        .extracting(Problem::path)
        .containsExactly("rules[9].of");
  }

  @Test
  void aFloorAsksLessOfTheSameSchools() throws Exception {
    targets.replace("MOE-2017-6-L7", "target: { atLeast: 2.04 }", "target: { atLeast: 2.5 }");
    assertThat(targets.problemsOf("MOE-2017-6-L7"))
        .extracting(Problem::path)
        .containsExactly("rules[5].floorOf");
  }

  @Test
  void aFileThatIsNotThereIsSaid() {
    SettingsException refused =
        catchThrowableOfType(
            SettingsException.class, () -> Profile.read(folder.resolve("NOBODY.yaml")));
    assertThat(refused).hasMessageContaining("NOBODY.yaml").hasMessageContaining("no such profile");
  }
}
