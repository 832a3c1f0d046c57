package org.rollcall.collector.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.collector.store.ObservationStore.SchoolReport;
import org.rollcall.protocol.v1.Observation;
import org.rollcall.protocol.v1.Report;

/** The guard on a real disk of 16 MiB that really fills up. */
class DiskGuardIT {
  private static final Instant T = Instant.parse("2026-03-02T08:00:00Z");
  private static final int MIB = 1 << 20;

  @TempDir Path folder;
  private final MemoryStore store = new MemoryStore();
  private Path disk;
  private DiskGuard guard;

  @BeforeEach
  void mount() throws Exception {
    disk = Files.createDirectory(folder.resolve("disk"));
    command("mount", "-t", "tmpfs", "-o", "size=16m", "rollcall-test", disk.toString());
    guard = new DiskGuard(store, disk, 10 * MIB);
  }

  @AfterEach
  void unmount() throws Exception {
    command("umount", disk.toString());
  }

  @Test
  void takesNothingWhileTheDiskIsNearlyFullAndGoesOnByItself() throws IOException {
    guard.write(batch(0));
    assertThat(guard.free()).isEqualTo(16L * MIB);
    fill(7);
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> guard.write(batch(1)))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("9 MiB free, less than store.minFree leaves (10 MiB)");
    }
    assertThat(seen()).isEqualTo(1);
    fill(5);
    guard.write(batch(1));
    assertThat(seen()).isEqualTo(2);
  }

  @Test
  void needsATenthMoreBeforeItGoesOn() throws IOException {
    fill(7);
    assertThat(guard.isLow()).isTrue();
    fill(6); // 10 MiB are free: enough to go on taking, not to begin again
    assertThat(guard.isLow()).isTrue();
    fill(5);
    assertThat(guard.isLow()).isFalse();
    fill(6);
    assertThat(guard.isLow()).isFalse();
  }

  @Test
  void whatIsThereCanBeReadWhileTheDiskIsNearlyFull() throws IOException {
    guard.write(batch(0));
    fill(16);
    assertThat(guard.isLow()).isTrue();
    assertThat(guard.range("s1", "pc:a", T, T.plusSeconds(9))).hasSize(1);
    assertThat(guard.days()).hasSize(1);
  }

  private int seen() {
    return store.range("s1", "pc:a", T, T.plusSeconds(9)).size();
  }

  private void fill(int mebibytes) throws IOException {
    Files.write(disk.resolve("filler"), new byte[mebibytes * MIB]);
  }

  private static List<SchoolReport> batch(int second) {
    Observation seen =
        Observation.newBuilder()
            .setSubject("pc:a")
            .setTimeMillis(T.plusSeconds(second).toEpochMilli())
            .putMeasures("up", 1)
            .build();
    return List.of(
        new SchoolReport("s1", Report.newBuilder().setAgent("a").addObservations(seen).build()));
  }

  private static void command(String... words) throws Exception {
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }
}
