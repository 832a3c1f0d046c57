package org.rollcall.simulator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScenarioTest {
  private static final Duration SHORTEST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(2);

  private record Named(String name, Set<Fault> faults) implements Part {
    @Override
    public void begin(Fault fault, long seed) {}

    @Override
    public void end(Fault fault) {}
  }

  private final List<Part> parts =
      List.of(
          new Named("one", EnumSet.of(Fault.KILLED, Fault.FROZEN)),
          new Named("two", EnumSet.of(Fault.CUT, Fault.STALL, Fault.SLOW)));

  @Test
  void aRoundHasEveryFaultOfEveryPartOnceWithinTheLengths() {
    List<Scenario> round = Scenario.round(3, parts, SHORTEST, LONGEST);
    assertThat(round)
        .extracting(scenario -> scenario.part() + " " + scenario.fault())
        .containsExactlyInAnyOrder("one KILLED", "one FROZEN", "two CUT", "two STALL", "two SLOW");
    assertThat(round).allMatch(each -> each.lasting().compareTo(SHORTEST) >= 0);
    assertThat(round).allMatch(each -> each.lasting().compareTo(LONGEST) <= 0);
  }

  @Test
  void theSameSeedIsTheSameRoundAndAnotherIsNot() {
    List<Scenario> round = Scenario.round(3, parts, SHORTEST, LONGEST);
    assertThat(Scenario.round(3, parts, SHORTEST, LONGEST)).isEqualTo(round);
    assertThat(Scenario.round(4, parts, SHORTEST, LONGEST)).isNotEqualTo(round);
  }
}
