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
 * How long a snapshot and its acceptance report take. The province is made first, untimed; {@link
 * ReportRun} measures it in a process of its own.
 */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description = "A snapshot of many schools and its acceptance report as PDF.",
    footer = {
      "",
      "seconds: verdicts judged from school days, the snapshot made and kept, the document made",
      "of it and kept, the PDF printed; once, with a cold virtual machine.",
      "peakHeapMiB: of the measuring process, whose heap is --heap. pages: of the PDF."
    })
final class ReportBench implements Callable<Integer> {
  private static final int MOST_SCHOOLS = 30_000;
  private static final int DAYS = 30;
  private static final Duration TIME_TO_MEASURE = Duration.ofHours(1);

  @Option(names = "--schools", defaultValue = "2000", description = "schools (default: 2000)")
  private int schools;

  @Option(
      names = "--heap",
      defaultValue = "1g",
      description = "heap of the measuring process (default: 1g, as the server has)")
  private String heap = "1g";

  @Option(names = "--keep", paramLabel = "DIR", description = "keep the files in this folder")
  private @Nullable Path keep;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    check(schools >= 1 && schools <= MOST_SCHOOLS, "--schools is 1 to " + MOST_SCHOOLS);
    check(heap.matches("[1-9]\\d{0,5}[mg]"), "--heap is a number of m or g, such as 1g");
    check(keep == null || Files.isDirectory(keep), "--keep is a folder that is there");
    Path folder = Files.createTempDirectory("rollcall-bench-report");
    try {
      System.err.println("Making " + schools + " schools with " + DAYS + " days each ...");
      BenchProvince.make(folder, schools, DAYS);
      System.err.println("Making their acceptance report ...");
      String kept = keep == null ? "-" : keep.toAbsolutePath().toString();
      try (Child child =
          Child.start(
              "reporting",
              List.of("-Xms64m", "-Xmx" + heap, "-XX:+UseG1GC"),
              ReportRun.class.getName(),
              List.of(folder.toString(), kept),
              folder.resolve("reporting.log"),
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
