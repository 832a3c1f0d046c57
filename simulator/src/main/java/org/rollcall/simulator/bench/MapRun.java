package org.rollcall.simulator.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.rollcall.collector.Collector;
import org.rollcall.collector.judge.Verdict;
import org.rollcall.collector.registry.School;
import org.rollcall.config.SettingsException;
import org.rollcall.config.SettingsReader;
import org.rollcall.web.Server;
import org.rollcall.web.ServerSettings;

/**
 * The real server over what {@link BenchProvince} made, asked over HTTP from its own process.
 * Prints one JSON object, described in {@link MapBench}.
 */
public final class MapRun {
  private static final Duration TIME_TO_JUDGE = Duration.ofHours(1);
  private static final Duration TIME_TO_CHANGE = Duration.ofMinutes(5);
  private static final String MAP = "/api/v1/map?region=" + BenchProvince.ROOT;
  private static final String REGION = "/api/v1/regions/" + BenchProvince.ROOT;

  private final HttpClient http = HttpClient.newHttpClient();
  private final Server server;
  private final Collector collector;
  private final int calls;
  private final int rounds;

  private MapRun(Server server, int calls, int rounds) {
    this.server = server;
    this.collector = server.collector();
    this.calls = calls;
    this.rounds = rounds;
  }

  /** Arguments: the settings, the timed calls, the changes of verdicts. */
  public static void main(String[] arguments)
      throws SettingsException, IOException, InterruptedException, TimeoutException {
    ServerSettings settings = SettingsReader.read(Path.of(arguments[0]), ServerSettings.class);
    try (Server server = Server.start(settings, BenchProvince.CLOCK)) {
      MapRun run =
          new MapRun(server, Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
      System.out.println(run.measure());
    }
  }

  /** One answer: how long it took and how much came. */
  private record Answered(double millis, int bytes) {}

  /** Some answers of one call: the first, and those after it, shortest first. */
  private record Timed(Answered first, double[] millis) {
    double at(double share) {
      return millis[Math.min(millis.length - 1, (int) Math.ceil(share * millis.length) - 1)];
    }
  }

  private String measure() throws IOException, InterruptedException, TimeoutException {
    long began = System.nanoTime();
    await(() -> collector.judge().judgedUpTo().isAfter(Instant.EPOCH), TIME_TO_JUDGE);
    double judging = (System.nanoTime() - began) / 1e9;
    check();
    Timed map = timed(MAP, calls);
    double cold = cold();
    int few = Math.max(1, calls / 10);
    Timed county = timed("/api/v1/map?region=440101", few);
    Timed summary = timed(REGION + "/summary", few);
    Timed schools = timed("/api/v1/schools?verdict=NOT_MET&region=" + BenchProvince.ROOT, few);
    Timed balance = timed(REGION + "/balance", few);
    return String.format(
        Locale.ROOT,
        "{\"p50Ms\":%.1f,\"p99Ms\":%.1f,\"bytes\":%d,\"coldMs\":%.1f,\"firstMs\":%.1f,"
            + "\"countyP50Ms\":%.1f,\"summaryFirstMs\":%.1f,\"summaryP50Ms\":%.1f,"
            + "\"schoolsFirstMs\":%.1f,\"schoolsP50Ms\":%.1f,\"balanceFirstMs\":%.1f,"
            + "\"balanceP50Ms\":%.1f,\"schools\":%d,\"regions\":%d,\"judgingSeconds\":%.1f,"
            + "\"processors\":%d,\"loadAverage\":%.1f}",
        map.at(0.5),
        map.at(0.99),
        map.first().bytes(),
        cold,
        map.first().millis(),
        county.at(0.5),
        summary.first().millis(),
        summary.at(0.5),
        schools.first().millis(),
        schools.at(0.5),
        balance.first().millis(),
        balance.at(0.5),
        collector.registry().known().schools().size(),
        collector.registry().known().regions().size(),
        judging,
        Runtime.getRuntime().availableProcessors(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  /** Every school has its verdicts, or the map would be of something else. */
  private void check() {
    int rules = collector.profile().rules().size();
    for (School school : collector.registry().known().schools()) {
      int its = collector.board().of(school.code()).size();
      if (its != rules) {
        throw new IllegalStateException("School " + school.code() + " has " + its + " verdicts.");
      }
    }
  }

  private Timed timed(String path, int times) throws IOException, InterruptedException {
    Answered first = ask(path);
    double[] millis = new double[times];
    for (int i = 0; i < times; i++) {
      millis[i] = ask(path).millis();
    }
    Arrays.sort(millis);
    return new Timed(first, millis);
  }

  /** Middle of the rounds: some verdicts change, and the map is asked once. */
  private double cold() throws IOException, InterruptedException, TimeoutException {
    double[] millis = new double[rounds];
    for (int i = 0; i < rounds; i++) {
      change(i);
      millis[i] = ask(MAP).millis();
    }
    Arrays.sort(millis);
    return millis[rounds / 2];
  }

  /**
   * The days of a school of each plan are rolled up anew from the store, which has no observations
   * of theirs: what was measured of them is gone, and so are verdicts that rested on it.
   */
  private void change(int round) throws InterruptedException, TimeoutException {
    List<String> schools =
        collector.registry().known().schools().stream()
            .map(School::code)
            .skip(1L + (long) round * BenchProvince.PLANS)
            .limit(BenchProvince.PLANS)
            .toList();
    List<List<Verdict.Outcome>> before = schools.stream().map(this::outcomes).toList();
    LocalDate last = BenchProvince.LAST;
    collector.dirtyDays().mark(schools, last.minusDays(1), last);
    collector.judge().wake();
    await(
        () ->
            collector.judge().waiting() == 0
                && !schools.stream().map(this::outcomes).toList().equals(before),
        TIME_TO_CHANGE);
  }

  private List<Verdict.Outcome> outcomes(String school) {
    return collector.board().of(school).stream().map(Verdict::outcome).toList();
  }

  private Answered ask(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .header("Accept-Encoding", "gzip")
            .build();
    long began = System.nanoTime();
    HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    double millis = (System.nanoTime() - began) / 1e6;
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(path + " was answered with " + answer.statusCode() + ".");
    }
    return new Answered(millis, answer.body().length);
  }

  /** Looks ten times a second until it is so. */
  private static void await(BooleanSupplier condition, Duration limit)
      throws InterruptedException, TimeoutException {
    CountDownLatch never = new CountDownLatch(1);
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new TimeoutException("What was waited for did not come in " + limit + ".");
      }
      never.await(100, TimeUnit.MILLISECONDS);
    }
  }
}
