package org.rollcall.agent.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.config.DataSize;
import org.rollcall.protocol.v1.Gap;
import org.rollcall.protocol.v1.Observation;
import org.rollcall.protocol.v1.Report;

class DiskSpoolTest extends SpoolContract {
  @TempDir private Path folder;
  private final ManualClock clock = new ManualClock("2026-03-01T08:00:00Z");
  private Duration sync = Duration.ofSeconds(1);

  @Override
  Spool open() {
    return new DiskSpool(folder, new SpoolSettings(new DataSize(1024 * 1024), sync), clock);
  }

  @Test
  void twoAgentsCannotShareAFolder() {
    start();

    assertThatThrownBy(() -> open().start())
        .isInstanceOf(SpoolException.class)
        .hasMessageContaining("in use by another agent");
  }

  @Test
  void aFolderThatCannotBeMadeIsRefusedWithASentence() {
    DiskSpool spool =
        new DiskSpool(
            Path.of("/proc/rollcall"), new SpoolSettings(new DataSize(1024 * 1024), sync), clock);

    assertThatThrownBy(spool::start)
        .isInstanceOf(SpoolException.class)
        .hasMessageContaining("/proc/rollcall cannot be used");
  }

  @Test
  void whatIsNotYetSafeOnTheDiskIsNotRead() {
    sync = Duration.ofSeconds(10);
    start();
    append("one");
    spool.append(new byte[] {1}, 2, 1, 1);

    assertThat(texts(spool.read(1, 10, 1000))).containsExactly("one");
    clock.goOn(Duration.ofSeconds(11));
    spool.append(new byte[] {1}, 3, 1, 1);
    assertThat(spool.read(1, 10, 1000)).hasSize(3);
  }

  @Test
  void aRefusalForAClockThatIsAheadIsAGapOfTheTimeItReallyWas() {
    start();
    long year = Duration.ofDays(365).toMillis();
    long seen = clock.millis();
    append("one");
    clock.goOn(Duration.ofDays(365));
    spool.append(new byte[] {1}, 2, seen + year, seen + year);
    spool.sync();
    spool.refuse(2, clock.millis() - year, year);

    assertThat(spool.gaps()).hasSize(1);
    // How far it is ahead is known as well as an answer is quick.
    assertThat(spool.gaps().get(0).getFromMillis()).isEqualTo(seen - RefusedTime.UNSURE_MILLIS);
    assertThat(spool.gaps().get(0).getToMillis()).isBetween(seen, seen + RefusedTime.UNSURE_MILLIS);
  }

  @Test
  void gapsThatARefusedReportCarriedWaitAgain() {
    start();
    long year = Duration.ofDays(365).toMillis();
    Gap lost = Gap.newBuilder().setFromMillis(millis(1)).setToMillis(millis(2)).build();
    long seen = clock.millis() + year;
    byte[] report =
        Report.newBuilder()
            .addObservations(
                Observation.newBuilder().setSubject("link:wan").setTimeMillis(seen).build())
            .addGaps(lost)
            .build()
            .toByteArray();
    spool.append(report, 1, lost.getFromMillis(), seen);
    spool.sync();
    spool.refuse(1, clock.millis(), year);

    assertThat(spool.gaps()).hasSize(2).contains(lost);
    assertThat(spool.gaps().get(1).getFromMillis())
        .as("of what it saw itself, not of what it told")
        .isEqualTo(clock.millis() - RefusedTime.UNSURE_MILLIS);
  }

  @Test
  void aRefusalOfTimesThatCannotBeIsAGapSinceTheReportBefore() {
    start();
    long year = Duration.ofDays(365).toMillis();
    append("one");
    long ahead = clock.millis() + year;
    spool.append(new byte[] {1}, 2, ahead, ahead);
    spool.sync();
    spool.refuse(2, clock.millis(), 0);

    assertThat(spool.gaps()).hasSize(1);
    assertThat(spool.gaps().get(0).getFromMillis()).isEqualTo(millis(1));
    assertThat(spool.gaps().get(0).getToMillis()).isEqualTo(clock.millis());
  }

  @Test
  void aSegmentWhollyReleasedIsDeleted() {
    start();
    fill(1, 60);
    long before = spool.figures().bytes();
    for (long position = 1; position <= 50; position++) {
      spool.release(position);
    }
    spool.sync();

    assertThat(before).isGreaterThan(spool.figures().bytes() + 300_000);
    restart();
    assertThat(spool.read(1, 1, 1000).get(0).position()).isEqualTo(51);
    assertThat(spool.gaps()).isEmpty();
  }

  @Test
  void aSegmentReleasedBeforeOlderOnesLeavesNoGap() {
    start();
    fill(1, 60);
    for (long position = 20; position <= 60; position++) {
      spool.release(position);
    }
    restart();

    assertThat(spool.gaps()).isEmpty();
    assertThat(spool.read(1, 100, 10_000_000)).hasSize(19);
  }

  @Test
  void atTheCapTheOldestReportsGoAndAGapSaysWhich() {
    start();
    fill(1, 200);

    assertThat(spool.figures().bytes()).isLessThanOrEqualTo(1024 * 1024);
    assertThat(spool.gaps()).hasSize(1);
    Gap gap = spool.gaps().get(0);
    long firstKept = spool.read(1, 1, 1).get(0).position();
    assertThat(gap.getReason()).isEqualTo("spool-full");
    assertThat(gap.getFromSeq()).isEqualTo(1);
    assertThat(gap.getToSeq()).isEqualTo(firstKept - 1);
    assertThat(gap.getFromMillis()).isEqualTo(millis(1));
    assertThat(gap.getToMillis()).isEqualTo(millis(firstKept - 1) + 999);
    assertThat(spool.figures().lost()).isEqualTo(firstKept - 1);
  }

  @Test
  void aGapOutlivesTheProcessUntilAReportHasCarriedIt() {
    start();
    fill(1, 200);
    Gap gap = spool.gaps().get(0);
    restart();
    assertThat(spool.gaps()).containsExactly(gap);

    append("with the gap");
    spool.carried(spool.gaps());
    restart();
    assertThat(spool.gaps()).isEmpty();
  }

  @Test
  void aReportReadWhileItsSegmentIsDroppedCanStillBeReleased() {
    start();
    fill(1, 20);
    assertThat(spool.read(1, 5, 100_000)).hasSize(5);
    fill(21, 200);
    spool.release(1);

    assertThat(spool.read(1, 5, 100_000)).isNotEmpty();
  }

  /** Reports of 10,000 bytes. */
  private void fill(long from, long to) {
    for (long seq = from; seq <= to; seq++) {
      spool.append(new byte[10_000], seq, millis(seq), millis(seq) + 999);
    }
    spool.sync();
  }
}
