package org.rollcall.agent.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.config.DataSize;
import org.rollcall.protocol.v1.Gap;

/**
 * Every way a spool's files can break. Each test has forty reports of 10,000 bytes in four
 * segments, numbers 1 to 40, breaks something, and starts the spool again: it must start, keep what
 * is whole, record the rest as a gap, and take new reports.
 */
class DiskSpoolDamageTest {
  private static final int REPORTS = 40;
  private static final int REPORT_BYTES = 10_800;
  private static final int FRAME_BYTES = Frame.HEADER_BYTES + REPORT_BYTES;

  @TempDir private Path folder;
  private final ManualClock clock = new ManualClock("2026-03-01T08:00:00Z");

  @SuppressWarnings("NullAway.Init")
  private DiskSpool spool;

  private long epoch;

  @BeforeEach
  void fillAndClose() {
    open();
    epoch = spool.head().epoch();
    for (long seq = 1; seq <= REPORTS; seq++) {
      spool.append(
          new byte[REPORT_BYTES], seq, SpoolContract.millis(seq), SpoolContract.millis(seq));
    }
    spool.close();
    clock.goOn(Duration.ofMinutes(1));
  }

  @AfterEach
  void stillTakesReports() {
    long seq = spool.head().lastSeq() + 1;
    assertThat(spool.append("later".getBytes(StandardCharsets.UTF_8), seq, 1, 1)).isTrue();
    spool.close();
    open();
    List<SpooledReport> all = readAll();
    assertThat(new String(all.get(all.size() - 1).bytes(), StandardCharsets.UTF_8))
        .isEqualTo("later");
    spool.close();
  }

  @Test
  void aBitFlippedInAPayloadCostsThatReportAlone() throws IOException {
    flip(segment(1), SegmentHeader.BYTES + 3L * FRAME_BYTES + 500);
    open();

    assertLost(16, 16);
    assertSameEpoch();
    assertThat(damaged()).hasSize(1);
  }

  @Test
  void aBitFlippedInALengthCostsThatReportAlone() throws IOException {
    flip(segment(0), SegmentHeader.BYTES + 2L * FRAME_BYTES + 6);
    open();

    assertLost(3, 3);
    assertSameEpoch();
  }

  @Test
  void aBitFlippedInTheMiddleOfTheNewestSegmentKeepsTheChain() throws IOException {
    flip(segment(3), SegmentHeader.BYTES + 20);
    open();

    assertLost(37, 37);
    assertSameEpoch();
    assertThat(spool.head().lastSeq()).isEqualTo(REPORTS);
  }

  @Test
  void theSameDamageIsRecordedOnceHoweverOftenTheAgentStarts() throws IOException {
    flip(segment(1), SegmentHeader.BYTES + 500);
    open();
    spool.carried(spool.gaps());
    spool.close();
    open();

    assertThat(spool.gaps()).isEmpty();
    assertThat(readAll()).hasSize(REPORTS - 1);
    assertThat(damaged()).hasSize(1);
  }

  @Test
  void aTruncatedTailLosesTheLastReportAndBeginsANewEpoch() throws IOException {
    truncate(segment(3), Files.size(segment(3)) - 100);
    open();

    assertThat(readAll()).hasSize(REPORTS - 1);
    assertNewEpochAfterLoss();
  }

  @Test
  void aTailThatEndsBetweenTwoReportsIsStillKnownToBeShort() throws IOException {
    truncate(segment(3), Files.size(segment(3)) - FRAME_BYTES);
    open();

    assertThat(readAll()).hasSize(REPORTS - 1);
    assertNewEpochAfterLoss();
  }

  @Test
  void aTailOfZerosAfterAPowerCutIsCutOff() throws IOException {
    Path newest = segment(3);
    long whole = Files.size(newest);
    truncate(newest, whole + 8192);
    open();

    assertThat(Files.size(newest)).isEqualTo(whole);
    assertThat(readAll()).hasSize(REPORTS);
    assertNewEpochAfterLoss();
  }

  @Test
  void aTailOfGarbageIsCutOffAndKept() throws IOException {
    Path newest = segment(3);
    Files.write(newest, new byte[] {'R', 'C', 'F', 'R', 0, 0, 1, 0, 1, 2}, append());
    open();

    assertThat(readAll()).hasSize(REPORTS);
    assertThat(damaged()).hasSize(1);
    assertNewEpochAfterLoss();
  }

  @Test
  void aTruncatedMiddleSegmentCostsItsEnd() throws IOException {
    truncate(segment(1), SegmentHeader.BYTES + 5L * FRAME_BYTES + 77);
    open();

    assertLost(18, 24);
    assertSameEpoch();
  }

  @Test
  void aMissingMiddleSegmentIsAGap() throws IOException {
    Files.delete(segment(1));
    open();

    assertLost(13, 24);
    assertSameEpoch();
  }

  @Test
  void aMissingFirstSegmentIsAGap() throws IOException {
    Files.delete(segment(0));
    open();

    assertLost(1, 12);
    assertSameEpoch();
  }

  @Test
  void aMissingNewestSegmentBeginsANewEpoch() throws IOException {
    Files.delete(segment(3));
    open();

    assertThat(readAll()).hasSize(36);
    assertNewEpochAfterLoss();
  }

  @Test
  void missingSegmentsAllOfThemBeginANewEpoch() throws IOException {
    for (Path segment : segments()) {
      Files.delete(segment);
    }
    open();

    assertThat(readAll()).isEmpty();
    assertNewEpochAfterLoss();
  }

  @Test
  void anEmptyNewestSegmentBeginsANewEpoch() throws IOException {
    truncate(segment(3), 0);
    open();

    assertThat(readAll()).hasSize(36);
    assertNewEpochAfterLoss();
  }

  @Test
  void anEmptyMiddleSegmentIsAGap() throws IOException {
    truncate(segment(2), 0);
    open();

    assertLost(25, 36);
    assertSameEpoch();
  }

  @Test
  void aDamagedHeaderCostsNoReport() throws IOException {
    flip(segment(1), 20);
    open();

    assertThat(readAll()).hasSize(REPORTS);
    assertThat(spool.gaps()).isEmpty();
    assertSameEpoch();
  }

  @Test
  void aDamagedHeaderOfTheNewestSegmentCostsNoReportButBeginsANewEpoch() throws IOException {
    flip(segment(3), 20);
    open();

    assertThat(readAll()).hasSize(REPORTS);
    assertThat(spool.head().epoch()).isGreaterThan(epoch);
    assertThat(spool.head().lastSeq()).isZero();
  }

  @Test
  void aSegmentOfGarbageIsSetAside() throws IOException {
    Files.write(segment(2), new byte[50_000]);
    open();

    assertLost(25, 36);
    assertSameEpoch();
    assertThat(damaged()).hasSize(1);
  }

  @Test
  void aStateFileOfGarbageMeansSendingEverythingAgain() throws IOException {
    open();
    spool.release(1);
    spool.close();
    Files.write(folder.resolve("state"), new byte[] {1, 2, 3, (byte) 200});
    open();

    assertThat(readAll()).hasSize(REPORTS);
    assertThat(spool.gaps()).isEmpty();
    assertSameEpoch();
    assertThat(damaged()).hasSize(1);
  }

  @Test
  void anEmptyStateFileMeansSendingEverythingAgain() throws IOException {
    Files.write(folder.resolve("state"), new byte[0]);
    open();

    assertThat(readAll()).hasSize(REPORTS);
    assertSameEpoch();
  }

  @Test
  void aMissingStateFileMeansSendingEverythingAgain() throws IOException {
    Files.delete(folder.resolve("state"));
    open();

    assertThat(readAll()).hasSize(REPORTS);
    assertSameEpoch();
  }

  @Test
  void strayFilesAreLeftAlone() throws IOException {
    Files.writeString(folder.resolve("notes.txt"), "mine");
    Files.writeString(folder.resolve("0.segment"), "mine too");
    open();

    assertThat(readAll()).hasSize(REPORTS);
    assertThat(folder.resolve("notes.txt")).hasContent("mine");
    assertThat(folder.resolve("0.segment")).hasContent("mine too");
  }

  @Test
  void damageDoneWhileTheSpoolIsOpenIsAGapToo() throws IOException {
    open();
    flip(segment(2), SegmentHeader.BYTES + 500);

    assertThat(readAll()).hasSize(REPORTS - 1);
    assertThat(spool.gaps()).hasSize(1);
    assertThat(spool.gaps().get(0).getFromSeq()).isEqualTo(25);
  }

  @Test
  void aSegmentDeletedWhileTheSpoolIsOpenIsAGapToo() throws IOException {
    open();
    Files.delete(segment(1));

    assertThat(readAll()).hasSize(REPORTS - 12);
    assertThat(spool.gaps().get(0).getReason()).isEqualTo("spool-damaged");
  }

  private void open() {
    spool = new DiskSpool(folder, settings(), clock);
    spool.start();
  }

  private static SpoolSettings settings() {
    return new SpoolSettings(new DataSize(1024 * 1024), Duration.ofSeconds(1));
  }

  private void assertLost(long from, long to) {
    assertThat(spool.gaps()).hasSize(1);
    Gap gap = spool.gaps().get(0);
    assertThat(gap.getReason()).isEqualTo("spool-damaged");
    assertThat(gap.getFromSeq()).isEqualTo(from);
    assertThat(gap.getToSeq()).isEqualTo(to);
    assertThat(gap.getFromMillis()).isLessThanOrEqualTo(gap.getToMillis());
    assertThat(readAll()).hasSize((int) (REPORTS - (to - from + 1)));
  }

  private void assertSameEpoch() {
    assertThat(spool.head().epoch()).isEqualTo(epoch);
    assertThat(spool.head().lastSeq()).isEqualTo(REPORTS);
  }

  /** A number the collector may have seen is not used twice. */
  private void assertNewEpochAfterLoss() {
    assertThat(spool.head().epoch()).isGreaterThan(epoch);
    assertThat(spool.head().lastSeq()).isZero();
    assertThat(spool.gaps()).extracting(Gap::getReason).containsOnly("spool-damaged");
    assertThat(spool.gaps()).hasSize(1);
  }

  private List<SpooledReport> readAll() {
    return spool.read(1, 1000, Integer.MAX_VALUE);
  }

  private List<Path> segments() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> Segment.firstPositionOf(f) != null).sorted().toList();
    }
  }

  private Path segment(int index) throws IOException {
    return segments().get(index);
  }

  private List<Path> damaged() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("damaged"))) {
      return files.toList();
    }
  }

  private static java.nio.file.StandardOpenOption append() {
    return java.nio.file.StandardOpenOption.APPEND;
  }

  private static void flip(Path file, long at) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(at);
      int old = bytes.read();
      bytes.seek(at);
      bytes.write(old ^ 0x10);
    }
  }

  private static void truncate(Path file, long size) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.setLength(size);
    }
  }
}
