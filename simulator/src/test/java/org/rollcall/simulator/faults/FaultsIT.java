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
 * The short form of {@code ./rollcall bench faults}: faults of each kind, briefly, with what a
 * server keeps in its own folder and with InfluxDB and PostgreSQL. Mounts small disks, so it needs
 * root.
 */
class FaultsIT {
  private static final Duration BRIEFLY = Duration.ofMillis(700);
  private static final Duration LONGER_THAN_A_WRITE_WAITS = Duration.ofSeconds(4);
  private static final long SEED = 7;

  @TempDir private Path folder;

  @Test
  void nothingIsLostAndEverythingRecoversByItself() throws Exception {
    FaultFigures figures =
        run(
            StoreKinds.OWN,
            of("lines", Fault.CORRUPT),
            of("agent roomy", Fault.KILLED),
            of("server", Fault.YEAR_BACK),
            of("agent full", Fault.DISK_FULL_AND_KILLED),
            of("lines", Fault.OUTGROWN),
            of("server", Fault.DISK_FULL),
            of("agent capped", Fault.YEAR_AHEAD),
            of("server", Fault.FROZEN),
            of("server", Fault.KILLED));
    assertThat(figures.dropped()).as("small spools were outgrown").isPositive();
    assertThat(figures.gapRecords()).isPositive();
  }

  @Test
  void nothingIsLostThoughInfluxDbAndPostgreSqlBreak() throws Exception {
    run(
        StoreKinds.BESIDE,
        of("line to influx", Fault.CORRUPT),
        of("postgres", Fault.KILLED),
        of("agent capped", Fault.YEAR_BACK),
        of("server", Fault.YEAR_AHEAD),
        new Scenario("line to influx", Fault.STALL, LONGER_THAN_A_WRITE_WAITS, SEED),
        of("line to postgres", Fault.STALL),
        of("influx", Fault.EMPTIED),
        of("line to postgres", Fault.CORRUPT),
        of("influx", Fault.DISK_FULL),
        of("postgres", Fault.FROZEN),
        of("influx", Fault.KILLED),
        of("line to postgres", Fault.CUT),
        of("line to influx", Fault.SLOW),
        of("server", Fault.KILLED));
  }

  /** Every promise holds after each of them. */
  private FaultFigures run(StoreKinds kinds, Scenario... scenarios) throws Exception {
    Deque<Scenario> course = new ArrayDeque<>(List.of(scenarios));
    FaultFigures figures =
        new FaultRun(folder, kinds, SEED, Duration.ofDays(20), System.err::println)
            .run(parts -> course.poll());
    assertThat(figures.broken()).as("seed %d, %s", SEED, kinds).isEmpty();
    assertThat(figures.scenarios()).isEqualTo(scenarios.length);
    assertThat(figures.lost()).isZero();
    assertThat(figures.duplicated()).isZero();
    assertThat(figures.accepted()).isPositive();
    return figures;
  }

  private static Scenario of(String part, Fault fault) {
    return new Scenario(part, fault, BRIEFLY, SEED);
  }
}
