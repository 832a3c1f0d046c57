package org.rollcall.collector.store.questdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.collector.store.ObservationStore.SchoolReport;
import org.rollcall.collector.store.StoreUnavailableException;
import org.rollcall.protocol.v1.Observation;
import org.rollcall.protocol.v1.Report;

/** A process is killed in the middle of writing: all it acknowledged is there, exactly once. */
class KilledWriterIT {
  private static final Instant T = Instant.parse("2026-03-02T00:00:00Z");
  private static final int DAYS = 4;
  private static final int SCHOOLS = 10;
  private static final int BATCH = 400;

  @TempDir Path directory;

  @Test
  void plainDays() throws Exception {
    int acked = 0;
    for (int kill = 1; kill <= 3; kill++) {
      acked = writeUntilKilled("plain", acked, acked + 40 * kill);
    }
    try (QuestDbStore store = new QuestDbStore(directory.resolve("store"), false)) {
      store.start();
      store.settle();
      assertWhole(store, acked);
    }
  }

  /** Late rows, with new measures, for days that are packed as fast as it goes. */
  @Test
  void packedDays() throws Exception {
    int acked = 0;
    for (int kill = 1; kill <= 5; kill++) {
      acked = writeUntilKilled("packed", acked, acked + 20 + 7 * kill);
    }
    try (QuestDbStore store = new QuestDbStore(directory.resolve("store"), false)) {
      store.start();
      store.settle();
      assertWhole(store, acked);
      store.packAll();
      assertWhole(store, acked);
      assertThat(store.storedDays()).hasSize(DAYS).allMatch(StoredDay::isPacked);
    }
  }

  /** Row i is of school i mod SCHOOLS, of day i mod DAYS, its i-th 100 milliseconds. */
  private static Observation row(int i) {
    return Observation.newBuilder()
        .setSubject("link:wan")
        .setTimeMillis(T.toEpochMilli() + i % DAYS * 86_400_000L + i * 100L)
        .putMeasures("up", 1)
        .putMeasures("value", i)
        .putMeasures("measure" + i / BATCH / 25, i) // a new one every 25 batches
        .build();
  }

  private static void assertWhole(QuestDbStore store, int acked) {
    List<List<Observation>> found = new ArrayList<>();
    int rows = 0;
    for (int school = 0; school < SCHOOLS; school++) {
      List<Observation> mine =
          store.range("s" + school, "link:wan", T, T.plus(Duration.ofDays(DAYS)));
      found.add(new ArrayList<>(mine));
      rows += mine.size();
    }
    assertThat(rows).isGreaterThanOrEqualTo(acked * BATCH);
    List<List<Observation>> expected = new ArrayList<>();
    for (int school = 0; school < SCHOOLS; school++) {
      expected.add(new ArrayList<>());
    }
    for (int day = 0; day < DAYS; day++) {
      for (int i = 0; i < rows; i++) {
        if (i % DAYS == day) {
          expected.get(i % SCHOOLS).add(row(i));
        }
      }
    }
    for (int school = 0; school < SCHOOLS; school++) {
      if (!found.get(school).equals(expected.get(school))) { // the difference takes a minute
        assertThat(found.get(school)).isEqualTo(expected.get(school));
      }
    }
  }

  private int writeUntilKilled(String days, int from, int enough)
      throws IOException, InterruptedException {
    Path errors = directory.resolve("errors");
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:ErrorFile=" + directory.resolve("crash"),
                "-cp",
                System.getProperty("java.class.path"),
                Writer.class.getName(),
                directory.resolve("store").toString(),
                days,
                Integer.toString(from))
            .redirectError(errors.toFile())
            .start();
    int acked = from;
    try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("acked ")) {
          acked = Integer.parseInt(line.substring("acked ".length()));
          if (acked >= enough) {
            child.toHandle().destroyForcibly(); // SIGKILL; the pipe is read to its end
          }
        }
      }
    } finally {
      child.destroyForcibly();
      child.waitFor();
    }
    assertThat(acked)
        .as("the writer ended by itself with %s: %s", child.exitValue(), Files.readString(errors))
        .isGreaterThanOrEqualTo(enough);
    return acked;
  }

  /** The child: writes batch after batch and says so, until it is killed. */
  static final class Writer {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private Writer() {}

    public static void main(String[] args) {
      boolean packs = args[1].equals("packed");
      Clock later = Clock.fixed(T.plus(Duration.ofDays(100)), ZoneOffset.UTC);
      QuestDbStore.Upkeep upkeep =
          packs
              ? new QuestDbStore.Upkeep(Duration.ofDays(1), Duration.ZERO)
              : QuestDbStore.Upkeep.NONE;
      QuestDbStore store = new QuestDbStore(Path.of(args[0]), false, upkeep, later);
      store.start();
      for (int batch = Integer.parseInt(args[2]); batch < 1_000; batch++) {
        write(store, batch(batch));
        System.out.println("acked " + (batch + 1));
        if (packs && batch % 5 == 0) {
          store.settle();
          store.packAll();
        }
      }
    }

    private static List<SchoolReport> batch(int batch) {
      List<SchoolReport> reports = new ArrayList<>();
      for (int school = 0; school < SCHOOLS; school++) {
        Report.Builder report = Report.newBuilder().setAgent("a-one");
        for (int i = batch * BATCH + school; i < (batch + 1) * BATCH; i += SCHOOLS) {
          report.addObservations(row(i));
        }
        reports.add(new SchoolReport("s" + school, report.build()));
      }
      return reports;
    }

    /** What the store could not take is not acknowledged and comes again, as from an agent. */
    private static void write(QuestDbStore store, List<SchoolReport> reports) {
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      boolean written = false;
      while (!written) {
        try {
          store.write(reports);
          written = true;
        } catch (StoreUnavailableException e) {
          if (System.nanoTime() > deadline) {
            throw e;
          }
          e.printStackTrace();
        }
      }
    }
  }
}
