package org.rollcall.simulator.storm;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rollcall.simulator.server.Child;
import org.rollcall.simulator.server.ServerFolder;
import org.rollcall.simulator.server.ServerFolder.Command;
import org.rollcall.simulator.server.ServerMetrics;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./rollcall bench storm}: every agent back at once, with a day in its spool. */
@CommandLine.Command(
    name = "storm",
    mixinStandardHelpOptions = true,
    description = {
      "Agents that were without their server for a day come back all at once.",
      "Fails when not every school is live on the map within --within seconds."
    })
public final class StormBench implements Callable<Integer> {
  private static final String ROOT = "440307";
  private static final int MOST_AGENTS = 2_000;
  private static final int SCHOOLS_A_ROW = 50;
  private static final List<String> FLAGS =
      List.of("-Xms256m", "-Xmx1g", "-XX:+UseG1GC", "-XX:MaxDirectMemorySize=512m");
  private static final Pattern LIVE = Pattern.compile("\"state\":\"live\"");
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration LONGEST = Duration.ofMinutes(30);

  @Option(
      names = "--agents",
      defaultValue = "2000",
      description = "1 to 2000, a school each (default: 2000)")
  private int agents;

  @Option(
      names = "--hours",
      defaultValue = "24",
      description = "what is in each spool (default: 24)")
  private int hours;

  @Option(
      names = "--every",
      defaultValue = "300",
      description = "seconds between two looks, each a report of 12 observations (default: 300)")
  private int everySeconds;

  @Option(
      names = "--away",
      defaultValue = "60",
      description = "seconds that agents try in vain before the server is back (default: 60)")
  private int awaySeconds;

  @Option(
      names = "--within",
      defaultValue = "60",
      description = "seconds until every school must be live (default: 60)")
  private int withinSeconds;

  @Spec private @Nullable CommandSpec spec;

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(LIMIT).build();
  private double peakHeap;

  @Override
  public Integer call() throws IOException, InterruptedException {
    check(agents >= 1 && agents <= MOST_AGENTS, "--agents is 1 to " + MOST_AGENTS);
    check(hours >= 1 && hours <= 48, "--hours is 1 to 48");
    check(everySeconds >= 10 && everySeconds <= 3_600, "--every is 10 to 3600");
    check(awaySeconds >= 0 && awaySeconds <= 600, "--away is 0 to 600");
    check(withinSeconds >= 1, "--within is 1 or more");
    Path folder = Files.createTempDirectory("rollcall-storm");
    try {
      return storm(folder);
    } finally {
      delete(folder);
    }
  }

  private void check(boolean good, String otherwise) {
    if (!good && spec != null) {
      throw new ParameterException(spec.commandLine(), otherwise);
    }
  }

  private int storm(Path folder) throws IOException, InterruptedException {
    ServerFolder place =
        new ServerFolder(folder, ServerFolder.freePort(), ServerFolder.freePort(), 0);
    place.write();
    List<String> codes = register(place);
    try (StormAgents storm = new StormAgents(folder.resolve("agents"))) {
      System.err.println("Enrolling " + codes.size() + " agents ...");
      storm.enrol(codes, place.data().resolve("register.sqlite"));
      System.err.println("Filling their spools ...");
      long observations = storm.fill(Duration.ofHours(hours), Duration.ofSeconds(everySeconds));
      storm.start();
      TimeUnit.SECONDS.sleep(awaySeconds);
      try (Child server = place.startAndAwait(FLAGS)) {
        return watch(place, server, storm, observations);
      }
    }
  }

  private List<String> register(ServerFolder place) throws IOException, InterruptedException {
    Path regions = place.folder().resolve("regions.csv");
    Path schools = place.folder().resolve("schools.csv");
    Files.writeString(
        regions, "code,name,name_en,level,parent\n" + ROOT + ",龙岗区,Longgang District,county,\n");
    StringBuilder rows =
        new StringBuilder(
            "code,name,name_en,region,stage,tier,ownership,setting,students,teachers,classes,lon,"
                + "lat,medium,isp,contract_mbps,edu_network\n");
    for (int i = 1; i <= agents; i++) {
      int row = i / SCHOOLS_A_ROW;
      rows.append(
          String.format(
              Locale.ROOT,
              "09%08d,风暴测试第%d小学,Storm School %d,%s,primary,A,public,urban,600,40,12,%.3f,%.3f,"
                  + "fibre,电信,100,true%n",
              i,
              i,
              i,
              ROOT,
              114.1 + i % SCHOOLS_A_ROW * 0.004,
              22.6 + row * 0.004));
    }
    Files.writeString(schools, rows);
    return place
        .commands(
            List.of(
                Command.of("import", "regions", regions.toString()),
                Command.of("import", "schools", schools.toString()),
                Command.of("agents", "code", "--region", ROOT)))
        .get(2)
        .stream()
        .filter(line -> line.contains(",RC1-"))
        .map(line -> line.substring(line.indexOf(",RC1-") + 1))
        .toList();
  }

  private int watch(ServerFolder place, Child server, StormAgents storm, long observations)
      throws IOException, InterruptedException {
    ServerMetrics metrics = new ServerMetrics(place.httpPort());
    long back = System.nanoTime();
    double live = 0;
    double halfLive = 0;
    long end = back + LONGEST.toNanos();
    while (live == 0 && System.nanoTime() < end && server.isAlive()) {
      long now = live(place);
      double seconds = (System.nanoTime() - back) / 1e9;
      halfLive = halfLive == 0 && now * 2 >= agents ? seconds : halfLive;
      live = now >= agents ? seconds : 0;
      System.err.printf(Locale.ROOT, "%.1f s: %d schools live%n", seconds, now);
      pause(metrics);
    }
    while (storm.waiting() > 0 && System.nanoTime() < end && server.isAlive()) {
      pause(metrics);
    }
    double all = (System.nanoTime() - back) / 1e9;
    double stored = metrics.value("rollcall_observations_stored_total");
    System.out.printf(
        Locale.ROOT,
        "{\"agents\":%d,\"observations\":%d,\"stored\":%.0f,\"halfLiveSeconds\":%.1f,"
            + "\"liveSeconds\":%.1f,\"backfillSeconds\":%.1f,\"peakHeapMiB\":%.0f}%n",
        agents,
        observations,
        stored,
        halfLive,
        live,
        all,
        peakHeap);
    boolean whole = storm.waiting() == 0 && stored >= observations;
    return whole && live > 0 && live <= withinSeconds ? 0 : 1;
  }

  private void pause(ServerMetrics metrics) throws IOException, InterruptedException {
    peakHeap = Math.max(peakHeap, metrics.value("rollcall_heap_used_bytes") / (1 << 20));
    TimeUnit.SECONDS.sleep(1);
  }

  /** Schools that the map shows as live. */
  private long live(ServerFolder place) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + place.httpPort() + "/api/v1/map?region=" + ROOT);
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(LIMIT).build();
    String map = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    return LIVE.matcher(map).results().count();
  }

  private static void delete(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.sorted(java.util.Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
  }
}
