package org.rollcall.collector.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.store.ObservationStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the backups that commands ask a running server for. One thread, {@code backup}. */
public final class BackupDesk implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BackupDesk.class);
  private static final long LOOK_MILLIS = 1_000;

  private final Database database;
  private final ObservationStore store;
  private final Path data;
  private final Map<String, Path> named;
  private final Clock clock;
  private final BackupRequests requests;
  private final CountDownLatch closing = new CountDownLatch(1);
  private @Nullable Thread thread;

  /** The newest request of the time before this start; 0 when those have been answered. */
  private long leftBehind;

  /**
   * @param places the data folder and what the settings name; their own file comes with the request
   */
  public BackupDesk(Database database, ObservationStore store, Backup.Sources places, Clock clock) {
    this.database = database;
    this.store = store;
    this.data = places.data();
    this.named = places.named();
    this.clock = clock;
    this.requests = new BackupRequests(database, clock);
  }

  public void start() {
    leftBehind = requests.newest();
    Thread desk = new Thread(this::run, "backup");
    desk.setDaemon(true);
    thread = desk;
    desk.start();
  }

  private void run() {
    try {
      while (!closing.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    try {
      if (leftBehind > 0) {
        requests.failOpen(leftBehind, "The server ended before the backup did: ask again.");
        leftBehind = 0;
      }
      requests.nextAsked().ifPresent(this::make);
    } catch (RuntimeException e) {
      LOG.atWarn().setCause(e).log("Backups that were asked for could not be looked up");
    }
  }

  private void make(BackupRequests.Request asked) {
    if (!requests.tell(asked.id(), BackupRequests.State.RUNNING, "begun")) {
      return;
    }
    LOG.atInfo().addKeyValue("folder", asked.folder()).log("Backup begun");
    try {
      Backup.Sources sources = new Backup.Sources(data, asked.settings(), named);
      Backup.Made made =
          new Backup(database, store, sources, clock)
              .write(asked.folder(), told -> progress(asked.id(), told));
      requests.tell(asked.id(), BackupRequests.State.DONE, made.rows() + " observations");
      LOG.atInfo()
          .addKeyValue("folder", asked.folder())
          .addKeyValue("observations", made.rows())
          .addKeyValue("bytes", made.bytes())
          .log("Backup made");
    } catch (IOException | RuntimeException e) {
      requests.tell(asked.id(), BackupRequests.State.FAILED, told(e));
      LOG.atError().setCause(e).addKeyValue("folder", asked.folder()).log("Backup failed");
    }
  }

  private void progress(long id, String told) {
    if (closing.getCount() == 0) {
      throw new IllegalStateException("The server is ending.");
    }
    requests.tell(id, BackupRequests.State.RUNNING, told);
  }

  private static String told(Exception e) {
    return e instanceof ArchiveFault ? String.valueOf(e.getMessage()) : e.toString();
  }

  /** Ends after the day it is writing; a backup under way is not finished and has no manifest. */
  @Override
  public void close() {
    closing.countDown();
    Thread running = thread;
    boolean interrupted = false;
    while (running != null && running.isAlive()) {
      try {
        running.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
