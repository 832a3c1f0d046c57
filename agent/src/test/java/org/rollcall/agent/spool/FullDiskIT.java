package org.rollcall.agent.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.config.DataSize;
import org.rollcall.protocol.v1.Gap;

/** The spool on a file system of 1 MiB, really full. Mounting it needs root. */
class FullDiskIT {
  @TempDir private Path disk;
  private final ManualClock clock = new ManualClock("2026-03-01T08:00:00Z");

  @SuppressWarnings("NullAway.Init")
  private DiskSpool spool;

  @BeforeEach
  void mountSmallDisk() throws Exception {
    run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString());
    open();
  }

  @AfterEach
  void unmount() throws Exception {
    spool.close();
    run("umount", disk.toString());
  }

  @Test
  void aFullDiskLosesOnlyWhatIsNewAndTheSpoolRecoversByItself() throws IOException {
    append(30);
    Path others = fillDisk();
    int kept = append(40);
    int lost = 40 - kept;

    assertThat(lost).isPositive();
    assertThat(spool.gaps()).hasSize(1);
    Gap gap = spool.gaps().get(0);
    assertThat(gap.getReason()).isEqualTo("disk-error");
    assertThat(gap.getFromSeq()).isEqualTo(30 + kept + 1);
    assertThat(gap.getToSeq()).isEqualTo(70);
    assertThat(readAll()).hasSize(30 + kept);

    Files.delete(others);
    assertThat(append(5)).isEqualTo(5);
    assertThat(readAll()).hasSize(30 + kept + 5);
    spool.close();
    open();
    assertThat(readAll()).hasSize(30 + kept + 5);
    assertThat(spool.gaps()).containsExactly(gap);
    assertThat(spool.head().lastSeq()).isEqualTo(75);
  }

  @Test
  void whatAFullDiskLostIsToldThoughTheProcessDies(@TempDir Path afterwards) throws IOException {
    append(30);
    fillDisk();
    int kept = append(40);
    takeTheLastByte();
    assertThat(append(5)).isZero();
    List<Gap> lost = spool.gaps();
    assertThat(lost).hasSize(1);
    assertThat(lost.get(0).getToSeq()).isEqualTo(75);

    try (DiskSpool next = copyAsItIs(afterwards)) {
      next.start();
      assertThat(next.gaps()).isEqualTo(lost);
      assertThat(next.read(1, 1_000, 1 << 20)).hasSize(30 + kept);
    }
  }

  /** What a process finds that is started after this one was killed. */
  private DiskSpool copyAsItIs(Path to) throws IOException {
    try (Stream<Path> files = Files.list(disk.resolve("spool"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
    return new DiskSpool(
        to, new SpoolSettings(DataSize.parse("64MiB"), Duration.ofSeconds(1)), clock);
  }

  @Test
  void aSpoolStartsOnAFullDisk() throws IOException {
    append(30);
    spool.close();
    fillDisk();
    open();

    assertThat(readAll()).hasSize(30);
  }

  @Test
  void releasingMakesRoomOnAFullDisk() throws IOException {
    append(50);
    fillDisk();
    append(20);
    for (SpooledReport report : readAll()) {
      spool.release(report.position());
    }
    spool.sync();

    assertThat(append(20)).isEqualTo(20);
  }

  @Test
  void aSpoolOnAReadOnlyDiskIsRefusedWithASentence() throws Exception {
    append(3);
    spool.close();
    run("mount", "-o", "remount,ro", disk.toString());
    assertThatThrownBy(this::open)
        .isInstanceOf(SpoolException.class)
        .hasMessageContaining("check that it can be written to");
    run("mount", "-o", "remount,rw,size=1m", disk.toString());
    open();
    assertThat(readAll()).hasSize(3);
  }

  @Test
  void aSegmentLargerThanTheDiskDoesNotStandInItsOwnWayForEver() throws IOException {
    spool.close();
    open(4 * 1024 * 1024);
    assertThat(append(200)).isLessThan(200);
    takeTheLastByte();
    for (SpooledReport report : readAll()) {
      spool.release(report.position());
    }
    spool.sync();

    assertThat(append(20)).isEqualTo(20);
    assertThat(spool.gaps()).hasSize(1);
    spool.close();
    open(4 * 1024 * 1024);
    assertThat(readAll()).hasSize(20);
    assertThat(spool.gaps()).hasSize(1);
  }

  private void open() {
    open(128 * 1024);
  }

  private void open(long segmentBytes) {
    SpoolSettings settings =
        new SpoolSettings(new DataSize(64L * 1024 * 1024), Duration.ofSeconds(1));
    spool = new DiskSpool(disk.resolve("spool"), settings, clock, segmentBytes);
    spool.start();
  }

  private int append(int reports) {
    int kept = 0;
    for (int i = 0; i < reports; i++) {
      clock.goOn(Duration.ofSeconds(10));
      long now = clock.millis();
      kept += spool.append(new byte[10_000], spool.head().lastSeq() + 1, now, now) ? 1 : 0;
    }
    spool.sync();
    return kept;
  }

  private List<SpooledReport> readAll() {
    return spool.read(1, 1000, Integer.MAX_VALUE);
  }

  /** Somebody else's file that takes what is left. */
  private Path fillDisk() throws IOException {
    Path file = disk.resolve("others");
    long free = Files.getFileStore(disk).getUsableSpace();
    Files.write(file, new byte[Math.toIntExact(Math.max(0, free - 64 * 1024))]);
    return file;
  }

  private void takeTheLastByte() throws IOException {
    try (OutputStream out = Files.newOutputStream(disk.resolve("last"))) {
      assertThatThrownBy(
              () -> {
                while (true) {
                  out.write(new byte[512]);
                }
              })
          .isInstanceOf(IOException.class);
    }
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
  }
}
