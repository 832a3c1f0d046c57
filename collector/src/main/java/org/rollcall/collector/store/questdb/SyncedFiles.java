package org.rollcall.collector.store.questdb;

import io.questdb.cairo.CairoException;
import io.questdb.std.FilesFacadeImpl;
import io.questdb.std.MemoryTag;
import io.questdb.std.Unsafe;
import io.questdb.std.str.LPSZ;
import io.questdb.std.str.Utf8s;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The operating system's files, with the waiting for the disk that QuestDB leaves out when it packs
 * a day, merges late rows into a packed day, or unpacks one. It happens between QuestDB's last
 * write to the new files and its first to {@code _txn}, which makes them count:
 *
 * <ul>
 *   <li>a day is packed: QuestDB asks for the new file's length by its name;
 *   <li>late rows are merged: QuestDB opens {@code data.parquet} to write, and the same thread
 *       opens it again to read when all is written;
 *   <li>a day is unpacked: QuestDB closes column files that it opened to append to.
 * </ul>
 *
 * <p>Before a packed day's folder is removed, {@code _txn} is on the disk, whatever {@code sync}
 * says: otherwise a power cut could cost a whole day that was safe long ago. Any thread.
 */
class SyncedFiles extends FilesFacadeImpl {
  static final String PACKED = "data.parquet";
  private static final String TXN = "_txn";
  private static final String MEASURE = ColumnName.ofMeasure("");

  /** Linux, macOS and the BSDs agree on it. */
  private static final int EIO = 5;

  /** Packed files that are being written to, with the thread that does. */
  private final Map<Path, Thread> written = new ConcurrentHashMap<>();

  private final Map<Long, Column> appended = new ConcurrentHashMap<>();

  /** Rows of each row group of the day that is being unpacked; none when none is. */
  private volatile List<Integer> unpacked = List.of();

  /** A column's file that is being appended to. */
  private static final class Column {
    private final Path path;
    private int groups;

    Column(Path path) {
      this.path = path;
    }

    boolean isMeasure() {
      return path.getFileName().toString().startsWith(MEASURE);
    }

    int rowBytes() {
      return isMeasure() || path.endsWith("t.d") ? Long.BYTES : Integer.BYTES;
    }
  }

  /**
   * Unpacks a day. Of a column that had no row in a row group QuestDB then writes nothing for that
   * group, so that all the column's later values would move up: the missing numbers are filled in,
   * and every column's length is checked before the day counts. The applier's thread.
   *
   * @param rows of each row group
   */
  void unpacking(List<Integer> rows, Runnable work) {
    unpacked = rows;
    try {
      work.run();
    } finally {
      unpacked = List.of();
    }
  }

  @Override
  public long length(LPSZ name) {
    if (Utf8s.endsWithAscii(name, PACKED)) {
      sync(path(name));
    }
    return super.length(name);
  }

  @Override
  public long openRW(LPSZ name, int opts) {
    if (Utf8s.endsWithAscii(name, PACKED)) {
      written.put(path(name), Thread.currentThread());
    }
    return super.openRW(name, opts);
  }

  @Override
  public long openRO(LPSZ name) {
    if (!written.isEmpty() && Utf8s.endsWithAscii(name, PACKED)) {
      Path file = path(name);
      // A query may read the file in the middle of it all.
      if (written.remove(file, Thread.currentThread())) {
        sync(file);
      }
    }
    return super.openRO(name);
  }

  @Override
  public long openAppend(LPSZ name) {
    long fd = super.openAppend(name);
    if (fd >= 0) {
      appended.put(fd, new Column(path(name)));
    }
    return fd;
  }

  @Override
  public long append(long fd, long buffer, long bytes) {
    Column column = appended.isEmpty() ? null : appended.get(fd);
    List<Integer> rows = unpacked;
    if (column != null && column.groups < rows.size()) {
      int missing = rows.get(column.groups);
      column.groups++;
      if (bytes == 0 && missing > 0 && column.isMeasure()) {
        fill(fd, missing);
        return 0;
      }
    }
    return super.append(fd, buffer, bytes);
  }

  private void fill(long fd, int rows) {
    long size = (long) rows * Double.BYTES;
    long buffer = Unsafe.malloc(size, MemoryTag.NATIVE_DEFAULT);
    try {
      for (long at = buffer; at < buffer + size; at += Double.BYTES) {
        Unsafe.getUnsafe().putDouble(at, Double.NaN);
      }
      if (super.append(fd, buffer, size) != size) {
        throw CairoException.critical(errno()).put("could not append to a column [fd=").put(fd);
      }
    } finally {
      Unsafe.free(buffer, size, MemoryTag.NATIVE_DEFAULT);
    }
  }

  @Override
  public boolean close(long fd) {
    Column column = appended.isEmpty() ? null : appended.remove(fd);
    boolean closed;
    try {
      if (column != null) {
        check(fd, column);
        sync(column.path);
      }
    } finally {
      closed = super.close(fd);
    }
    return closed;
  }

  /** Thrown from here, the day stays packed. */
  private void check(long fd, Column column) {
    List<Integer> rows = unpacked;
    long expected = column.rowBytes() * rows.stream().mapToLong(Integer::longValue).sum();
    if (!rows.isEmpty() && length(fd) != expected) {
      throw CairoException.critical(0)
          .put("a column was not unpacked whole [path=")
          .put(column.path.toString())
          .put(", bytes=")
          .put(length(fd))
          .put(", expected=")
          .put(expected)
          .put(']');
    }
  }

  @Override
  public boolean rmdir(io.questdb.std.str.Path name, boolean haltOnError) {
    Path folder = path(name.$());
    Path table = folder.getParent();
    if (table != null && Files.exists(folder.resolve(PACKED)) && Files.exists(table.resolve(TXN))) {
      force(table.resolve(TXN));
    }
    return super.rmdir(name, haltOnError);
  }

  private static Path path(LPSZ name) {
    return Path.of(Utf8s.stringFromUtf8Bytes(name)).normalize();
  }

  /** The file, the folder it is in, and the table's folder, which names that folder. */
  private void sync(Path file) {
    force(file);
    Path day = file.getParent();
    if (day != null) {
      force(day);
      Path table = day.getParent();
      if (table != null) {
        force(table);
      }
    }
  }

  /** Waits until a file or folder is on the disk. */
  void force(Path path) {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      throw CairoException.critical(EIO)
          .put("could not wait for the disk [path=")
          .put(path.toString())
          .put(", detail=")
          .put(String.valueOf(e.getMessage()))
          .put(']');
    }
  }
}
