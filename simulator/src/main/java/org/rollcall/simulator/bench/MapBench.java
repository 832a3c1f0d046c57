package org.rollcall.simulator.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rollcall.config.SettingsException;
import org.rollcall.config.SettingsReader;
import org.rollcall.simulator.server.Child;
import org.rollcall.web.Server;
import org.rollcall.web.ServerSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * How long a province's map takes at the server. The province is made first, untimed, as {@link
 * BenchProvince} does it; {@link MapRun} runs the real server over it in a process of its own,
 * which judges every school, and asks it over HTTP.
 */
@Command(
    name = "map",
    mixinStandardHelpOptions = true,
    description = "Asks a server for the map of a made-up province, over HTTP.",
    footer = {
      "",
      "p50Ms, p99Ms: the province's map, all targets, from the request to the last byte; bytes: its",
      "body as sent, gzip. coldMs: the first map after a verdict changed, median of the rounds.",
      "firstMs: the very first one. countyP50Ms: a county's map, with a point for every school.",
      "summaryP50Ms, schoolsP50Ms, balanceP50Ms: the province's summary, its first page of schools",
      "not met, and its balance; each with what the first one took (summaryFirstMs and so on).",
      "judgingSeconds: until the server had judged every school, map not asked."
    })
final class MapBench implements Callable<Integer> {
  private static final int MOST_SCHOOLS = 30_000;
  private static final Duration TIME_TO_MEASURE = Duration.ofHours(2);

  /** Enough for a verdict on yesterday and today; the map shows no more than one. */
  private static final int DAYS = 2;

  @Option(names = "--schools", defaultValue = "1000", description = "schools (default: 1000)")
  private int schools;

  @Option(names = "--calls", defaultValue = "200", description = "timed calls (default: 200)")
  private int calls;

  @Option(names = "--rounds", defaultValue = "5", description = "changes of verdicts (default: 5)")
  private int rounds;

  @Option(
      names = "--heap",
      defaultValue = "1g",
      description = "heap of the server (default: 1g, as it has)")
  private String heap = "1g";

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException, SettingsException {
    check(schools >= 1 && schools <= MOST_SCHOOLS, "--schools is 1 to " + MOST_SCHOOLS);
    check(calls >= 1 && calls <= 10_000, "--calls is 1 to 10000");
    check(rounds >= 1 && rounds <= 50, "--rounds is 1 to 50");
    check(
        schools > rounds * BenchProvince.PLANS,
        "--schools is more than " + BenchProvince.PLANS + " for each of --rounds");
    check(heap.matches("[1-9]\\d{0,5}[mg]"), "--heap is a number of m or g, such as 1g");
    Path folder = Files.createTempDirectory("rollcall-bench-map");
    try {
      Path settings = settings(folder);
      System.err.println("Making " + schools + " schools ...");
      startOnce(settings);
      BenchProvince.make(folder.resolve("data"), schools, DAYS);
      System.err.println("Judging them, then asking for the map ...");
      try (Child child =
          Child.start(
              "server",
              List.of("-Xms64m", "-Xmx" + heap, "-XX:+UseG1GC", "-XX:MaxDirectMemorySize=512m"),
              MapRun.class.getName(),
              List.of(settings.toString(), String.valueOf(calls), String.valueOf(rounds)),
              folder.resolve("server.log"),
              line -> line.startsWith("{\"p50Ms\""))) {
        System.out.println(child.awaitReady(TIME_TO_MEASURE));
      }
    } finally {
      BenchServer.delete(folder);
    }
    return 0;
  }

  private static Path settings(Path folder) throws IOException {
    return Files.writeString(
        folder.resolve("server.yaml"),
        """
        data: data
        simulated: true
        http: {port: 0, bind: 127.0.0.1}
        mqtt: {tls: {port: 0, bind: 127.0.0.1}, plain: {enabled: false}}
        web: {publicView: true}
        calendar: '%s'
        targets: '%s'
        profile: GD-2010-18
        store: {sync: false}
        lineTests: {enabled: false}
        ndt7: {tls: {port: 0, bind: 127.0.0.1}}
        """
            .formatted(
                BenchProvince.config("calendars/demo.yaml"), BenchProvince.config("targets")));
  }

  /**
   * A server that ended cleanly has nothing to roll up anew, and trusts the school days it finds.
   */
  private static void startOnce(Path settings)
      throws SettingsException, IOException, InterruptedException {
    ServerSettings read = SettingsReader.read(settings, ServerSettings.class);
    Server.start(read, BenchProvince.CLOCK).close();
  }

  private void check(boolean good, String otherwise) {
    if (!good && spec != null) {
      throw new ParameterException(spec.commandLine(), otherwise);
    }
  }
}
