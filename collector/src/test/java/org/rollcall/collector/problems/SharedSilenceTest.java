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

  private static List<Cause> join(List<Cause> causes) {
    return join(causes, 1_000);
  }

  private static List<Cause> join(List<Cause> causes, int heardLately) {
    return SharedSilence.join(
        causes,
        heardLately,
        region -> List.of("440300", region.substring(0, 6), region).subList(0, 3));
  }

  @Test
  void anIspsFaultInTwoTownshipsOfACountyIsOne() {
    List<Cause> causes = three("440307001");
    causes.add(silent("4", "440307002", "电信", "09:03"));
    causes.add(silent("5", "440307003", "电信", "09:04"));
    causes.add(silent("6", "440306001", "电信", "09:04"));
    List<Cause> joined = join(causes);
    assertThat(joined).hasSize(2);
    assertThat(joined.get(0).kind()).isEqualTo(CauseKind.SILENT_TOGETHER);
    assertThat(joined.get(0).region()).isEqualTo("440307");
    assertThat(joined.get(0).schools()).containsExactly("1", "2", "3", "4", "5");
  }

  @Test
  void aTownshipWithSeveralIspsThatFallsSilentHasNoPower() {
    List<Cause> causes = three("440307001").subList(0, 2);
    causes.add(silent("3", "440307001", "移动", "09:01"));
    assertThat(join(causes))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.kind()).isEqualTo(CauseKind.AREA_SILENT);
              assertThat(one.region()).isEqualTo("440307001");
              assertThat(one.params()).containsEntry("isps", "2").containsEntry("n", "3");
            });
  }

  @Test
  void ofManyOfOneIspOneOfAnotherIsChance() {
    List<Cause> causes = three("440307001");
    causes.add(silent("4", "440307001", "移动", "09:01"));
    assertThat(join(causes))
        .extracting(Cause::kind)
        .containsExactlyInAnyOrder(CauseKind.SILENT_TOGETHER, CauseKind.AGENT_SILENT);
  }

  @Test
  void whenNearlyAllFallSilentItIsThisServer() {
    List<Cause> causes = three("440307001");
    causes.add(silent("4", "440307002", "移动", "09:01"));
    causes.add(silent("5", "440306002", "移动", "09:01"));
    assertThat(join(causes, 6))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.kind()).isEqualTo(CauseKind.EVERYBODY_SILENT);
              assertThat(one.region()).isEqualTo("440300");
            });
    assertThat(join(causes, 7)).extracting(Cause::kind).contains(CauseKind.SILENT_TOGETHER);
  }

  @Test
  void threeSchoolsOfOneIspThatFellSilentTogetherAreOneCause() {
    List<Cause> causes = three("440307001");
    causes.add(silent("4", "440307001", "移动", "09:03"));
    causes.add(silent("5", "440307001", "电信", "09:30"));
    List<Cause> joined = join(causes);
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
    assertThat(join(causes)).hasSize(3).allMatch(cause -> cause.kind() == CauseKind.AGENT_SILENT);
  }

  @Test
  void itsIdStaysWhenOneOfFourComesBack() {
    List<Cause> causes = three("440307001");
    causes.add(silent("4", "440307001", "电信", "09:01"));
    String id = join(causes).get(0).id();
    causes.remove(0);
    assertThat(join(causes).get(0).id()).isEqualTo(id).matches("[A-Za-z0-9._:~-]+");
  }

  @Test
  void theWorstComesFirst() {
    List<Cause> joined =
        join(
            List.of(
                silent("1", "440307001", "a", "10:00"),
                new Looks("2").classes(10).heard(Looks.at("08:00")).causes().get(0),
                new Looks("3").see("reach:edu", "timeout", "up", 0).causes().get(0)));
    assertThat(joined).extracting(c -> c.schools().get(0)).containsExactly("2", "1", "3");
  }
}
