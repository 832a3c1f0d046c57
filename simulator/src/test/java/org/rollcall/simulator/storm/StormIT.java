package org.rollcall.simulator.storm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** A small storm: forty agents with two hours in their spools, all back at once. */
class StormIT {
  @Test
  void everySchoolIsLiveWithinAMinuteAndTheRestComesBehind() {
    assertThat(
            new CommandLine(new StormBench())
                .execute("--agents", "40", "--hours", "2", "--every", "60", "--away", "3"))
        .isZero();
  }
}
