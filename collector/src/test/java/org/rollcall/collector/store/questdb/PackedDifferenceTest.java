package org.rollcall.collector.store.questdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rollcall.collector.store.MemoryStore;
import org.rollcall.collector.store.ObservationStore;
import org.rollcall.collector.store.ObservationStore.SchoolReport;
import org.rollcall.protocol.v1.Observation;
import org.rollcall.protocol.v1.Report;

/**
 * The same random reports, late rows, new measures and rewrites go to a store in memory and to one
 * whose days are packed and that is closed and opened now and then: both give the same answers.
 */
class PackedDifferenceTest {
  private static final Instant T = Instant.parse("2026-03-02T00:00:00Z");
  private static final int DAYS = 6;
  private static final int SCHOOLS = 4;
  private static final int STEPS = 100;
  private static final int FIRST_MEASURES = 3;
  private static final int MINUTES = 24 * 60;

  @TempDir Path directory;
  private final MemoryStore memory = new MemoryStore();
  private QuestDbStore questDb;
  private int measures = FIRST_MEASURES;

  private QuestDbStore opened() {
    QuestDbStore opened = new QuestDbStore(directory, false);
    opened.start();
    return opened;
  }

  @BeforeEach
  void open() {
    questDb = opened();
  }

  @AfterEach
  void close() {
    questDb.close();
  }

  static long[] seeds() {
    return new long[] {20260302, new Random().nextLong()};
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void bothGiveTheSameAnswers(long seed) {
    Random random = new Random(seed);
    for (int step = 0; step < STEPS; step++) {
      step(random);
      if (random.nextInt(4) == 0) {
        assertSame("seed " + seed + ", step " + step);
      }
    }
    questDb.settle();
    questDb.packAll();
    assertSame("seed " + seed + ", at the end");
  }

  private void step(Random random) {
    int what = random.nextInt(12);
    if (what == 0) {
      questDb.close();
      questDb = opened();
    } else if (what == 1) {
      measures++; // late rows may carry it into days that are packed
    } else if (what <= 4) {
      questDb.settle();
      questDb.packAll();
    } else {
      List<SchoolReport> batch = batch(random);
      memory.write(batch);
      questDb.write(batch);
    }
  }

  /** Of one day each, now and then of any, so that days differ in what they know; often late. */
  private List<SchoolReport> batch(Random random) {
    List<SchoolReport> batch = new ArrayList<>();
    int day = random.nextInt(8) == 0 ? -1 : random.nextInt(DAYS);
    int reports = 1 + random.nextInt(20);
    for (int i = 0; i < reports; i++) {
      Report.Builder report = Report.newBuilder().setAgent("a-one");
      int rows = 1 + random.nextInt(30);
      for (int row = 0; row < rows; row++) {
        report.addObservations(observation(random, day));
      }
      batch.add(new SchoolReport("s" + random.nextInt(SCHOOLS), report.build()));
    }
    return batch;
  }

  private Observation observation(Random random, int day) {
    long minute =
        day < 0 ? random.nextInt(DAYS * MINUTES) : day * MINUTES + random.nextInt(MINUTES);
    String subject = List.of("link:wan", "link:lan", "pc:a").get(random.nextInt(3));
    Observation.Builder seen =
        Observation.newBuilder()
            .setSubject(subject)
            .setTimeMillis(T.toEpochMilli() + minute * 60_000);
    for (int measure = 0; measure < measures; measure++) {
      // What is left out on rewriting is not compared: every row has all that there are.
      seen.putMeasures("m" + measure, random.nextInt(3) == 0 ? random.nextDouble() : minute);
    }
    if (random.nextInt(5) == 0) {
      seen.setReason("reason-" + random.nextInt(3));
    }
    return seen.build();
  }

  private void assertSame(String when) {
    questDb.settle();
    assertThat(questDb.days()).as(when).isEqualTo(memory.days());
    for (int day = 0; day < DAYS; day++) {
      Instant from = T.plus(Duration.ofDays(day));
      for (int school = 0; school < SCHOOLS; school++) {
        assertThat(visited(questDb, "s" + school, from))
            .as("%s, school %d, %s", when, school, from)
            .isEqualTo(visited(memory, "s" + school, from));
      }
    }
    assertThat(newest(questDb)).as(when).isEqualTo(newest(memory));
    ObservationStore.Steps steps =
        new ObservationStore.Steps(T, T.plus(Duration.ofDays(DAYS)), Duration.ofHours(1));
    assertThat(questDb.series("s0", "link:wan", "m0", steps))
        .as(when)
        .isEqualTo(memory.series("s0", "link:wan", "m0", steps));
  }

  private static List<Observation> visited(ObservationStore store, String school, Instant from) {
    List<Observation> visited = new ArrayList<>();
    store.visit(school, from, from.plus(Duration.ofDays(1)), (at, seen) -> visited.add(seen));
    return visited;
  }

  private static Map<String, Observation> newest(ObservationStore store) {
    Map<String, Observation> newest = new TreeMap<>();
    store.latest(T, (school, seen) -> newest.put(school + ' ' + seen.getSubject(), seen));
    return newest;
  }
}
