package org.rollcall.collector.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rollcall.collector.declared.DeclaredIndicator;
import org.rollcall.collector.registry.School.Medium;
import org.rollcall.collector.registry.School.Tier;

/**
 * Whole verdicts with their sentences in both languages, compared with files. A difference is
 * either a mistake or a change of what schools are told, which belongs in the change log; then the
 * file that the failure names replaces the one here.
 */
class GoldenVerdictsTest {
  enum Situation {
    TOWN_SCHOOL_MET(
        new Case()
            .contract(100)
            .eduNetwork(true)
            .reach("reach:edu", 10, 40, 0)
            .tests(6, 4, 94.37e6)
            .classes(12, 12)
            .terminals(12)
            .seen(1, 12, 10, 1)),
    TOWN_SCHOOL_DISPUTED(
        new Case()
            .contract(50)
            .eduNetwork(true)
            .reach("reach:edu", 10, 30, 5)
            .tests(6, 4, 6.2e6)
            .classes(14, 14)
            .terminals(14)
            .seen(1, 2, 10, 1)
            .seen(3, 14, 10, 0)),
    TOWN_SCHOOL_BY_TRAFFIC(
        new Case().reach("reach:edu", 10, 40, 0).traffic(8, 6, 31.5e6).classes(4, 4)),
    VILLAGE_SCHOOL_WITHOUT_AGENT(new Case().tier(Tier.B).medium(Medium.WIRELESS).classes(6, 3)),
    VILLAGE_SCHOOL_NEW_AGENT(
        new Case()
            .tier(Tier.B)
            .medium(Medium.WIRED)
            .reach("reach:internet", 2, 20, 0)
            .tests(2, 3, 8e6)
            .classes(6, 6)
            .terminals(6)
            .seen(1, 2, 2, 1)),
    TOWN_SCHOOL_OF_TWO_CAMPUSES(
        new Case()
            .line("edu", Medium.FIBRE, 20.0, true, false)
            .line("wan", Medium.FIBRE, 1000.0, false, false)
            .reach("reach:edu", 10, 40, 0)
            .tests(6, 4, 9e8)
            .classes(3, 2)
            .campus("S-2", new Case().reach("reach:edu", 10, 40, 0).tests(6, 4, 2e7))),
    TOWN_SCHOOL_THAT_DECLARES(
        new Case()
            .declare(DeclaredIndicator.STANDARDISED_SCHOOL, "yes", Case.DATE, "粤教〔2020〕1号")
            .declare(DeclaredIndicator.TEACHERS_45_MULTIMEDIA, "29/30", Case.DATE, null)
            .declare(DeclaredIndicator.EXPERIMENTAL_SCHOOL, "no", Case.DATE, null)
            .declare(DeclaredIndicator.IT_COURSE, "12/12", Case.DATE.minusDays(500), null)
            .declare(DeclaredIndicator.COMPUTERS, "90", Case.DATE, null)
            .room("机房", 10)
            .allLessons("pc:p1", 5, 1)),
    TEACHING_POINT(new Case().tier(Tier.C));

    @SuppressWarnings("ImmutableEnumChecker") // no test changes it
    private final Case school;

    Situation(Case school) {
      this.school = school;
    }

    String file() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-') + ".txt";
    }

    String verdicts() {
      StringBuilder text = new StringBuilder();
      for (Verdict verdict : Judge.judge(school.input())) {
        text.append(VerdictJson.write(verdict)).append('\n');
        for (Locale locale : new Locale[] {Locale.SIMPLIFIED_CHINESE, Locale.ENGLISH}) {
          ReasonText.in(locale)
              .text(verdict)
              .forEach(s -> text.append("  ").append(s).append('\n'));
        }
      }
      return text.toString();
    }
  }

  @ParameterizedTest
  @EnumSource(Situation.class)
  void theVerdictIsWhatTheFileSays(Situation situation) throws IOException {
    String verdicts = situation.verdicts();
    assertThat(situation.verdicts()).as("the same bytes again").isEqualTo(verdicts);
    Path written = Files.createDirectories(Path.of("target", "golden")).resolve(situation.file());
    Files.writeString(written, verdicts);
    try (InputStream golden = getClass().getResourceAsStream("golden/" + situation.file())) {
      assertThat(golden).as("found now: %s", written.toAbsolutePath()).isNotNull();
      assertThat(verdicts).isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @ParameterizedTest
  @EnumSource(Situation.class)
  void aVerdictComesBackAsItWasWritten(Situation situation) {
    for (Verdict verdict : Judge.judge(situation.school.input())) {
      assertThat(VerdictJson.read(VerdictJson.write(verdict))).isEqualTo(verdict);
    }
  }
}
