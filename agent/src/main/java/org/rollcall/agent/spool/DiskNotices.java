package org.rollcall.agent.spool;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.rollcall.agent.notice.RepeatedNotice;
import org.slf4j.LoggerFactory;

/** What a spool says of its disk: each trouble once, and that it is over. Not thread-safe. */
final class DiskNotices {
  private static final Duration INTERVAL = Duration.ofMinutes(5);

  private final String folder;
  private final RepeatedNotice write;
  private final RepeatedNotice sync;
  private final RepeatedNotice read;
  private @Nullable String problem;

  DiskNotices(Path folder, InstantSource clock) {
    this.folder = folder.toString();
    this.write = notice(clock);
    this.sync = notice(clock);
    this.read = notice(clock);
  }

  /** They stand in the log as the spool's own. */
  private static RepeatedNotice notice(InstantSource clock) {
    return new RepeatedNotice(LoggerFactory.getLogger(DiskSpool.class), INTERVAL, clock);
  }

  /**
   * @param fault null: a report was written
   */
  void written(@Nullable IOException fault) {
    problem = fault == null ? null : why(fault);
    if (problem == null) {
      write.over("Spool can be written to again", folder);
    } else {
      write.warn(
          "Spool cannot be written to: new reports are lost, and recorded as a gap, until the disk"
              + " takes them again",
          folder,
          problem);
    }
  }

  /**
   * @param fault null: all is safe
   */
  void madeSafe(@Nullable IOException fault) {
    if (fault == null) {
      sync.over("Spool is made safe on the disk again", folder);
    } else {
      sync.warn("Spool cannot be made safe on the disk", folder, why(fault));
    }
  }

  void notRead(IOException fault) {
    read.warn("Spool cannot be read; tried again later", folder, why(fault));
  }

  /** What the disk said when it took no report; null: it took the last one. */
  @Nullable String problem() {
    return problem;
  }

  /** Without the file's name, which is another one each time. */
  private static String why(IOException e) {
    if (e instanceof FileSystemException file && file.getReason() != null) {
      return file.getReason();
    }
    // A channel's own failures carry the system's words and nothing else.
    return e.getMessage() != null ? e.getMessage() : e.toString();
  }
}
