package org.rollcall.agent.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.rollcall.protocol.ReportChain;

/** What every spool does, whatever it keeps its reports in. */
abstract class SpoolContract {
  // Set by start(), which every test calls first.
  @SuppressWarnings("NullAway.Init")
  Spool spool;

  /** A spool over the same storage each time within one test, not started. */
  abstract Spool open();

  @AfterEach
  void closeSpool() {
    if (spool != null) {
      spool.close();
    }
  }

  @Test
  void aNewSpoolBeginsAnEpochWithReportOne() {
    start();

    assertThat(spool.head().epoch()).isPositive();
    assertThat(spool.head().lastSeq()).isZero();
    assertThat(spool.head().lastSha256()).isEmpty();
    assertThat(spool.gaps()).isEmpty();
  }

  @Test
  void reportsAreReadBackInOrderAsTheyWereAppended() {
    start();
    append("one", "two", "three");

    assertThat(texts(spool.read(1, 10, 1000))).containsExactly("one", "two", "three");
    assertThat(spool.read(1, 10, 1000))
        .extracting(SpooledReport::position)
        .containsExactly(1L, 2L, 3L);
  }

  @Test
  void readingStopsAtTheNumberOrTheBytesAskedForButGivesOneAtLeast() {
    start();
    append("one", "two", "three");

    assertThat(texts(spool.read(1, 2, 1000))).containsExactly("one", "two");
    assertThat(texts(spool.read(1, 10, 7))).containsExactly("one", "two");
    assertThat(texts(spool.read(3, 10, 1))).containsExactly("three");
  }

  @Test
  void readingGoesOnFromAnyPositionForwardsAndBackwards() {
    start();
    append("one", "two", "three");

    assertThat(texts(spool.read(3, 1, 1000))).containsExactly("three");
    assertThat(texts(spool.read(1, 1, 1000))).containsExactly("one");
    assertThat(texts(spool.read(2, 1, 1000))).containsExactly("two");
    assertThat(spool.read(4, 1, 1000)).isEmpty();
  }

  @Test
  void whatIsReleasedIsNotReadAgain() {
    start();
    append("one", "two", "three");
    spool.release(2);

    assertThat(texts(spool.read(1, 10, 1000))).containsExactly("one", "three");
    assertThat(spool.figures().reports()).isEqualTo(2);
  }

  @Test
  void whatTheCollectorRefusesLeavesAGapInItsPlace() {
    start();
    append("one", "two", "three");
    spool.refuse(2, millis(3), 0);
    spool.refuse(2, millis(3), 0);
    spool.refuse(99, millis(3), 0);

    assertThat(texts(spool.read(1, 10, 1000))).containsExactly("one", "three");
    assertThat(spool.gaps()).hasSize(1);
    assertThat(spool.gaps().get(0).getReason()).isEqualTo("refused");
    assertThat(spool.gaps().get(0).getFromSeq()).isEqualTo(2);
    assertThat(spool.gaps().get(0).getToSeq()).isEqualTo(2);
  }

  @Test
  void releasingTwiceOrWhatNeverWasChangesNothing() {
    start();
    append("one", "two");
    spool.release(1);
    spool.release(1);
    spool.release(99);
    append("three");

    assertThat(texts(spool.read(1, 10, 1000))).containsExactly("two", "three");
  }

  @Test
  void whatIsNotReleasedOutlivesTheProcess() {
    start();
    append("one", "two", "three");
    spool.release(1);
    spool.release(3);
    restart();

    assertThat(texts(spool.read(1, 10, 1000))).containsExactly("two");
  }

  @Test
  void theChainGoesOnAfterARestart() {
    start();
    append("one", "two");
    SpoolHead before = spool.head();
    restart();

    assertThat(spool.head().epoch()).isEqualTo(before.epoch());
    assertThat(spool.head().lastSeq()).isEqualTo(2);
    assertThat(spool.head().lastSha256())
        .isEqualTo(ReportChain.sha256("two".getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void theChainGoesOnAfterARestartThoughEverythingWasReleased() {
    start();
    append("one", "two");
    spool.release(1);
    spool.release(2);
    SpoolHead before = spool.head();
    restart();
    restart();

    assertThat(spool.head().epoch()).isEqualTo(before.epoch());
    assertThat(spool.head().lastSeq()).isEqualTo(2);
    append("three");
    assertThat(texts(spool.read(1, 10, 1000))).containsExactly("three");
    assertThat(spool.gaps()).isEmpty();
  }

  @Test
  void aReportWithTheWrongNumberIsABug() {
    start();

    assertThatThrownBy(() -> spool.append(new byte[] {1}, 7, 1, 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("BUG");
  }

  @Test
  void listenersAreToldWhenReportsBecomeReadable() {
    start();
    AtomicInteger told = new AtomicInteger();
    spool.onReadable(told::incrementAndGet);
    append("one");
    spool.sync();

    assertThat(told.get()).isPositive();
  }

  @Test
  void manyReportsOfManySizesSurviveRestartsInBetween() {
    start();
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 150; i++) {
        append("x".repeat(1 + (i * 37) % 3000));
      }
      restart();
    }

    long next = 1;
    int count = 0;
    while (true) {
      List<SpooledReport> some = spool.read(next, 64, 100_000);
      if (some.isEmpty()) {
        break;
      }
      for (SpooledReport report : some) {
        assertThat(report.position()).isEqualTo(next++);
        assertThat(report.bytes()).hasSize(1 + (count++ % 150 * 37) % 3000);
      }
    }
    assertThat(count).isEqualTo(450);
    assertThat(spool.gaps()).isEmpty();
  }

  Spool start() {
    spool = open();
    spool.start();
    return spool;
  }

  Spool restart() {
    spool.close();
    return start();
  }

  /** Appends and syncs; report n speaks of the n-th second after 2026-01-01. */
  void append(String... texts) {
    for (String text : texts) {
      long seq = spool.head().lastSeq() + 1;
      spool.append(text.getBytes(StandardCharsets.UTF_8), seq, millis(seq), millis(seq) + 999);
    }
    spool.sync();
  }

  static long millis(long seq) {
    return 1_767_225_600_000L + seq * 1000;
  }

  static List<String> texts(List<SpooledReport> reports) {
    return reports.stream().map(r -> new String(r.bytes(), StandardCharsets.UTF_8)).toList();
  }
}
