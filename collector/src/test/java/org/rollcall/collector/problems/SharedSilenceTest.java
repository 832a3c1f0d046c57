package org.rollcall.collector.problems;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharedSilenceTest {
  private static Cause silent(String code, String region, String isp, String since) {
    return new Looks(code, region, isp).classes(10).heard(Looks.at(since)).causes().get(0);
  }

  private static List<Cause> three(String region) {
    return new ArrayList<>(
        List.of(
            silent("1", region, "电信", "09:00"),
            silent("2", region, "电信 ", "09:02"),
            silent("3", region, "电信", "09:04")));
  }

  @Test
  void threeSchoolsOfOneIspThatFellSilentTogetherAreOneCause() {
    List<Cause> causes = three("440307001");
    causes.add(silent("4", "440307001", "移动", "09:03"));
    causes.add(silent("5", "440307001", "电信", "09:30"));
    List<Cause> joined = SharedSilence.join(causes);
    assertThat(joined).hasSize(3);
    Cause one = joined.get(0);
    assertThat(one.kind()).isEqualTo(CauseKind.SILENT_TOGETHER);
    assertThat(one.schools()).containsExactly("1", "2", "3");
    assertThat(one.since()).isEqualTo(Looks.at("09:00"));
    assertThat(one.classes()).isEqualTo(30);
    assertThat(one.impact()).isEqualTo(causes.stream().limit(3).mapToLong(Cause::impact).sum());
    assertThat(one.behind().count()).as("three schools and their 30 terminals").isEqualTo(33);
    assertThat(one.behind().subjects()).containsExactly("school:1", "school:2", "school:3");
  }

  @Test
  void twoAreChanceAndSoAreThreeOfDifferentTownships() {
    List<Cause> causes = three("440307001");
    causes.remove(0);
    causes.add(silent("9", "440307002", "电信", "09:01"));
    assertThat(SharedSilence.join(causes))
        .hasSize(3)
        .allMatch(cause -> cause.kind() == CauseKind.AGENT_SILENT);
  }

  @Test
  void itsIdStaysWhenOneOfFourComesBack() {
    List<Cause> causes = three("440307001");
    causes.add(silent("4", "440307001", "电信", "09:01"));
    String id = SharedSilence.join(causes).get(0).id();
    causes.remove(0);
    assertThat(SharedSilence.join(causes).get(0).id()).isEqualTo(id).matches("[A-Za-z0-9._:~-]+");
  }

  @Test
  void theWorstComesFirst() {
    List<Cause> joined =
        SharedSilence.join(
            List.of(
                silent("1", "440307001", "a", "10:00"),
                new Looks("2").classes(10).heard(Looks.at("08:00")).causes().get(0),
                new Looks("3").see("reach:edu", "timeout", "up", 0).causes().get(0)));
    assertThat(joined).extracting(c -> c.schools().get(0)).containsExactly("2", "1", "3");
  }
}
