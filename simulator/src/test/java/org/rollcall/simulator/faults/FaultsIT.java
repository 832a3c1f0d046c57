package org.rollcall.simulator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The short form of {@code ./rollcall bench faults}: one fault of each kind, briefly. Mounts small
 * disks, so it needs root.
 */
class FaultsIT {
  private static final Duration BRIEFLY = Duration.ofMillis(700);
  private static final long SEED = 7;

  @TempDir private Path folder;

  @Test
  void nothingIsLostAndEverythingRecoversByItself() throws Exception {
    Deque<Scenario> course =
        new ArrayDeque<>(
            List.of(
                of("lines", Fault.CORRUPT),
                of("agent roomy", Fault.KILLED),
                of("server", Fault.YEAR_BACK),
                of("agent full", Fault.DISK_FULL_AND_KILLED),
                of("lines", Fault.OUTGROWN),
                of("server", Fault.DISK_FULL),
                of("agent capped", Fault.YEAR_AHEAD),
                of("server", Fault.FROZEN),
                of("server", Fault.KILLED)));
    int scenarios = course.size();
    FaultFigures figures =
        new FaultRun(folder, SEED, Duration.ofDays(20), System.err::println)
            .run(parts -> course.poll());
    assertThat(figures.broken()).isEmpty();
    assertThat(figures.scenarios()).isEqualTo(scenarios);
    assertThat(figures.lost()).isZero();
    assertThat(figures.duplicated()).isZero();
    assertThat(figures.accepted()).isPositive();
    assertThat(figures.dropped()).as("small spools were outgrown").isPositive();
    assertThat(figures.gapRecords()).isPositive();
  }

  private static Scenario of(String part, Fault fault) {
    return new Scenario(part, fault, BRIEFLY, SEED);
  }
}
