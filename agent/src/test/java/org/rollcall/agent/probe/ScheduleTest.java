package org.rollcall.agent.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.rollcall.protocol.v1.Observation;

class ScheduleTest {

  private static final RandomGenerator RANDOM =
      RandomGeneratorFactory.of("L64X128MixRandom").create(7);

  private final Queue<Observation> seen = new ConcurrentLinkedQueue<>();
  private final Set<String> sinkThreads = ConcurrentHashMap.newKeySet();
  private final List<Schedule> running = new ArrayList<>();

  private record Fixed(
      String subject, Duration interval, Supplier<CompletionStage<List<Observation>>> look)
      implements Probe {
    @Override
    public List<String> subjects() {
      return List.of(subject);
    }

    @Override
    public CompletionStage<List<Observation>> run(Instant now) {
      return look.get();
    }
  }

  private static Probe probe(String subject, Supplier<CompletionStage<List<Observation>>> look) {
    return new Fixed(subject, Duration.ofMillis(50), look);
  }

  private static CompletionStage<List<Observation>> answer(String subject) {
    return CompletableFuture.completedFuture(
        List.of(Observation.newBuilder().setSubject(subject).setTimeMillis(1).build()));
  }

  private Schedule start(int maxInFlight, List<Probe> probes) {
    Schedule schedule =
        new Schedule(
            probes,
            Clock.systemUTC(),
            RANDOM,
            maxInFlight,
            observation -> {
              sinkThreads.add(Thread.currentThread().getName());
              seen.add(observation);
            });
    running.add(schedule);
    schedule.start();
    return schedule;
  }

  @AfterEach
  void stop() {
    running.forEach(Schedule::close);
  }

  private long count(String subject) {
    return seen.stream().filter(observation -> observation.getSubject().equals(subject)).count();
  }

  @Test
  void everyProbeIsRunAgainAndAgainAndTheSinkHasOneThread() {
    List<Probe> probes = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      String subject = "pc:" + i;
      probes.add(
          probe(
              subject,
              () -> CompletableFuture.supplyAsync(() -> answer(subject)).thenCompose(a -> a)));
    }
    start(256, probes);
    await().untilAsserted(() -> assertThat(probes).allMatch(p -> count(p.subjects().get(0)) >= 3));
    assertThat(sinkThreads).containsExactly("schedule");
  }

  @Test
  void aProbeThatNeverEndsHoldsNobodyBack() {
    AtomicInteger begun = new AtomicInteger();
    Probe dead =
        probe(
            "pc:dead",
            () -> {
              begun.incrementAndGet();
              return new CompletableFuture<>();
            });
    Schedule schedule = start(256, List.of(dead, probe("pc:1", () -> answer("pc:1"))));
    await().until(() -> count("pc:1") >= 5);
    assertThat(begun).hasValue(1);
    await().until(() -> schedule.counts().skipped() > 0);
  }

  @Test
  void atMostSoManyLooksAreUnderWayAndTheOthersHaveTheirTurn() {
    AtomicInteger underWay = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<Probe> probes = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      String subject = "pc:" + i;
      probes.add(
          probe(
              subject,
              () -> {
                most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                return CompletableFuture.supplyAsync(
                    () -> {
                      underWay.decrementAndGet();
                      return List.of(Observation.newBuilder().setSubject(subject).build());
                    },
                    CompletableFuture.delayedExecutor(
                        20, java.util.concurrent.TimeUnit.MILLISECONDS));
              }));
    }
    start(3, probes);
    await().until(() -> probes.stream().allMatch(p -> count(p.subjects().get(0)) >= 3));
    assertThat(most.get()).isLessThanOrEqualTo(3);
  }

  @Test
  void aProbeWithABugCostsItsOwnObservationAndNobodyElses() {
    Probe thrower =
        probe(
            "pc:thrower",
            () -> {
              throw new IllegalStateException("BUG: on purpose");
            });
    Probe breaker =
        probe(
            "pc:breaker",
            () -> CompletableFuture.failedFuture(new IllegalStateException("BUG: on purpose")));
    Schedule schedule = start(256, List.of(thrower, breaker, probe("pc:1", () -> answer("pc:1"))));
    await().until(() -> count("pc:thrower") > 1 && count("pc:breaker") > 1 && count("pc:1") > 1);
    assertThat(seen)
        .filteredOn(observation -> !observation.getSubject().equals("pc:1"))
        .allMatch(observation -> observation.getReason().equals("probe-failed"))
        .allMatch(observation -> observation.getTimeMillis() > 0);
    schedule.close();
    assertCountsAddUp(schedule.counts());
  }

  private static void assertCountsAddUp(Schedule.Counts counts) {
    assertThat(counts.ended() + counts.failed() + counts.stuck() + counts.inFlight())
        .isEqualTo(counts.started());
  }

  @Test
  void aSinkThatThrowsIsCountedAndAskedAgain() {
    AtomicInteger taken = new AtomicInteger();
    Schedule schedule =
        new Schedule(
            List.of(probe("pc:1", () -> answer("pc:1"))),
            Clock.systemUTC(),
            RANDOM,
            observation -> {
              if (taken.incrementAndGet() == 1) {
                throw new IllegalStateException("BUG: on purpose");
              }
            });
    running.add(schedule);
    schedule.start();
    await().until(() -> taken.get() >= 3);
    assertThat(schedule.counts().sinkFailures()).isEqualTo(1);
  }

  @Test
  void afterCloseTheSinkIsNotCalledAgain() {
    Schedule schedule = start(256, List.of(probe("pc:1", () -> answer("pc:1"))));
    await().until(() -> count("pc:1") >= 1);
    schedule.close();
    int then = seen.size();
    await().during(Duration.ofMillis(200)).until(() -> seen.size() == then);
  }

  @Test
  void turnsSleptThroughAreNotMadeUp() {
    assertThat(Schedule.nextDue(100, 60, 100)).isEqualTo(160);
    assertThat(Schedule.nextDue(100, 60, 101)).isEqualTo(160);
    assertThat(Schedule.nextDue(100, 60, 1_000)).isEqualTo(1_060);
    assertThat(Schedule.nextDue(100, 60, 999)).isEqualTo(1_000);
  }

  @Test
  void aSubjectIsLookedAtNowWhenSomebodyAsks() {
    Probe slow = new Fixed("pc:1", Duration.ofHours(24), () -> answer("pc:1"));
    Probe other = new Fixed("pc:2", Duration.ofHours(24), () -> answer("pc:2"));
    Schedule schedule = start(8, List.of(slow, other));
    await().until(() -> count("pc:1") == 1 && count("pc:2") == 1);

    schedule.lookNow(List.of("pc:1", "pc:unknown"));
    await().until(() -> count("pc:1") == 2);
    assertThat(count("pc:2")).isEqualTo(1);
  }

  @Test
  void probesMayBeReplacedWhileTheOthersGoOn() {
    AtomicInteger looks = new AtomicInteger();
    Probe kept =
        new Fixed(
            "pc:kept",
            Duration.ofHours(24),
            () -> {
              looks.incrementAndGet();
              return answer("pc:kept");
            });
    Probe gone = probe("pc:gone", () -> answer("pc:gone"));
    CompletableFuture<List<Observation>> late = new CompletableFuture<>();
    Probe slow = new Fixed("pc:slow", Duration.ofHours(24), () -> late);
    Schedule schedule = start(8, List.of(kept, gone, slow));
    await().until(() -> count("pc:kept") == 1 && schedule.counts().inFlight() == 1);

    schedule.replace(List.of(kept, probe("pc:new", () -> answer("pc:new"))));
    await().until(() -> count("pc:new") > 2);
    long before = count("pc:gone");
    late.complete(List.of(Observation.newBuilder().setSubject("pc:slow").build()));
    await().until(() -> schedule.counts().inFlight() == 0 || count("pc:new") > 10);
    await().until(() -> count("pc:new") > 12);

    assertThat(count("pc:gone")).isEqualTo(before);
    assertThat(count("pc:slow")).as("nobody asks for it any more").isZero();
    assertThat(looks).as("its turn was not moved").hasValue(1);
  }
}
