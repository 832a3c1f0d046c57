package org.rollcall.simulator.district;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import org.junit.jupiter.api.Test;

class LineTest {
  private static final LocalDate FRIDAY = LocalDate.of(2026, 3, 6);
  private static final Term TERM = Term.allYear();
  private static final SchoolPlan SCHOOL = District.of(3, 60).schools().get(0);

  @Test
  void countersAreTheIntegralOfTheRates() {
    Line line = new Line(SCHOOL, TERM);
    long since = at(FRIDAY.minusDays(3), 0, 0);
    long from = at(FRIDAY, 8, 0);
    long[] before = line.octets(since, from);
    long[] after = line.octets(since, from + 300_000);
    double[] mean = line.meanBitsPerSecond(from, 5);
    assertThat((after[0] - before[0]) * 8 / 300.0).isCloseTo(mean[0], within(1.0));
    assertThat((after[1] - before[1]) * 8 / 300.0).isCloseTo(mean[1], within(1.0));
  }

  @Test
  void countersAskedOutOfOrderAgree() {
    Line line = new Line(SCHOOL, TERM);
    long since = at(FRIDAY.minusDays(5), 0, 0);
    long late = line.octets(since, at(FRIDAY, 10, 0))[0];
    long early = line.octets(since, at(FRIDAY.minusDays(2), 10, 0))[0];
    assertThat(early).isLessThan(late);
    assertThat(new Line(SCHOOL, TERM).octets(since, at(FRIDAY.minusDays(2), 10, 0))[0])
        .isEqualTo(early);
    assertThat(line.octets(since, at(FRIDAY, 10, 0))[0]).isEqualTo(late);
  }

  @Test
  void lessonsAreBusyAndNightsAndSundaysAreNot() {
    Line line = new Line(SCHOOL, TERM);
    double lesson = line.meanBitsPerSecond(at(FRIDAY, 9, 0), 20)[0];
    assertThat(lesson).isGreaterThan(10e6);
    assertThat(line.meanBitsPerSecond(at(FRIDAY, 3, 0), 20)[0]).isLessThan(lesson / 10);
    assertThat(line.meanBitsPerSecond(at(FRIDAY.plusDays(2), 9, 0), 20)[0]).isLessThan(lesson / 10);
  }

  @Test
  void terminalsAreOnInLessonsAndOffAtNight() {
    Machine machine = SCHOOL.terminal(SCHOOL.classes().get(0), TERM);
    assertThat(machine.onSince(Instant.ofEpochMilli(at(FRIDAY, 10, 0)), FRIDAY)).isPresent();
    assertThat(machine.onSince(Instant.ofEpochMilli(at(FRIDAY, 20, 0)), FRIDAY)).isEmpty();
    assertThat(machine.onSince(Instant.ofEpochMilli(at(FRIDAY.plusDays(1), 10, 0)), FRIDAY))
        .isEmpty();
  }

  @Test
  void aTerminalInRepairWasSeenBeforeItWasTakenAway() {
    SchoolPlan school =
        District.of(3, 60).schools().stream()
            .filter(s -> s.scenario() == Scenario.TERMINALS_IN_REPAIR)
            .findFirst()
            .orElseThrow();
    Machine machine = school.terminal(school.classes().get(3), TERM);
    assertThat(machine.onSince(Instant.ofEpochMilli(at(FRIDAY.minusDays(21), 10, 0)), FRIDAY))
        .isPresent();
    assertThat(machine.onSince(Instant.ofEpochMilli(at(FRIDAY.minusDays(14), 10, 0)), FRIDAY))
        .isEmpty();
  }

  @Test
  void theComputersOfARoomAreOnTogetherAndOffTogether() {
    int used = 0;
    for (LocalDate day = FRIDAY.minusDays(27); !day.isAfter(FRIDAY); day = day.plusDays(1)) {
      int on = 0;
      for (int pc = 1; pc <= SCHOOL.pcs(); pc++) {
        Instant ten = Instant.ofEpochMilli(at(day, 10, 0));
        on += SCHOOL.pc(pc, TERM).onSince(ten, FRIDAY).isPresent() ? 1 : 0;
      }
      assertThat(on).isIn(0, SCHOOL.pcs() - 1, SCHOOL.pcs());
      used += on > 0 ? 1 : 0;
    }
    assertThat(used).as("of twenty school days").isBetween(10, 19);
  }

  @Test
  void aBrokenComputerNeverAnswers() {
    SchoolPlan school =
        District.of(1, 60).schools().stream()
            .filter(s -> s.pcsBroken() == 2)
            .findFirst()
            .orElseThrow();
    for (LocalDate day = FRIDAY.minusDays(13); !day.isAfter(FRIDAY); day = day.plusDays(1)) {
      Instant ten = Instant.ofEpochMilli(at(day, 10, 0));
      assertThat(school.pc(1, TERM).onSince(ten, FRIDAY)).isEmpty();
      assertThat(school.pc(2, TERM).onSince(ten, FRIDAY)).isEmpty();
    }
  }

  private static long at(LocalDate day, int hour, int minute) {
    return day.atTime(LocalTime.of(hour, minute)).atZone(Term.ZONE).toInstant().toEpochMilli();
  }
}
