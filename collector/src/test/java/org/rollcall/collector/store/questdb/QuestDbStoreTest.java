package org.rollcall.collector.store.questdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.collector.store.ObservationStore.SchoolReport;
import org.rollcall.collector.store.ObservationStoreContract;
import org.rollcall.collector.store.StoreUnavailableException;
import org.rollcall.protocol.v1.Observation;

class QuestDbStoreTest extends ObservationStoreContract {
  static {
    LogBridge.install(); // before FullDisk, which is already one of QuestDB's classes
  }

  @TempDir Path directory;
  private final FullDisk disk = new FullDisk();

  @Override
  protected QuestDbStore open() {
    QuestDbStore opened =
        new QuestDbStore(directory, false, QuestDbStore.Upkeep.NONE, Clock.systemUTC(), disk);
    opened.start();
    return opened;
  }

  @Test
  void aRewriteReplacesTheWholeObservation() {
    write(SCHOOL, link(T, 5, "rebooted"));
    write(SCHOOL, up("link:wan", T));
    assertThat(all("link:wan")).containsExactly(up("link:wan", T));
  }

  @Test
  void aSecondServerOnTheSameDirectoryIsToldSo() {
    QuestDbStore second = new QuestDbStore(directory, false);
    assertThatThrownBy(second::start)
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("in use by another server");
  }

  @Test
  void aFullDiskAcknowledgesNothingAndIsSurvived() {
    write(SCHOOL, up("pc:a", T));
    disk.full = true;
    // A new kind needs new files, an old one needs room only once its page is used up.
    assertThatThrownBy(
            () ->
                store.write(List.of(report(SCHOOL, up("pc:a", T.plusSeconds(1)), up("new:a", T)))))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("could not make the table o_new");
    disk.full = false;
    store.settle();
    assertThat(visited(SCHOOL)).containsExactly(up("pc:a", T));
    write(SCHOOL, up("pc:a", T.plusSeconds(1)), up("new:a", T));
    assertThat(visited(SCHOOL)).hasSize(3);
  }

  @Test
  void aDiskThatFillsUpInTheMiddleOfABatchIsSurvived() {
    write(SCHOOL, link(T, 0, ""));
    List<Observation> many = new ArrayList<>();
    for (int i = 1; i <= 40_000; i++) {
      many.add(link(T.plusSeconds(i), i, ""));
    }
    Observation[] batch = many.toArray(new Observation[0]);
    disk.full = true;
    assertThatThrownBy(() -> store.write(List.of(report(SCHOOL, batch))))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("the disk is full");
    disk.full = false;
    store.settle();
    assertThat(all("link:wan")).hasSize(1);
    write(SCHOOL, batch);
    assertThat(all("link:wan")).hasSize(40_001);
  }

  @Test
  void moreTextsThanAWriterKnowsAreKept() {
    int schools = 25_000;
    for (int round = 0; round < 3; round++) {
      List<SchoolReport> batch = new ArrayList<>();
      for (int i = 0; i < schools; i++) {
        batch.add(report("s" + i, up("pc:p" + i, T.plusSeconds(round))));
      }
      store.write(batch);
      store.settle();
    }
    int[] rows = new int[1];
    store.latest(T, (school, seen) -> rows[0]++);
    assertThat(rows[0]).isEqualTo(schools);
    assertThat(store.range("s24999", "pc:p24999", T, T.plusSeconds(9))).hasSize(3);
  }

  /** Gives no more room while it is full. */
  private static final class FullDisk extends SyncedFiles {
    private static final int ENOSPC = 28;
    private volatile boolean full;

    @Override
    public boolean allocate(long fd, long size) {
      return !full && super.allocate(fd, size);
    }

    @Override
    public int errno() {
      return full ? ENOSPC : super.errno();
    }
  }
}
