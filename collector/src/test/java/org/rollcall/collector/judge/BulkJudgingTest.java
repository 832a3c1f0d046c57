package org.rollcall.collector.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.collector.database.RegisterHome;
import org.rollcall.collector.judge.BulkJudging.Outcome;
import org.rollcall.collector.registry.School;

class BulkJudgingTest {
  private static final int SCHOOLS = 60;

  @TempDir Path folder;
  private KeptProvince province;

  @BeforeEach
  void open() {
    province = new KeptProvince(RegisterHome.SQLITE, folder, SCHOOLS);
  }

  @AfterEach
  void close() {
    province.close();
  }

  private List<Outcome> outcomes(int threads) {
    List<Outcome> all = new ArrayList<>();
    new BulkJudging(province.judging, threads)
        .judge(province.register.schools(), province::tasks, all::addAll);
    return all;
  }

  private static List<String> text(SchoolJudging.Result result) {
    return result.verdicts().stream().map(VerdictJson::write).toList();
  }

  @Test
  void manyThreadsSayToTheByteWhatOneSchoolAfterTheOtherDoes() {
    List<List<String>> oneByOne = new ArrayList<>();
    for (School school : province.register.schools()) {
      oneByOne.add(text(province.judging.judge(province.tasks(List.of(school)).get(0))));
    }
    assertThat(oneByOne).hasSize(SCHOOLS);
    assertThat(oneByOne.get(0)).hasSize(2 * Case.PROFILE.rules().size());
    for (int threads : new int[] {1, 2, 5}) {
      assertThat(outcomes(threads).stream().map(outcome -> text(outcome.orThrow())))
          .as(threads + " threads")
          .isEqualTo(oneByOne);
    }
  }

  @Test
  void aSchoolThatCannotBeJudgedKeepsNoOtherFromIt() {
    String damaged = KeptProvince.code(30);
    province
        .database
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "UPDATE school_day SET body = ? WHERE school = ?", new byte[] {1}, damaged));
    List<Outcome> outcomes = outcomes(3);
    assertThat(outcomes.stream().map(Outcome::school)).isEqualTo(province.register.schools());
    for (Outcome outcome : outcomes) {
      if (outcome.school().code().equals(damaged)) {
        assertThatThrownBy(outcome::orThrow)
            .hasMessageContaining(damaged)
            .hasMessageContaining("damaged");
      } else {
        assertThat(outcome.orThrow().verdicts()).isNotEmpty();
      }
    }
  }

  @Test
  void whoTakesTheOutcomesMayEndIt() {
    BulkJudging bulk = new BulkJudging(province.judging, 2);
    List<Outcome> taken = new ArrayList<>();
    assertThatThrownBy(
            () ->
                bulk.judge(
                    province.register.schools(),
                    province::tasks,
                    some -> {
                      taken.addAll(some);
                      throw new IllegalArgumentException("enough");
                    }))
        .hasMessage("enough");
    assertThat(taken).hasSizeLessThan(SCHOOLS);
  }
}
