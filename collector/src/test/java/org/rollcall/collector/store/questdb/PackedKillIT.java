package org.rollcall.collector.store.questdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
import org.rollcall.protocol.v1.Observation;
import org.rollcall.protocol.v1.Report;

/**
 * A process is killed in the middle of writing late rows, with new measures, to days that it packs
 * as fast as it can: all it acknowledged is there, exactly once.
 */
class PackedKillIT {
  private static final Instant T = Instant.parse("2026-03-02T00:00:00Z");
  private static final int DAYS = 4;
  private static final int BATCH = 400;
  private static final int KILLS = 5;

  @TempDir Path directory;

  @Test
  void whatWasAcknowledgedBeforeAKillIsThereExactlyOnce() throws Exception {
    int acked = 0;
    for (int kill = 1; kill <= KILLS; kill++) {
      acked = writeUntilKilled(acked, acked + 20 + 7 * kill);
    }
    try (QuestDbStore store = new QuestDbStore(directory, false)) {
      store.start();
      store.settle();
      assertWhole(store, acked);
      store.packAll();
      assertWhole(store, acked);
      assertThat(store.storedDays()).hasSize(DAYS).allMatch(StoredDay::isPacked);
    }
  }

  /** Row i is of day i mod DAYS, its i/DAYS-th second, with the value i. */
  private static void assertWhole(QuestDbStore store, int acked) {
    for (int day = 0; day < DAYS; day++) {
      Instant from = T.plus(Duration.ofDays(day));
      List<Observation> rows = store.range("s1", "link:wan", from, from.plus(Duration.ofDays(1)));
      assertThat(rows).hasSizeGreaterThanOrEqualTo(acked * BATCH / DAYS);
      for (int i = 0; i < rows.size(); i++) {
        Observation expected = row(i * DAYS + day);
        if (!rows.get(i).equals(expected)) { // an assertion each would take a minute
          assertThat(rows.get(i)).isEqualTo(expected);
        }
      }
    }
  }

  private int writeUntilKilled(int from, int enough) throws IOException, InterruptedException {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                Writer.class.getName(),
                directory.toString(),
                Integer.toString(from))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
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
    assertThat(acked).isGreaterThanOrEqualTo(enough);
    return acked;
  }

  private static Observation row(int i) {
    return Observation.newBuilder()
        .setSubject("link:wan")
        .setTimeMillis(T.toEpochMilli() + i % DAYS * 86_400_000L + i / DAYS * 1_000L)
        .putMeasures("up", 1)
        .putMeasures("value", i)
        .putMeasures("measure" + i / BATCH / 25, i) // a new one every 25 batches
        .build();
  }

  /** The child: writes batch after batch and says so, until it is killed. */
  static final class Writer {
    private Writer() {}

    public static void main(String[] args) {
      Clock later = Clock.fixed(T.plus(Duration.ofDays(100)), ZoneOffset.UTC);
      QuestDbStore store =
          new QuestDbStore(
              Path.of(args[0]),
              false,
              new QuestDbStore.Upkeep(Duration.ofDays(1), Duration.ZERO),
              later);
      store.start();
      for (int batch = Integer.parseInt(args[1]); batch < 800; batch++) {
        List<Observation> rows = new ArrayList<>();
        for (int i = batch * BATCH; i < (batch + 1) * BATCH; i++) {
          rows.add(row(i));
        }
        Report report = Report.newBuilder().setAgent("a-one").addAllObservations(rows).build();
        store.write(List.of(new SchoolReport("s1", report)));
        System.out.println("acked " + (batch + 1));
        if (batch % 5 == 0) {
          store.settle();
          store.packAll();
        }
      }
    }
  }
}
