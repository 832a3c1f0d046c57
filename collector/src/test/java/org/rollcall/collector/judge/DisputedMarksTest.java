package org.rollcall.collector.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.database.OnBothDatabases;
import org.rollcall.collector.database.RegisterHome;

/** Which verdicts were disputed on which days, as the roll-call sheet asks. */
@OnBothDatabases
class DisputedMarksTest {
  private static final LocalDate DATE = Case.DATE;

  @Parameter RegisterHome home = RegisterHome.SQLITE;

  @TempDir Path folder;

  /** A contract that promises 20 Mbps, and tests that say 5. */
  private static Verdict disputed() {
    Case school = new Case().contract(20).eduNetwork(true).reach("reach:edu", 6, 30, 0);
    for (LocalDate day : school.schoolDays(5)) {
      for (int i = 0; i < 4; i++) {
        school.days.see(
            "throughput:wan",
            day,
            "18:1" + i,
            "downloadBitsPerSecond",
            5e6,
            "transferSeconds",
            10,
            "utilisation",
            0.1);
      }
    }
    return school.verdict("XXT-A");
  }

  @Test
  void onlyTheDisputedOnesOfTheSchoolsRulesAndDaysThatAreAskedFor() {
    Verdict verdict = disputed();
    assertThat(verdict.disputed()).isTrue();
    try (Database database = home.open(folder)) {
      Verdicts verdicts = new Verdicts(database);
      verdicts.save(List.of(verdict), Instant.EPOCH);
      String school = verdict.school();
      String profile = verdict.profile();
      List<String> rules = List.of("XXT-A", "BBT-A");
      assertThat(verdicts.disputed(List.of("other", school), profile, rules, DATE, DATE))
          .isEqualTo(Map.of(school, Map.of(DATE, Set.of("XXT-A"))));
      assertThat(verdicts.disputed(List.of("other"), profile, rules, DATE, DATE)).isEmpty();
      assertThat(verdicts.disputed(List.of(school), "OTHER", rules, DATE, DATE)).isEmpty();
      assertThat(verdicts.disputed(List.of(school), profile, List.of("BBT-A"), DATE, DATE))
          .isEmpty();
      assertThat(verdicts.disputed(List.of(school), profile, List.of(), DATE, DATE)).isEmpty();
      LocalDate before = DATE.minusDays(1);
      assertThat(verdicts.disputed(List.of(school), profile, rules, before, before)).isEmpty();
    }
  }
}
