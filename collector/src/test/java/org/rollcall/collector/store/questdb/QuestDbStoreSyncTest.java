package org.rollcall.collector.store.questdb;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.collector.store.ObservationStoreContract;

/** The same store waiting for the disk at every commit. */
class QuestDbStoreSyncTest extends ObservationStoreContract {
  @TempDir Path directory;

  @Override
  protected QuestDbStore open() {
    QuestDbStore opened = new QuestDbStore(directory, true);
    opened.start();
    return opened;
  }
}
