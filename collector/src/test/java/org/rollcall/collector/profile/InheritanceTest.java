package org.rollcall.collector.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rollcall.collector.profile.Rule.Tightening;
import org.rollcall.config.Problem;

/** A lower level may only tighten, and says why. */
class InheritanceTest {
  private static final String WHY =
      "    article: 某·一\n    articleEn: some, 1\n    reason: 某\n    reasonEn: some\n";

  @TempDir Path folder;
  private Targets targets;

  @BeforeEach
  void copy() throws Exception {
    targets = Targets.copied(folder);
  }

  private List<Problem> problems(String id, String changes) throws Exception {
    String lines = changes.isEmpty() ? "" : "    " + changes.replace("; ", "\n    ") + "\n";
    return targets.child("  - id: " + id + "\n" + lines + WHY).problemsOf("CHILD");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "XXT-A | target: { mbps: 20 }",
        "XXT-A | 'appliesTo: { tiers: [A, B, C] }; target: { mbps: 20 }'",
        "XXT-B | target: { medium: fibre }",
        "XXT-B | target: { network: provincial-edu }",
        "BBT-B | target: { percent: 80 }",
        "SYXX | schoolsPercent: 15",
        "BBT-B | schoolsPercent: 100",
        "XJHZ-CT | schoolsPercent: 96",
        "SFXX | target: { atLeast: 5 }",
      })
  void whatIsTighterIsTaken(String id, String changes) throws Exception {
    boolean wider = changes.contains("appliesTo");
    List<Problem> found = problems(id, changes);
    if (wider) {
      // Wider than its own tier it meets the rule of the other one: that is a contradiction.
      assertThat(found).extracting(Problem::reason).anyMatch(r -> r.contains("contradict"));
    } else {
      assertThat(found).isEmpty();
    }
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "XXT-A | target: { mbps: 9.99 } | rules[0].target.mbps | 9.99 | 10 | 信18号·二(三)",
        "XXT-A | target: { medium: wired } | rules[0].target.medium | wired | fibre | 信18号·二(三)",
        "XXT-A | target: { network: internet } | rules[0].target.network | internet | provincial-edu | 信18号·二(三)",
        "BBT-B | target: { percent: 59 } | rules[0].target.percent | 59 | 60 | 信18号·二(四)",
        "SYXX | schoolsPercent: 9 | rules[0].schoolsPercent | 9 | 10 | 信18号·二(七)",
        "GFH | schoolsPercent: 99 | rules[0].schoolsPercent | 99 | 100 | 信18号·二(二)",
        "BBT-B | schoolsPercent: 94 | rules[0].schoolsPercent | 94 | 95 | 信18号·二(四)",
      })
  void whatIsLooserIsRefusedWithBothNumbersAndTheArticle(
      String id, String changes, String place, String now, String was, String article)
      throws Exception {
    assertThat(problems(id, changes))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.path()).isEqualTo(place);
              assertThat(problem.value()).isEqualTo(now);
              assertThat(problem.reason()).contains(id, " " + was + " ", article, "GD-2010-18");
            });
  }

  @Test
  void aHigherBoundOfACoefficientIsLooser() throws Exception {
    targets.write(
        "CHILD",
        Targets.head("CHILD", "MOE-2017-6-L7")
            + "rules:\n  - id: L7-CV-P\n    target: { atMost: 0.55 }\n"
            + WHY
            + "  - id: L7-P\n    target: { atLeast: 2.2 }\n"
            + WHY
            + "  - id: L7-CV-J\n    target: { atMost: 0.4 }\n"
            + WHY);
    assertThat(targets.problemsOf("CHILD"))
        .extracting(Problem::path)
        .containsExactly("rules[0].target.atMost", "rules[1].target.atLeast");
  }

  @Test
  void fewerSchoolsAreLooser() throws Exception {
    assertThat(problems("XXT-A", "appliesTo: { tiers: [A], ownerships: [public] }"))
        .extracting(Problem::path)
        .containsExactly("rules[0].appliesTo");
    assertThat(problems("XXT-A", "appliesTo: { tiers: [A], minStudents: 100 }"))
        .extracting(Problem::path)
        .containsExactly("rules[0].appliesTo");
  }

  @Test
  void moreSchoolsAreTighter() throws Exception {
    targets.write(
        "CHILD",
        Targets.head("CHILD", "MOE-2017-6-L7")
            + "rules:\n  - id: L7-MIXED\n"
            + "    appliesTo: { tiers: [A, B, C], stages: [nine-year, combined, twelve-year] }\n"
            + WHY);
    assertThat(targets.problemsOf("CHILD")).isEmpty();
  }

  @Test
  void theSameIsNoTightening() throws Exception {
    assertThat(problems("XXT-A", ""))
        .extracting(Problem::path, Problem::value)
        .containsExactly(org.assertj.core.api.Assertions.tuple("rules[0]", "XXT-A"));
    assertThat(problems("XXT-A", "target: { mbps: 10 }"))
        .extracting(Problem::reason)
        .containsExactly("it asks the same as GD-2010-18, 信18号·二(三)");
  }

  @Test
  void whyAndWhereMustBeSaid() throws Exception {
    targets.child("  - id: SYXX\n    schoolsPercent: 20\n");
    assertThat(targets.problemsOf("CHILD"))
        .extracting(Problem::path)
        .containsExactly("rules[0].reason", "rules[0].reasonEn", "rules[0].article");
  }

  @Test
  void aRuleKeepsWhatItAsksAbout() throws Exception {
    assertThat(
            problems(
                "SYXX", "indicator: school-link; of: contest; level: school; schoolsPercent: 20"))
        .extracting(Problem::path)
        .containsExactly("rules[0].indicator", "rules[0].of", "rules[0].level");
  }

  @Test
  void aRuleOfItsOwnMustBeWhole() throws Exception {
    targets.child("  - id: NEW\n    target: { percent: 5 }\n    reason: 某\n");
    assertThat(targets.problemsOf("CHILD"))
        .extracting(Problem::path)
        .containsExactly(
            "rules[0].indicator",
            "rules[0].title",
            "rules[0].titleEn",
            "rules[0].article",
            "rules[0].articleEn",
            "rules[0].reason");
  }

  @Test
  void aNewRuleCannotAskOtherwiseWhatAnInheritedOneAsks() throws Exception {
    targets.child(
        """
          - id: XXT-P
            indicator: school-link
            appliesTo: { ownerships: [private] }
            title: 某
            titleEn: some
            article: 某
            articleEn: some
            target: { mbps: 2, network: internet }
        """);
    assertThat(targets.problemsOf("CHILD"))
        .hasSize(2)
        .allSatisfy(
            problem -> {
              assertThat(problem.path()).isEqualTo("rules[0]");
              assertThat(problem.reason()).contains("contradict");
            });
  }

  @Test
  void aTargetThatIsOursMayBeSetByAnyone() throws Exception {
    assertThat(problems("JSJS", "target: { percent: 90 }; targetDefault: true")).isEmpty();
    Rule rule = child().rule("JSJS");
    assertThat(Objects.requireNonNull(rule).targetDefault()).isTrue();
    assertThat(problems("JSJS", "target: { percent: 90 }")).isEmpty();
    assertThat(Objects.requireNonNull(child().rule("JSJS")).targetDefault())
        .as("with an article it is the policy's")
        .isFalse();
  }

  private Profile child() throws Exception {
    return Profile.read(folder.resolve("CHILD.yaml"));
  }

  @Test
  void aTightenedRuleKnowsWhereItComesFromAndWhy() throws Exception {
    Rule rule =
        Objects.requireNonNull(Profile.read(folder.resolve("GD-LONGGANG-2011.yaml")).rule("SYXX"));
    assertThat(rule.schoolsPercent()).isEqualTo(15);
    assertThat(rule.article()).isEqualTo("龙岗·二(六)");
    assertThat(rule.origin().profile()).isEqualTo("GD-LONGGANG-2011");
    Tightening tightening = Objects.requireNonNull(rule.origin().tightening());
    assertThat(tightening.from().schoolsPercent()).isEqualTo(10);
    assertThat(tightening.from().article()).isEqualTo("信18号·二(七)");
    assertThat(tightening.from().origin().profile()).isEqualTo("GD-2010-18");
    assertThat(tightening.reason()).contains("15%");
  }

  @Test
  void anInheritedRuleIsItsParents() throws Exception {
    Profile child = Profile.read(folder.resolve("GD-LONGGANG-2011.yaml"));
    Profile parent = Profile.read(folder.resolve("GD-2010-18.yaml"));
    assertThat(child.rule("XXT-A")).isEqualTo(parent.rule("XXT-A"));
    assertThat(child.parameters()).isEqualTo(parent.parameters());
    assertThat(child.plan()).isEqualTo(parent.plan());
    assertThat(child.versions())
        .isEqualTo("GD-LONGGANG-2011 1 < GD-2010-18 1 < PROJECT-DEFAULTS 1");
  }

  private List<Problem> parameter(String parent, String line) throws Exception {
    return targets
        .write("CHILD", Targets.head("CHILD", parent) + "parameters:\n  " + line + "\n")
        .problemsOf("CHILD");
  }

  @Test
  void aProjectDefaultMayBeSetByAnyoneAndStaysMarked() throws Exception {
    String line = "minSamples: { value: 10, projectDefault: true, note: \"fewer agents\" }";
    assertThat(parameter("GD-2010-18", line)).isEmpty();
    assertThat(child().parameters().minSamples().projectDefault()).isTrue();
    assertThat(child().parameters().minSamples().note()).isEqualTo("CHILD: fewer agents");
    assertThat(parameter("GD-2010-18", "minSamples: { value: 10, projectDefault: true }"))
        .extracting(Problem::path)
        .containsExactly("parameters.minSamples.note");
  }

  @Test
  void aPolicysParameterMayOnlyBeTightened() throws Exception {
    targets.write(
        "CITY",
        Targets.head("CITY", "GD-2010-18")
            + "parameters:\n  basicallyPercent:"
            + " { value: 96, projectDefault: false, note: \"ours\", article: \"市·一\" }\n");
    assertThat(targets.problemsOf("CITY")).isEmpty();
    String article = ", projectDefault: false, note: \"n\", article: \"a\" }";
    assertThat(parameter("CITY", "basicallyPercent: { value: 97" + article)).isEmpty();
    assertThat(parameter("CITY", "basicallyPercent: { value: 95" + article))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.path()).isEqualTo("parameters.basicallyPercent");
              assertThat(problem.reason()).contains("96");
            });
    assertThat(
            parameter("CITY", "basicallyPercent: { value: 97, projectDefault: true, note: \"n\" }"))
        .extracting(Problem::path)
        .containsExactly("parameters.basicallyPercent.projectDefault");
    assertThat(parameter("CITY", "minSamples: { value: 10, projectDefault: false, note: \"n\" }"))
        .extracting(Problem::path)
        .containsExactly("parameters.minSamples.article");
    assertThat(parameter("CITY", "minSample: { value: 10, projectDefault: true, note: \"n\" }"))
        .extracting(Problem::path)
        .containsExactly("parameters.minSample");
  }

  @Test
  void aLoopIsNamedWithItsWay() throws Exception {
    targets.write("ONE", Targets.head("ONE", "TWO")).write("TWO", Targets.head("TWO", "ONE"));
    assertThat(targets.problemsOf("ONE"))
        .extracting(Problem::reason)
        .anyMatch(reason -> reason.contains("ONE < TWO < ONE"));
  }

  @Test
  void aParentThatIsBadIsNamedWithItsFile() throws Exception {
    targets.replace("GD-2010-18", "target: { percent: 60 }", "target: { percent: 160 }");
    assertThat(targets.problemsOf("GD-LONGGANG-2011"))
        .extracting(Problem::path)
        .containsExactly("inherits", "GD-2010-18.yaml: rules[3].target.percent");
  }
}
