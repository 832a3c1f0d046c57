package org.rollcall.collector.store.questdb;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.collector.store.ObservationStore;
import org.rollcall.collector.store.ObservationStoreContract;

/** A store all of whose days are packed before it is asked anything. */
class PackedStoreTest extends ObservationStoreContract {
  @TempDir Path directory;

  @Override
  protected ObservationStore open() {
    QuestDbStore opened = new QuestDbStore(directory, false);
    opened.start();
    return new PackedStore(opened);
  }
}
