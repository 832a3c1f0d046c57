package org.rollcall.collector.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.config.Problem;
import org.rollcall.config.SettingsException;

/** What this project ships in {@code config/targets}. */
class ShippedProfilesTest {
  private static final List<String> LETTER =
      List.of(
          "XXT-A", "XXT-B", "BBT-A", "BBT-B", "GFH", "ZB", "SJB", "JSJS", "YY", "JS45", "XXJS",
          "XJHZ", "XJHZ-CT", "SYXX", "SFXX", "GH", "KH");

  private static Profile shipped(String id) throws Exception {
    return Objects.requireNonNull(Profiles.read(Targets.SHIPPED).get(id));
  }

  private static List<String> ids(String id) throws Exception {
    return shipped(id).rules().stream().map(Rule::id).toList();
  }

  @Test
  void allOfThemLoad() throws Exception {
    assertThat(Profiles.read(Targets.SHIPPED).byId())
        .containsOnlyKeys(
            "GD-2010-18",
            "GD-LONGGANG-2011",
            "LOCAL-TEMPLATE",
            "MOE-2017-6-L7",
            "MOE-2019-CONNECT",
            "PROJECT-DEFAULTS");
    assertThat(Profiles.read(Targets.SHIPPED).judging())
        .extracting(Profile::id)
        .doesNotContain("PROJECT-DEFAULTS")
        .hasSize(5);
  }

  @Test
  void theyHoldTheseRules() throws Exception {
    assertThat(ids("GD-2010-18")).isEqualTo(LETTER);
    assertThat(ids("GD-LONGGANG-2011"))
        .startsWith(LETTER.toArray(String[]::new))
        .endsWith("TSXX", "JS", "PX-ZJ", "PX-CJ", "MB", "PT-JY", "PT-JX", "PT-ZY", "PT-ZH")
        .hasSize(LETTER.size() + 9);
    assertThat(ids("MOE-2019-CONNECT")).containsExactly("LW");
    assertThat(ids("MOE-2017-6-L7"))
        .containsExactly(
            "L7-P",
            "L7-P-FLOOR",
            "L7-T",
            "L7-T-FLOOR",
            "L7-J",
            "L7-J-FLOOR",
            "L7-MIXED",
            "L7-CV-P",
            "L7-CV-J");
    assertThat(ids("PROJECT-DEFAULTS")).isEmpty();
  }

  @Test
  void theNationalFilesDoNotStandOnTheProvincesLetter() throws Exception {
    for (String id : List.of("MOE-2019-CONNECT", "MOE-2017-6-L7", "LOCAL-TEMPLATE")) {
      assertThat(shipped(id).parents())
          .extracting(Profile.Parent::id)
          .containsExactly("PROJECT-DEFAULTS");
    }
  }

  @Test
  void theTemplateHasEveryIndicatorAndNoNumber() throws Exception {
    Profile template = shipped("LOCAL-TEMPLATE");
    Set<Indicator> indicators = EnumSet.noneOf(Indicator.class);
    template.rules().forEach(rule -> indicators.add(rule.indicator()));
    assertThat(indicators).containsExactlyInAnyOrder(Indicator.values());
    assertThat(template.rules())
        .allMatch(rule -> rule.target() == null && rule.schoolsPercent() == null);
  }

  /** The policies' own numbers, as the founding documents give them; everything else is ours. */
  @Test
  void everyNumberThatIsOursIsMarked() throws Exception {
    List<String> policys =
        List.of(
            "XXT-A mbps 10, medium fibre, network provincial-edu",
            "XXT-B mbps 4, network internet",
            "BBT-A percent 100",
            "BBT-B percent 60",
            "GFH yes true",
            "ZB yes true",
            "JS45 percent 100",
            "XXJS percent 100",
            "SYXX yes true",
            "GH yes true",
            "KH yes true",
            "TSXX yes true",
            "JS yes true",
            "PX-ZJ percent 50",
            "PX-CJ percent 100",
            "MB yes true",
            "LW mbps 100, network internet",
            "L7-P atLeast 2.3",
            "L7-P-FLOOR atLeast 1.955",
            "L7-T atLeast 2.3",
            "L7-T-FLOOR atLeast 1.955",
            "L7-J atLeast 2.4",
            "L7-J-FLOOR atLeast 2.04",
            "L7-CV-P atMost 0.5",
            "L7-CV-J atMost 0.45");
    for (Profile profile : Profiles.read(Targets.SHIPPED).all()) {
      for (Rule rule : profile.rules()) {
        if (rule.target() != null) {
          boolean known = policys.contains(rule.id() + " " + rule.target());
          assertThat(rule.targetDefault()).as(profile.id() + " " + rule.id()).isEqualTo(!known);
        }
        if (rule.targetDefault()) {
          assertThat(rule.note()).as(rule.id()).contains("项目默认值");
          assertThat(rule.noteEn()).as(rule.id()).contains("project default");
        }
      }
      profile
          .parameters()
          .named()
          .forEach(
              (name, parameter) ->
                  assertThat(parameter.projectDefault()).as(profile.id() + " " + name).isTrue());
    }
  }

  @Test
  void everyRuleOfTheLettersSaysWhereItStandsInTheirWords() throws Exception {
    for (Rule rule : shipped("GD-LONGGANG-2011").rules()) {
      assertThat(rule.article()).as(rule.id()).matches("(信18号|龙岗)·.*");
      assertThat(rule.quote()).as(rule.id()).isNotNull();
    }
  }

  @Test
  void sharesOfSchoolsAreTheLetters() throws Exception {
    Profile longgang = shipped("GD-LONGGANG-2011");
    assertThat(longgang.rules())
        .filteredOn(rule -> rule.schoolsPercent() != null)
        .extracting(
            rule -> rule.id() + " " + Target.text(Objects.requireNonNull(rule.schoolsPercent())))
        .containsExactly(
            "GFH 100", "ZB 100", "JS45 100", "XXJS 100", "XJHZ 100", "SYXX 15", "TSXX 30", "JS 80");
    assertThat(Objects.requireNonNull(shipped("MOE-2019-CONNECT").rule("LW")).schoolsPercent())
        .isEqualTo(98);
  }

  @Test
  void thePlanIsMarkedAsNotTheLetters() throws Exception {
    Plan plan = Objects.requireNonNull(shipped("GD-2010-18").plan());
    assertThat(plan.projectDefault()).isTrue();
    assertThat(plan.source()).contains("不属于本函");
    assertThat(plan.points()).extracting(Plan.Point::percent).containsExactly(20, 40, 70, 90, 100);
  }

  @Test
  void everyProblemOfEveryFileIsNamedAtOnce(@TempDir Path folder) throws Exception {
    Targets.copied(folder)
        .replace("GD-2010-18", "target: { percent: 60 }", "target: { percent: 160 }")
        .replace("MOE-2019-CONNECT", "of: x".replace("of: x", "mbps: 100"), "mbps: 0");
    SettingsException refused =
        catchThrowableOfType(SettingsException.class, () -> Profiles.read(folder));
    assertThat(refused.problems())
        .extracting(Problem::path)
        .containsExactly(
            "GD-2010-18.yaml: rules[3].target.percent",
            "GD-LONGGANG-2011.yaml: inherits",
            "MOE-2019-CONNECT.yaml: rules[0].target.mbps");
  }

  @Test
  void anEmptyFolderIsSaid(@TempDir Path folder) {
    assertThat(catchThrowableOfType(SettingsException.class, () -> Profiles.read(folder)))
        .hasMessageContaining("no profile");
    assertThat(
            catchThrowableOfType(
                SettingsException.class, () -> Profiles.read(folder.resolve("none"))))
        .hasMessageContaining("cannot be read");
  }
}
