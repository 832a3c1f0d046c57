package org.rollcall.collector.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.rollcall.collector.intake.Outcome.Kind.BUSY;
import static org.rollcall.collector.intake.Outcome.Kind.DUPLICATE;
import static org.rollcall.collector.intake.Outcome.Kind.MALFORMED;
import static org.rollcall.collector.intake.Outcome.Kind.NOT_YOURS;
import static org.rollcall.collector.intake.Outcome.Kind.STORED;
import static org.rollcall.collector.intake.Outcome.Kind.UNAVAILABLE;
import static org.rollcall.collector.intake.Reports.NOW;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.rollcall.collector.store.MemoryStore;
import org.rollcall.collector.store.ObservationStore.SchoolReport;
import org.rollcall.collector.store.StoreUnavailableException;
import org.rollcall.protocol.Limits;
import org.rollcall.protocol.v1.Report;

class IntakeTest {
  private static final Sender SENDER = new Sender("a-one", "S1");

  private final MemoryStore store = new MemoryStore();
  private final List<SchoolReport> told = new CopyOnWriteArrayList<>();
  private final Clock clock = Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC);
  private final Recorder lane = new Recorder();
  private Intake intake = start(Capacity.DEFAULT, told::addAll);

  private Intake start(Capacity capacity, IntakeListener listener) {
    Intake made = new Intake(store, List.of(listener), clock, capacity);
    made.start();
    return made;
  }

  @AfterEach
  void close() {
    intake.close();
  }

  /** Remembers the outcomes by token. */
  private static final class Recorder implements Lane {
    final Map<Integer, Outcome> outcomes = new ConcurrentHashMap<>();
    final List<Integer> order = new CopyOnWriteArrayList<>();
    final AtomicInteger resumed = new AtomicInteger();

    @Override
    public void settled(List<Reply> replies) {
      for (Reply reply : replies) {
        assertThat(outcomes.put(reply.token(), reply.outcome())).as("answered once").isNull();
        order.add(reply.token());
      }
    }

    @Override
    public void resume() {
      resumed.incrementAndGet();
    }

    Outcome await(int token) {
      return Awaitility.await().until(() -> outcomes.get(token), Objects::nonNull);
    }
  }

  private boolean submit(Report report, int token) {
    return intake.submit(SENDER, ByteBuffer.wrap(report.toByteArray()), false, lane, token);
  }

  private Outcome submitText(String text, boolean json, int token) {
    intake.submit(SENDER, ByteBuffer.wrap(text.getBytes(UTF_8)), json, lane, token);
    return lane.await(token);
  }

  private static Report report(long seq) {
    return Reports.numbered("a-one", 5, seq);
  }

  private void assertCountsAddUp() {
    IntakeCounts counts = intake.counts();
    assertThat(counts.received())
        .isEqualTo(
            counts.stored()
                + counts.duplicate()
                + counts.rejectedInAll()
                + counts.unavailable()
                + counts.inFlight());
  }

  @Test
  void aReportIsStoredThenToldThenAcknowledged() {
    submit(report(1), 7);

    assertThat(lane.await(7).kind()).isEqualTo(STORED);
    assertThat(told).containsExactly(new SchoolReport("S1", report(1)));
    assertThat(store.range("S1", "link:wan", Instant.EPOCH, Instant.ofEpochMilli(NOW + 10)))
        .containsExactlyElementsOf(report(1).getObservationsList());
  }

  @Test
  void nothingIsAcknowledgedBeforeTheStoreReturns() {
    store.block();
    submit(report(1), 1);
    submit(report(2), 2);
    await().until(() -> intake.counts().inFlight() == 2);
    assertThat(lane.outcomes).isEmpty();
    assertThat(told).isEmpty();

    store.unblock();

    assertThat(lane.await(1).kind()).isEqualTo(STORED);
    assertThat(lane.await(2).kind()).isEqualTo(STORED);
    assertThat(lane.order).containsExactly(1, 2);
  }

  @Test
  void aDuplicateOfADurableReportIsAcknowledgedWithoutWritingAgain() {
    submit(report(1), 1);
    lane.await(1);
    submit(report(1), 2);

    assertThat(lane.await(2).kind()).isEqualTo(DUPLICATE);
    assertThat(store.writes()).isEqualTo(1);
  }

  @Test
  void aDuplicateOfAReportStillInFlightWaitsForIt() {
    store.block();
    submit(report(1), 1);
    submit(report(1), 2);
    assertThat(lane.outcomes).isEmpty();

    store.unblock();

    assertThat(lane.await(1).kind()).isEqualTo(STORED);
    assertThat(lane.await(2).kind()).isEqualTo(DUPLICATE);
    assertThat(store.writes()).isEqualTo(1);
  }

  @Test
  void aDuplicateSharesTheFailureOfItsFirstCopy() {
    store.block();
    store.fail(new StoreUnavailableException("disk full", new IllegalStateException()));
    submit(report(1), 1);
    submit(report(1), 2);
    store.unblock();

    assertThat(lane.await(1).kind()).isEqualTo(UNAVAILABLE);
    assertThat(lane.await(2).kind()).isEqualTo(UNAVAILABLE);
    assertCountsAddUp();
  }

  @Test
  void afterTheStoreRecoversTheSameReportIsStored() {
    store.fail(new StoreUnavailableException("disk full", new IllegalStateException()));
    submit(report(1), 1);
    assertThat(lane.await(1).kind()).isEqualTo(UNAVAILABLE);
    assertThat(told).isEmpty();

    store.recover();
    submit(report(1), 2);

    assertThat(lane.await(2).kind()).isEqualTo(STORED);
    assertThat(store.writes()).isEqualTo(1);
  }

  @Test
  void aStoreThatFailsUnannouncedAcknowledgesNothingAndTheWriterLives() {
    store.fail(new IllegalStateException("bug in the store"));
    submit(report(1), 1);
    assertThat(lane.await(1).kind()).isEqualTo(UNAVAILABLE);

    store.recover();
    submit(report(2), 2);
    assertThat(lane.await(2).kind()).isEqualTo(STORED);
  }

  @Test
  void aNumberUsedForOtherContentIsStoredAndCounted() {
    submit(report(1), 1);
    lane.await(1);
    submit(report(1).toBuilder().setCreatedMillis(NOW + 99).build(), 2);

    assertThat(lane.await(2).kind()).isEqualTo(STORED);
    assertThat(intake.counts().numbersReused()).isEqualTo(1);
  }

  @Test
  void unnumberedReportsAreNeverDuplicates() {
    Report report = Reports.of("a-one", "link:wan", NOW).build();
    submit(report, 1);
    submit(report, 2);

    assertThat(lane.await(1).kind()).isEqualTo(STORED);
    assertThat(lane.await(2).kind()).isEqualTo(STORED);
  }

  @Test
  void theWindowForgetsOldNumbersAndThoseAreWrittenAgain() {
    for (int seq = 1; seq <= RecentReports.REMEMBERED + 1; seq++) {
      submit(report(seq), seq);
    }
    lane.await(RecentReports.REMEMBERED + 1);
    submit(report(1), 1_000);
    submit(report(2), 1_001);

    assertThat(lane.await(1_000).kind()).as("fell out").isEqualTo(STORED);
    assertThat(lane.await(1_001).kind()).as("kept or fell out by the first").isNotNull();
    submit(report(100), 1_002);
    assertThat(lane.await(1_002).kind()).as("still known").isEqualTo(DUPLICATE);
  }

  @Test
  void jsonIsKnownByContentTypeOrByItsFirstByte() {
    String json =
        """
        {"agent":"a-one","observations":[
          {"subject":"link:wan","timeMillis":"%d","measures":{"up":1}}]}"""
            .formatted(NOW);

    assertThat(submitText(json, false, 1).kind()).isEqualTo(STORED);
    assertThat(submitText("  " + json, true, 2).kind()).isEqualTo(STORED);
  }

  @Test
  void jsonMayLeaveOutTheAgent() {
    String json =
        """
        {"observations":[{"subject":"link:wan","timeMillis":%d,"measures":{"up":1}}]}"""
            .formatted(NOW);

    assertThat(submitText(json, true, 1).kind()).isEqualTo(STORED);
    assertThat(told.get(0).report().getAgent()).isEqualTo("a-one");
  }

  @Test
  void aNumberWithAHugeExponentIsRefusedBeforeItsDigitsAreWrittenOut() {
    for (String number : List.of("1e999999999", "\"1E+999999999\"", "-1.5e0009999")) {
      int token = number.length();
      assertThat(submitText("{\"epoch\":" + number + "}", true, token))
          .isEqualTo(new Outcome(Outcome.Kind.MALFORMED, "bad-json"));
    }
    assertThat(JsonNumbers.anyHuge("{\"a\":[1e308,\"pc:1e9999\",{\"1e9999\":null}]}")).isFalse();
    assertThat(JsonNumbers.anyHuge("[{}, {'a' : 1e1000 }]")).isTrue();
  }

  @Test
  void jsonThatIsNoReportIsMalformed() {
    assertThat(submitText("{\"observation\":[]}", true, 1))
        .isEqualTo(new Outcome(MALFORMED, "bad-json"));
    assertThat(submitText("{\"agent\":", true, 2)).isEqualTo(new Outcome(MALFORMED, "bad-json"));
    assertThat(submitText("[".repeat(60_000), true, 3))
        .isEqualTo(new Outcome(MALFORMED, "bad-json"));
    assertThat(submitText("{\"seal\":".repeat(7_000), false, 4))
        .isEqualTo(new Outcome(MALFORMED, "bad-json"));
    intake.submit(SENDER, ByteBuffer.wrap(new byte[] {'{', '"', (byte) 0xff, '"'}), false, lane, 5);
    assertThat(lane.await(5)).isEqualTo(new Outcome(MALFORMED, "bad-json"));
    assertThat(intake.counts().rejected()).isEqualTo(Map.of("bad-json", 5L));
  }

  @Test
  void everyKindOfBadReportIsRefusedWithItsReason() {
    submit(Reports.of("a-one", "link wan", NOW).build(), 1);
    submit(Reports.of("a-one", "link:wan", 5).build(), 2);
    submit(Reports.of("a-two", "link:wan", NOW).build(), 3);
    intake.submit(SENDER, ByteBuffer.wrap(new byte[] {1, 2, 3}), false, lane, 4);
    intake.submit(SENDER, ByteBuffer.wrap(new byte[Limits.MAX_REPORT_BYTES + 1]), false, lane, 5);
    store.refuseAll("too-many-kinds");
    submit(report(1), 6);
    intake.refusedBefore(SENDER, "wrong-topic", "rollcall/v1/a-two/report");

    assertThat(lane.await(1)).isEqualTo(new Outcome(MALFORMED, "bad-subject"));
    assertThat(lane.await(2)).isEqualTo(new Outcome(MALFORMED, "time-out-of-range"));
    assertThat(lane.await(3)).isEqualTo(new Outcome(NOT_YOURS, "wrong-agent"));
    assertThat(lane.await(4)).isEqualTo(new Outcome(MALFORMED, "not-a-report"));
    assertThat(lane.await(5)).isEqualTo(new Outcome(MALFORMED, "too-large"));
    assertThat(lane.await(6)).isEqualTo(new Outcome(MALFORMED, "too-many-kinds"));
    assertThat(intake.counts().rejectedInAll()).isEqualTo(7);
    assertThat(store.writes()).isZero();
    assertCountsAddUp();
  }

  @Test
  void aServerThatStartsWithItsClockSetBackStillTakesWhatIsTrue() {
    long aYearOn = NOW + 365L * 86_400_000;
    submit(Reports.of("a-one", "link:wan", aYearOn).build(), 1);
    assertThat(lane.await(1)).isEqualTo(new Outcome(MALFORMED, "time-out-of-range"));
    intake.close();
    intake = new Intake(store, List.of(), clock, Capacity.DEFAULT);
    intake.notBefore(aYearOn);
    intake.start();
    submit(Reports.of("a-one", "link:wan", aYearOn).build(), 2);
    assertThat(lane.await(2).kind()).isEqualTo(STORED);
  }

  @Test
  void aFullQueuePausesTheSenderAndAnEmptyOneResumesIt() {
    intake.close();
    intake = start(new Capacity(4, 1 << 20, 100), told::addAll);
    store.block();
    submit(report(1), 1);
    await().until(store::holdsAWrite);
    int paused = 0;
    for (int i = 2; i <= 6; i++) {
      paused += submit(report(i), i) ? 0 : 1;
    }
    assertThat(paused).isPositive();
    assertThat(lane.resumed).hasValue(0);

    store.unblock();

    await().untilAsserted(() -> assertThat(lane.resumed).hasPositiveValue());
    lane.await(6);
    assertThat(lane.outcomes.values()).allMatch(outcome -> outcome.kind() == STORED);
  }

  @Test
  void beyondTheHardLimitReportsAreRefusedAsBusyAndMayComeAgain() {
    intake.close();
    intake = start(new Capacity(1, 1 << 20, 1), told::addAll);
    store.block();
    for (int i = 1; i <= 8; i++) {
      submit(report(i), i);
    }
    assertThat(lane.await(8)).isEqualTo(new Outcome(BUSY, "queue-full"));
    assertCountsAddUp();

    store.unblock();
    await().until(() -> intake.counts().inFlight() == 0);
    submit(report(8), 9);
    assertThat(lane.await(9).kind()).isEqualTo(STORED);
  }

  @Test
  void closingStoresWhatWaitsAndTakesNothingMore() {
    store.block();
    submit(report(1), 1);
    submit(report(2), 2);
    Thread closer = new Thread(intake::close);
    closer.start();
    await("the closer waits for the writer")
        .until(() -> closer.getState() == Thread.State.TIMED_WAITING);
    store.unblock();
    assertThat(lane.await(2).kind()).isEqualTo(STORED);
    await().until(() -> !closer.isAlive());

    submit(report(3), 3);
    assertThat(lane.await(3).kind()).isEqualTo(UNAVAILABLE);
    assertCountsAddUp();
  }

  @Test
  void aListenerThatFailsCostsNobodyAnything() {
    intake.close();
    intake =
        start(
            Capacity.DEFAULT,
            batch -> {
              throw new IllegalArgumentException("a rule that fails");
            });
    submit(report(1), 1);

    assertThat(lane.await(1).kind()).isEqualTo(STORED);
    assertThat(intake.counts().listenerFailures()).isEqualTo(1);
  }

  @Test
  void underAnyMixtureTheCountsAddUpAndEverybodyIsAnsweredOnce() {
    Random random = new Random(20260302);
    int sent = 5_000;
    for (int token = 1; token <= sent; token++) {
      switch (random.nextInt(6)) {
        case 0 -> submit(report(1 + random.nextInt(40)), token);
        case 1 -> submit(Reports.of("a-two", "link:wan", NOW).build(), token);
        case 2 -> intake.submit(SENDER, ByteBuffer.allocate(3), false, lane, token);
        case 3 -> {
          store.fail(new StoreUnavailableException("now and then", new IllegalStateException()));
          submit(report(token), token);
        }
        default -> {
          store.recover();
          submit(report(100 + token), token);
        }
      }
    }
    await().until(() -> lane.outcomes.size() == sent);
    IntakeCounts counts = intake.counts();
    assertThat(counts.inFlight()).isZero();
    assertThat(counts.received()).isEqualTo(sent);
    assertCountsAddUp();
    assertThat(counts.stored())
        .isEqualTo(lane.outcomes.values().stream().filter(o -> o.kind() == STORED).count())
        .isEqualTo(store.writes())
        .isEqualTo(told.size());
  }
}
