package org.rollcall.collector.store.questdb;

import io.questdb.std.str.LPSZ;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The operating system's files, and a copy of the folder, as a kill would leave it, before and
 * after everything that the applier's thread changes of what is there.
 */
final class KillCamera extends SyncedFiles {
  private Path from = Path.of("/nowhere");
  private volatile @Nullable Path to;
  private int taken;

  /** Copies {@code from} to {@code to/copy-N}, N from 0, while the work is done. */
  void shoot(Path from, Path to, Runnable work) {
    this.from = from;
    this.to = to;
    work.run();
    this.to = null;
  }

  int taken() {
    return taken;
  }

  private void take() {
    Path target = to;
    if (target == null || !Thread.currentThread().getName().equals("questdb-apply")) {
      return;
    }
    try {
      copy(from, target.resolve("copy-" + taken));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    taken++;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path each : all.toList()) {
        Path target = to.resolve(from.relativize(each).toString());
        if (Files.isDirectory(each)) {
          Files.createDirectories(target);
        } else {
          Files.copy(each, target);
        }
      }
    }
  }

  @Override
  void force(Path path) {
    super.force(path);
    take();
  }

  @Override
  public int rename(LPSZ from, LPSZ to) {
    take();
    int code = super.rename(from, to);
    take();
    return code;
  }

  @Override
  public boolean rmdir(io.questdb.std.str.Path name, boolean haltOnError) {
    take();
    boolean removed = super.rmdir(name, haltOnError);
    take();
    return removed;
  }

  @Override
  public long openAppend(LPSZ name) {
    take();
    return super.openAppend(name);
  }
}
