package org.rollcall.collector.store.questdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.questdb.std.str.LPSZ;
import io.questdb.std.str.Utf8s;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rollcall.collector.store.ObservationStore.SchoolReport;
import org.rollcall.protocol.v1.Observation;
import org.rollcall.protocol.v1.Report;

/**
 * In which order things reach the disk: the new files of a day before {@code _txn} says that they
 * count, and {@code _txn} before the old files go. Then a power cut at any point costs nothing.
 */
class PackingSyncTest {
  static {
    LogBridge.install(); // before the recorder, which is already one of QuestDB's classes
  }

  private static final Instant T = Instant.parse("2026-03-02T00:00:00Z");
  private static final String DAY = "2026-03-02";
  private static final int TWO_GROUPS = 150_000;

  @TempDir Path directory;
  private final Recorder disk = new Recorder();

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aDayIsPacked(boolean sync) throws Exception {
    try (QuestDbStore store = open(sync)) {
      write(store, rows(0, 100));
      long before = disk.begin(table());
      store.packAll();
      Event forced = onlyForced(SyncedFiles.PACKED, before);
      assertThat(disk.checksum(forced.path)).isEqualTo(forced.checksum);
      assertThat(forcedBefore(before)).contains(forced.path.getParent(), table());
      assertRemovedLast(before);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void lateRowsMakeAPackedFileAnew(boolean sync) throws Exception {
    try (QuestDbStore store = open(sync)) {
      write(store, rows(0, 100));
      store.packAll();
      long before = disk.begin(table());
      write(store, rows(50, 10));
      Event forced = onlyForced(SyncedFiles.PACKED, before);
      assertThat(disk.checksum(forced.path)).isEqualTo(forced.checksum);
      assertThat(forcedBefore(before)).contains(forced.path.getParent(), table());
      assertRemovedLast(before);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void lateRowsAreAppendedToAPackedFile(boolean sync) throws Exception {
    try (QuestDbStore store = open(sync)) {
      write(store, rows(0, TWO_GROUPS));
      store.packAll();
      Path file = packed();
      long before = disk.begin(table());
      write(store, rows(50, 10));
      assertThat(packed()).isEqualTo(file);
      Event forced = onlyForced(SyncedFiles.PACKED, before);
      assertThat(forced.path).isEqualTo(file);
      assertThat(disk.checksum(file)).isEqualTo(forced.checksum);
      if (sync) {
        assertThat(disk.events).anyMatch(event -> event.isTxn() && event.txn > before);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aDayIsUnpacked(boolean sync) throws Exception {
    try (QuestDbStore store = open(sync)) {
      write(store, rows(0, 100));
      store.packAll();
      long before = disk.begin(table());
      write(
          store,
          List.of(
              Observation.newBuilder()
                  .setSubject("link:wan")
                  .setTimeMillis(T.toEpochMilli() + 7)
                  .putMeasures("more", 1)
                  .build()));
      Event first =
          disk.events.stream().filter(event -> event.isColumn("t.d")).findFirst().orElseThrow();
      Path packed = removed().path;
      for (String column : List.of("t.d", "school.d", "subject.d", "m_up.d", "m_value.d")) {
        assertThat(disk.events)
            .as(column)
            .anyMatch(event -> event.isColumn(column) && event.txn == first.txn);
      }
      assertThat(first.txn).isGreaterThanOrEqualTo(before);
      assertThat(disk.events)
          .anyMatch(event -> event.isTxn() && event.txn > first.txn && event.sees(packed));
    }
  }

  /** The one time that file was waited for, and that nothing pointed to it then. */
  private Event onlyForced(String file, long before) {
    List<Event> forced =
        disk.events.stream()
            .filter(
                event ->
                    event.what.equals("force")
                        && event.path.endsWith(file)
                        && event.path.toString().contains(DAY))
            .toList();
    assertThat(forced).hasSize(1);
    assertThat(forced.get(0).txn).isEqualTo(before);
    assertThat(disk.txn()).isGreaterThan(before);
    return forced.get(0);
  }

  private List<Path> forcedBefore(long txn) {
    return disk.events.stream()
        .filter(event -> event.what.equals("force") && event.txn == txn)
        .map(Event::path)
        .toList();
  }

  /** The day's former folder was still there when {@code _txn} had left it and was on the disk. */
  private void assertRemovedLast(long before) {
    Event removed = removed();
    assertThat(removed.txn).isGreaterThan(before);
    assertThat(disk.events)
        .anyMatch(event -> event.isTxn() && event.txn > before && event.sees(removed.path));
  }

  private Event removed() {
    List<Event> removed =
        disk.events.stream()
            .filter(
                event ->
                    event.what.equals("remove")
                        && event.path.getFileName().toString().startsWith(DAY))
            .toList();
    assertThat(removed).isNotEmpty();
    return removed.get(0);
  }

  private QuestDbStore open(boolean sync) {
    QuestDbStore store =
        new QuestDbStore(directory, sync, QuestDbStore.Upkeep.NONE, Clock.systemUTC(), disk);
    store.start();
    // A later day, so that the one in question is not the newest.
    write(store, List.of(row(86_400_000)));
    return store;
  }

  private static List<Observation> rows(int from, int count) {
    return IntStream.range(from, from + count).mapToObj(PackingSyncTest::row).toList();
  }

  private static Observation row(int millis) {
    return Observation.newBuilder()
        .setSubject("link:wan")
        .setTimeMillis(T.toEpochMilli() + millis)
        .putMeasures("up", 1)
        .putMeasures("value", millis)
        .build();
  }

  private static void write(QuestDbStore store, List<Observation> rows) {
    Report report = Report.newBuilder().setAgent("a-one").addAllObservations(rows).build();
    store.write(List.of(new SchoolReport("s1", report)));
    store.settle();
  }

  private Path table() throws IOException {
    try (Stream<Path> tables = Files.list(directory.resolve("db"))) {
      return tables
          .filter(path -> path.getFileName().toString().startsWith("o_link~"))
          .filter(Files::isDirectory)
          .findFirst()
          .orElseThrow();
    }
  }

  private Path folder() throws IOException {
    try (Stream<Path> days = Files.list(table())) {
      List<Path> found =
          days.filter(path -> path.getFileName().toString().startsWith(DAY)).toList();
      assertThat(found).hasSize(1);
      return found.get(0);
    }
  }

  private Path packed() throws IOException {
    return folder().resolve(SyncedFiles.PACKED);
  }

  /**
   * @param what {@code force}, {@code msync} or {@code remove}
   * @param txn version of the table's {@code _txn} at that moment
   * @param checksum of the file at that moment
   * @param folders of the table at that moment
   */
  private record Event(String what, Path path, long txn, long checksum, List<Path> folders) {
    boolean isTxn() {
      return !what.equals("remove") && path.endsWith("_txn");
    }

    /** Whether it was about that column's file, whose name may have a version behind it. */
    boolean isColumn(String name) {
      String file = path.getFileName().toString();
      return what.equals("force") && (file.equals(name) || file.startsWith(name + "."));
    }

    boolean sees(Path folder) {
      return folders.contains(folder);
    }
  }

  /** Writes down what is waited for and removed in one table. */
  private static final class Recorder extends SyncedFiles {
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final Map<Long, Path> opened = new ConcurrentHashMap<>();
    private final Map<Long, Path> mapped = new ConcurrentHashMap<>();
    private volatile Path table = Path.of("/nowhere");

    /** Forgets what was; answers with the version from which the rest is counted. */
    long begin(Path table) {
      this.table = table;
      events.clear();
      return txn();
    }

    long txn() {
      ByteBuffer version = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
      try (FileChannel file = FileChannel.open(table.resolve("_txn"), StandardOpenOption.READ)) {
        assertThat(file.read(version)).isEqualTo(8);
        return version.getLong(0);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    long checksum(Path path) {
      if (!Files.isRegularFile(path)) {
        return 0;
      }
      CRC32 checksum = new CRC32();
      try {
        checksum.update(Files.readAllBytes(path));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return checksum.getValue();
    }

    private void record(String what, Path path) {
      if (path.startsWith(table)) {
        events.add(new Event(what, path, txn(), checksum(path), folders()));
      }
    }

    private List<Path> folders() {
      try (Stream<Path> inside = Files.list(table)) {
        return inside.filter(Files::isDirectory).toList();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    void force(Path path) {
      super.force(path);
      record("force", path);
    }

    @Override
    public boolean rmdir(io.questdb.std.str.Path name, boolean haltOnError) {
      Path folder = Path.of(Utf8s.stringFromUtf8Bytes(name.$()));
      record("remove", folder);
      return super.rmdir(name, haltOnError);
    }

    @Override
    public long openRW(LPSZ name, int opts) {
      long fd = super.openRW(name, opts);
      if (fd >= 0 && Utf8s.endsWithAscii(name, "_txn")) {
        opened.put(fd, Path.of(Utf8s.stringFromUtf8Bytes(name)));
      }
      return fd;
    }

    @Override
    public long mmap(long fd, long len, long offset, int flags, int memoryTag) {
      long address = super.mmap(fd, len, offset, flags, memoryTag);
      Path path = opened.get(fd);
      if (path != null) {
        mapped.put(address, path);
      }
      return address;
    }

    @Override
    public void msync(long address, long len, boolean async) {
      super.msync(address, len, async);
      Path path = mapped.get(address);
      if (path != null && !async) {
        record("msync", path);
      }
    }
  }
}
