package org.rollcall.collector.store.questdb;

import io.questdb.cairo.CairoException;
import io.questdb.std.FilesFacadeImpl;
import io.questdb.std.str.LPSZ;
import io.questdb.std.str.Utf8s;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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

  /** Linux, macOS and the BSDs agree on it. */
  private static final int EIO = 5;

  /** Packed files that are being written to, with the thread that does. */
  private final Map<Path, Thread> written = new ConcurrentHashMap<>();

  private final Map<Long, Path> appended = new ConcurrentHashMap<>();

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
      appended.put(fd, path(name));
    }
    return fd;
  }

  @Override
  public boolean close(long fd) {
    Path file = appended.isEmpty() ? null : appended.remove(fd);
    boolean closed;
    try {
      if (file != null) {
        sync(file);
      }
    } finally {
      closed = super.close(fd);
    }
    return closed;
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
