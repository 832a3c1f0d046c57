package org.rollcall.simulator.bench;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.rollcall.collector.store.ObservationStore;
import org.rollcall.collector.store.ObservationStore.SchoolReport;
import org.rollcall.collector.store.questdb.QuestDbStore;
import org.rollcall.collector.store.questdb.StoredDay;
import org.rollcall.protocol.v1.Observation;
import org.rollcall.protocol.v1.Report;

/**
 * What a row of a closed day takes on the disk: two days of a line's row of five measures, one a
 * minute from each of 60 schools, on the second, in whole bit/s with the usual noise.
 */
final class ClosedDay {
  static final int ROWS = 2 * 60 * 24 * 60;

  private static final Instant T = Instant.parse("2026-03-02T00:00:00Z");
  private static final int DAYS = 2;
  private static final int SCHOOLS = 60;
  private static final int MINUTES = 24 * 60;
  private static final int MOST_PACK_SECONDS = 120;

  private ClosedDay() {}

  /** Long after these days are over. */
  static Clock clock() {
    return Clock.fixed(T.plus(Duration.ofDays(10)), ZoneOffset.UTC);
  }

  /** Writes the two days, hour by hour. */
  static void fill(ObservationStore store) {
    Random random = new Random(1);
    for (int hour = 0; hour < DAYS * 24; hour++) {
      List<SchoolReport> batch = new ArrayList<>();
      for (int school = 0; school < SCHOOLS; school++) {
        Report.Builder report = Report.newBuilder().setAgent("a-bench");
        for (int minute = hour * 60; minute < hour * 60 + 60; minute++) {
          report.addObservations(link(minute, school, random));
        }
        batch.add(new SchoolReport("07550%03d".formatted(school), report.build()));
      }
      store.write(batch);
    }
    store.settle();
  }

  private static Observation link(int minute, int school, Random random) {
    double busy = Math.sin(2 * Math.PI * minute / MINUTES);
    double in = Math.max(0, 50e6 + 30e6 * busy + 5e6 * random.nextGaussian());
    double out = Math.max(0, in / 4 + 1e6 * random.nextGaussian());
    return Observation.newBuilder()
        .setSubject("link:wan")
        .setTimeMillis(T.plusSeconds(minute * 60L + school).toEpochMilli())
        .putMeasures("up", 1)
        .putMeasures("speedBitsPerSecond", 1e9)
        .putMeasures("inBitsPerSecond", Math.rint(in))
        .putMeasures("outBitsPerSecond", Math.rint(out))
        .putMeasures("intervalSeconds", 60)
        .build();
  }

  /**
   * @param folder new, for a QuestDB of its own
   * @return bytes a row
   */
  static double inQuestDb(Path folder) throws InterruptedException {
    QuestDbStore.Upkeep upkeep = new QuestDbStore.Upkeep(Duration.ofDays(1), Duration.ZERO);
    try (QuestDbStore store = new QuestDbStore(folder, false, upkeep, clock())) {
      store.start();
      fill(store);
      // A table's newest day is never packed.
      Observation later = link(DAYS * MINUTES, 0, new Random(1));
      store.write(
          List.of(
              new SchoolReport(
                  "07550000", Report.newBuilder().setAgent("a").addObservations(later).build())));
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_PACK_SECONDS);
      List<StoredDay> packed = packed(store);
      while (packed.size() < DAYS) {
        if (System.nanoTime() > deadline) {
          throw new IllegalStateException("The store did not pack two closed days in time.");
        }
        TimeUnit.MILLISECONDS.sleep(200);
        packed = packed(store);
      }
      return packed.stream().mapToLong(StoredDay::packedBytes).sum() / (double) ROWS;
    }
  }

  private static List<StoredDay> packed(QuestDbStore store) {
    return store.storedDays().stream().filter(StoredDay::isPacked).toList();
  }
}
