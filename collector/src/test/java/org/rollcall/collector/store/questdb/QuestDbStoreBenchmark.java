package org.rollcall.collector.store.questdb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.rollcall.collector.store.ObservationStore.SchoolReport;
import org.rollcall.protocol.v1.Observation;
import org.rollcall.protocol.v1.Report;

/**
 * How fast the store alone takes batches, outside the gate. Ends after its two parts: the given
 * seconds of live writing, then 30 days of back-fill by 60 schools, one an hour each kind, newest
 * day last within a school. Reports are built once and re-dated, so that building them is measured
 * as little as can be.
 *
 * <pre>
 * mvn -q -pl collector -am test-compile dependency:build-classpath -Dmdep.outputFile=/tmp/cp
 * java -Xmx512m -cp collector/target/test-classes:collector/target/classes:$(cat /tmp/cp) \
 *     org.rollcall.collector.store.questdb.QuestDbStoreBenchmark 20 [sync]
 * </pre>
 */
final class QuestDbStoreBenchmark {
  private static final int SCHOOLS = 1_000;
  private static final int BACK_FILL_SCHOOLS = 60;
  private static final int BACK_FILL_DAYS = 30;
  private static final Instant T = Instant.parse("2026-03-02T08:00:00Z");

  private QuestDbStoreBenchmark() {}

  public static void main(String[] args) throws IOException {
    int seconds = args.length > 0 ? Integer.parseInt(args[0]) : 20;
    boolean sync = args.length > 1 && args[1].equals("sync");
    Path directory = Files.createTempDirectory("questdb-benchmark");
    try (QuestDbStore store = new QuestDbStore(directory, sync)) {
      store.start();
      live(store, seconds, directory);
      backFill(store, directory);
      ask(store);
    } finally {
      delete(directory);
    }
  }

  private static void live(QuestDbStore store, int seconds, Path directory) throws IOException {
    long before = bytes(directory);
    long begun = System.nanoTime();
    long end = begun + Duration.ofSeconds(seconds).toNanos();
    long building = 0;
    long observations = 0;
    for (int minute = 0; System.nanoTime() < end; minute++) {
      long building0 = System.nanoTime();
      List<SchoolReport> batch = new ArrayList<>(SCHOOLS);
      for (int school = 0; school < SCHOOLS; school++) {
        batch.add(report(school, T.plusSeconds(minute).plusMillis(school)));
      }
      building += System.nanoTime() - building0;
      store.write(batch);
      observations += 2L * SCHOOLS;
    }
    double writing = (System.nanoTime() - begun - building) / 1e9;
    double whole = (System.nanoTime() - begun) / 1e9;
    long lag = System.nanoTime();
    store.settle();
    System.out.printf(
        Locale.ROOT,
        "live: %d observations, %.0f/s in write() alone, %.0f/s with building them; applied %.1f s"
            + " later; %.1f bytes/observation; RSS %d MiB%n",
        observations,
        observations / writing,
        observations / whole,
        (System.nanoTime() - lag) / 1e9,
        (bytes(directory) - before) / (double) observations,
        rss());
  }

  private static void backFill(QuestDbStore store, Path directory) throws IOException {
    long begun = System.nanoTime();
    long observations = 0;
    int minutes = 24 * 60;
    List<SchoolReport> batch = new ArrayList<>();
    for (int day = BACK_FILL_DAYS; day > 0; day--) {
      for (int school = 0; school < BACK_FILL_SCHOOLS; school++) {
        // The schools are on different days at the same time, as after a long outage.
        int theirs = (day + school) % BACK_FILL_DAYS + 1;
        for (int minute = 0; minute < minutes; minute++) {
          batch.add(report(school, T.minusSeconds(86_400L * theirs).plusSeconds(60L * minute)));
          observations += 2;
          if (batch.size() == SCHOOLS) {
            store.write(batch);
            batch = new ArrayList<>();
          }
        }
      }
    }
    store.write(batch);
    double writing = (System.nanoTime() - begun) / 1e9;
    store.settle();
    System.out.printf(
        Locale.ROOT,
        "back-fill: %d observations in %.1f s, applied after %.1f s; %d MiB on disk; RSS %d MiB%n",
        observations,
        writing,
        (System.nanoTime() - begun) / 1e9,
        bytes(directory) >> 20,
        rss());
  }

  private static void ask(QuestDbStore store) {
    for (int round = 0; round < 3; round++) {
      long begun = System.nanoTime();
      int month = store.range("s7", "link:wan", T.minusSeconds(86_400L * 31), T).size();
      long ranged = System.nanoTime();
      int[] day = new int[1];
      store.visit(
          "s7", T.minusSeconds(86_400L * 5), T.minusSeconds(86_400L * 4), (s, o) -> day[0]++);
      long visited = System.nanoTime();
      int[] newest = new int[1];
      store.latest(T, (s, o) -> newest[0]++);
      System.out.printf(
          Locale.ROOT,
          "range of a month: %d rows, %d ms; a school's day: %d rows, %d ms; latest: %d rows, %d ms%n",
          month,
          (ranged - begun) / 1_000_000,
          day[0],
          (visited - ranged) / 1_000_000,
          newest[0],
          (System.nanoTime() - visited) / 1_000_000);
    }
  }

  private static SchoolReport report(int school, Instant t) {
    Observation.Builder link =
        Observation.newBuilder().setSubject("link:wan").setTimeMillis(t.toEpochMilli());
    link.putMeasures("up", 1)
        .putMeasures("speedBitsPerSecond", 1e9)
        .putMeasures("inBitsPerSecond", 3.2e7 + school)
        .putMeasures("outBitsPerSecond", 4.1e6 + school)
        .putMeasures("intervalSeconds", 60);
    Observation.Builder terminal =
        Observation.newBuilder().setSubject("terminal:c0301").setTimeMillis(t.toEpochMilli());
    terminal
        .putMeasures("up", 1)
        .putMeasures("uptimeSeconds", 86_400 + school)
        .putMeasures("a", 1)
        .putMeasures("b", 2)
        .putMeasures("c", school);
    Report report =
        Report.newBuilder()
            .setAgent("a-one")
            .addObservations(link)
            .addObservations(terminal)
            .build();
    return new SchoolReport("s" + school, report);
  }

  private static long rss() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
              .filter(line -> line.startsWith("VmRSS:"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
              .sum()
          >> 10;
    }
  }

  /** What the files take up, as the file system counts it. */
  private static long bytes(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).mapToLong(QuestDbStoreBenchmark::allocated).sum();
    }
  }

  private static long allocated(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      return 0; // removed meanwhile
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      files
          .sorted((a, b) -> b.compareTo(a))
          .forEach(
              file -> {
                try {
                  Files.delete(file);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}
