package org.rollcall.simulator.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rollcall.agent.enrolment.EnrolmentException;
import org.rollcall.config.SettingsException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./rollcall bench faults}: the long form of the fault run. */
@Command(
    name = "faults",
    mixinStandardHelpOptions = true,
    description = {
      "Breaks real agents, a real server and its stores, and checks that nothing is lost.",
      "Root, on Linux: it mounts small disks to fill them.",
      "InfluxDB and PostgreSQL are Debian's packages influxdb and postgresql."
    })
public final class FaultsBench implements Callable<Integer> {
  private static final Duration SHORTEST = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofSeconds(8);

  /** What agents see runs through a day of lessons in 16 s. */
  private static final int DAYS_A_MINUTE = 5;

  private static final int MOST_MINUTES = 60;

  @Option(
      names = "--minutes",
      defaultValue = "10",
      description = "how long faults are begun, 1 to 60 (default: 10)")
  private int minutes;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "decides order, length and place of the faults (default: 1)")
  private long seed;

  @Option(
      names = "--store",
      defaultValue = "influx",
      description =
          "where the server keeps observations: influx, an influxd of the run's own behind a line"
              + " that breaks, too, or questdb, in its process (default: influx)")
  private String store = "influx";

  @Option(
      names = "--register",
      defaultValue = "postgresql",
      description =
          "where it keeps the register: postgresql, of the run's own behind a line, or sqlite, in"
              + " its folder (default: postgresql)")
  private String register = "postgresql";

  @Option(names = "--keep", description = "keep the folder, with every log, and name it")
  private boolean keep;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call()
      throws IOException, InterruptedException, EnrolmentException, SettingsException {
    if (minutes < 1 || minutes > MOST_MINUTES) {
      throw wrong("--minutes is 1 to " + MOST_MINUTES);
    }
    StoreKinds kinds = kinds();
    Path folder = Files.createTempDirectory("rollcall-faults");
    try {
      FaultFigures figures =
          new FaultRun(
                  folder,
                  kinds,
                  seed,
                  Duration.ofDays((long) DAYS_A_MINUTE * (minutes + 2)),
                  line -> System.err.println(line))
              .run(new Rounds(seed, System.nanoTime() + Duration.ofMinutes(minutes).toNanos()));
      figures.broken().forEach(promise -> System.err.println("Broken: " + promise));
      System.out.println(figures.json());
      return figures.broken().isEmpty() ? 0 : 1;
    } finally {
      if (keep) {
        System.err.println("Kept in " + folder + ".");
      } else {
        Folders.delete(folder);
      }
    }
  }

  private StoreKinds kinds() {
    try {
      return StoreKinds.parse(store, register);
    } catch (IllegalArgumentException e) {
      throw wrong("--store and --register: " + e.getMessage());
    }
  }

  private ParameterException wrong(String what) {
    if (spec == null) {
      throw new IllegalStateException("BUG: " + what);
    }
    return new ParameterException(spec.commandLine(), what);
  }

  /** Round after round, each in an order of its own, until the time is over. */
  private static final class Rounds implements FaultRun.Course {
    private final long end;
    private final Deque<Scenario> waiting = new ArrayDeque<>();
    private long seed;

    Rounds(long seed, long endNanos) {
      this.seed = seed;
      this.end = endNanos;
    }

    @Override
    public @Nullable Scenario next(List<Part> parts) {
      if (System.nanoTime() - end > 0) {
        return null;
      }
      if (waiting.isEmpty()) {
        waiting.addAll(Scenario.round(seed++, parts, SHORTEST, LONGEST));
      }
      return waiting.poll();
    }
  }
}
