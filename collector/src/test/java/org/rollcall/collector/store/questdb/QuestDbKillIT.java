package org.rollcall.collector.store.questdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.collector.store.ObservationStore.SchoolReport;
import org.rollcall.protocol.v1.Observation;
import org.rollcall.protocol.v1.Report;

/** A process is killed in the middle of writing: all it acknowledged is there, exactly once. */
class QuestDbKillIT {
  private static final Instant T = Instant.parse("2026-03-02T08:00:00Z");
  private static final int BATCH = 500;
  private static final int SCHOOLS = 50;

  @TempDir Path directory;

  @Test
  void whatWasAcknowledgedBeforeAKillIsThereExactlyOnce() throws Exception {
    int acked = 0;
    for (int kill = 1; kill <= 3; kill++) {
      acked = writeUntilKilled(acked, acked + 40 * kill);
    }
    try (QuestDbStore store = new QuestDbStore(directory, false)) {
      store.start();
      store.settle();
      for (int school = 0; school < SCHOOLS; school++) {
        assertWhole(store, school, acked);
      }
    }
  }

  /** Row i is of school i mod SCHOOLS at T + i/SCHOOLS milliseconds, with the value i. */
  private static void assertWhole(QuestDbStore store, int school, int acked) {
    List<Observation> rows = store.range("s" + school, "link:wan", T, T.plusSeconds(3_600));
    assertThat(rows).hasSizeGreaterThanOrEqualTo(acked * BATCH / SCHOOLS);
    for (int i = 0; i < rows.size(); i++) {
      Observation expected = row(i * SCHOOLS + school);
      if (!rows.get(i).equals(expected)) { // an assertion each would take a minute
        assertThat(rows.get(i)).isEqualTo(expected);
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
        .setTimeMillis(T.toEpochMilli() + i / SCHOOLS)
        .putMeasures("up", 1)
        .putMeasures("value", i)
        .build();
  }

  /** The child: writes batch after batch and says so, until it is killed. */
  static final class Writer {
    private Writer() {}

    public static void main(String[] args) {
      QuestDbStore store = new QuestDbStore(Path.of(args[0]), false);
      store.start();
      for (int batch = Integer.parseInt(args[1]); batch < 20_000; batch++) {
        List<SchoolReport> reports = new ArrayList<>();
        for (int i = batch * BATCH; i < (batch + 1) * BATCH; i++) {
          Report report = Report.newBuilder().setAgent("a-one").addObservations(row(i)).build();
          reports.add(new SchoolReport("s" + i % SCHOOLS, report));
        }
        store.write(reports);
        System.out.println("acked " + (batch + 1));
      }
    }
  }
}
