package org.rollcall.simulator.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rollcall.simulator.server.Child;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * How long it takes to judge a province from the school days that are kept, and one school from its
 * raw observations. The province is made first, untimed; {@link JudgeRun} measures it in a process
 * of its own.
 */
@Command(
    name = "judge",
    mixinStandardHelpOptions = true,
    description = "Judges a made-up province from its school days, and one school from raw data.",
    footer = {
      "",
      "seconds: register, school days, inventories and declared values read, every rule of",
      "GD-2010-18 judged for every school as of the last day, every region rolled up; the median",
      "of the rounds (roundSeconds has them all, the first with a cold virtual machine).",
      "peakHeapMiB: of the measuring process, whose heap is --heap, over all rounds.",
      "rejudgeSchoolSeconds: one school polled every minute, from raw observations to saved",
      "verdicts of each day; median of the rounds."
    })
final class JudgeBench implements Callable<Integer> {
  private static final int MOST_SCHOOLS = 30_000;
  private static final int MOST_DAYS = 400;
  private static final Duration TIME_TO_MEASURE = Duration.ofHours(2);

  @Option(names = "--schools", defaultValue = "1000", description = "schools (default: 1000)")
  private int schools;

  @Option(names = "--days", defaultValue = "30", description = "school days each (default: 30)")
  private int days;

  @Option(names = "--rounds", defaultValue = "3", description = "measurements (default: 3)")
  private int rounds;

  @Option(
      names = "--heap",
      defaultValue = "1g",
      description = "heap of the measuring process (default: 1g, as the server has)")
  private String heap = "1g";

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    check(schools >= 1 && schools <= MOST_SCHOOLS, "--schools is 1 to " + MOST_SCHOOLS);
    check(days >= 1 && days <= MOST_DAYS, "--days is 1 to " + MOST_DAYS);
    check(rounds >= 1 && rounds <= 20, "--rounds is 1 to 20");
    check(heap.matches("[1-9]\\d{0,5}[mg]"), "--heap is a number of m or g, such as 1g");
    Path folder = Files.createTempDirectory("rollcall-bench-judge");
    try {
      System.err.println("Making " + schools + " schools with " + days + " days each ...");
      BenchProvince.make(folder, schools, days);
      System.err.println("Judging them " + rounds + " times ...");
      try (Child child =
          Child.start(
              "judging",
              List.of("-Xms64m", "-Xmx" + heap, "-XX:+UseG1GC", "-XX:MaxDirectMemorySize=512m"),
              JudgeRun.class.getName(),
              List.of(folder.toString(), String.valueOf(days), String.valueOf(rounds)),
              folder.resolve("judging.log"),
              line -> line.startsWith("{\"seconds\""))) {
        System.out.println(child.awaitReady(TIME_TO_MEASURE));
      }
    } finally {
      BenchServer.delete(folder);
    }
    return 0;
  }

  private void check(boolean good, String otherwise) {
    if (!good && spec != null) {
      throw new ParameterException(spec.commandLine(), otherwise);
    }
  }
}
