package org.rollcall.collector.selfcheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rollcall.collector.selfcheck.SelfCheck.State.COUNTY_PASSED;
import static org.rollcall.collector.selfcheck.SelfCheck.State.DRAFT;
import static org.rollcall.collector.selfcheck.SelfCheck.State.FILED;
import static org.rollcall.collector.selfcheck.SelfCheck.State.RETURNED;
import static org.rollcall.collector.selfcheck.SelfCheck.State.SUBMITTED;
import static org.rollcall.collector.selfcheck.SelfCheck.State.TOWNSHIP_PASSED;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.rollcall.collector.accounts.Viewer;
import org.rollcall.collector.registry.Region;
import org.rollcall.collector.registry.Register;
import org.rollcall.collector.selfcheck.SelfCheck.State;

class ReviewersTest {
  private static final Register REGISTER =
      new Register(
          1,
          List.of(
              new Region("440307", "龙岗区", "Longgang", Region.Level.COUNTY, null),
              new Region("440307001", "龙城街道", "Longcheng", Region.Level.TOWNSHIP, "440307")),
          List.of());

  private static Set<State> steps(Viewer viewer, State from) {
    return Reviewers.steps(viewer, REGISTER, from);
  }

  @Test
  void aSchoolSubmitsAndDecidesNothingElse() {
    Viewer school = Viewer.ofSchool("2144000001");
    assertThat(steps(school, DRAFT)).containsExactly(SUBMITTED);
    assertThat(steps(school, RETURNED)).containsExactly(SUBMITTED);
    for (State from : List.of(SUBMITTED, TOWNSHIP_PASSED, COUNTY_PASSED, FILED)) {
      assertThat(steps(school, from)).isEmpty();
    }
  }

  @Test
  void aTownshipDecidesWhatWasSubmittedAndNoMore() {
    for (Viewer office : List.of(Viewer.bureau("440307001"), Viewer.technician("440307001"))) {
      assertThat(steps(office, SUBMITTED)).containsExactlyInAnyOrder(TOWNSHIP_PASSED, RETURNED);
      for (State from : List.of(DRAFT, RETURNED, TOWNSHIP_PASSED, COUNTY_PASSED, FILED)) {
        assertThat(steps(office, from)).isEmpty();
      }
    }
  }

  @Test
  void aCountysBureauDecidesAndFilesAndItsTechnicianDoesNot() {
    Viewer bureau = Viewer.bureau("440307");
    assertThat(steps(bureau, SUBMITTED)).contains(TOWNSHIP_PASSED, RETURNED);
    assertThat(steps(bureau, TOWNSHIP_PASSED)).containsExactlyInAnyOrder(COUNTY_PASSED, RETURNED);
    assertThat(steps(bureau, COUNTY_PASSED)).containsExactly(FILED);
    assertThat(steps(bureau, DRAFT)).isEmpty();
    assertThat(steps(Viewer.technician("440307"), TOWNSHIP_PASSED)).isEmpty();
    assertThat(steps(Viewer.bureau("999999"), TOWNSHIP_PASSED)).isEmpty();
  }

  @Test
  void anAdministratorTakesEveryStepThereIsAndAFiledSheetHasNone() {
    for (State from : State.values()) {
      for (State to : State.values()) {
        assertThat(steps(Viewer.administrator(), from).contains(to)).isEqualTo(from.leadsTo(to));
      }
    }
    assertThat(steps(Viewer.administrator(), FILED)).isEmpty();
    assertThat(steps(Viewer.nobody(), SUBMITTED)).isEmpty();
  }
}
