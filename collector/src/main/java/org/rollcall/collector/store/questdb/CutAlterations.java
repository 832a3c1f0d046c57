package org.rollcall.collector.store.questdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Undoes the one step of adding a column that QuestDB cannot undo itself. It moves the table's
 * {@code _meta} to {@code _meta.prev}, notes that it did, and moves the new one into its place;
 * killed before the note, it finds no {@code _meta} at the next start and leaves the table alone
 * for good. The column is still in the log, and is added again from there.
 */
final class CutAlterations {
  private static final String META = "_meta";
  private static final String BEFORE = "_meta.prev";
  private static final Logger LOG = LoggerFactory.getLogger(CutAlterations.class);

  private CutAlterations() {}

  /**
   * @param database where the engine keeps its tables; no engine may be open
   */
  static void undo(Path database) throws IOException {
    List<Path> tables;
    try (Stream<Path> all = Files.list(database)) {
      tables =
          all.filter(path -> path.getFileName().toString().startsWith(KindTable.PREFIX))
              .filter(Files::isDirectory)
              .toList();
    }
    for (Path table : tables) {
      if (!Files.exists(table.resolve(META)) && Files.exists(table.resolve(BEFORE))) {
        Files.move(table.resolve(BEFORE), table.resolve(META));
        LOG.atWarn()
            .addKeyValue("table", table.getFileName())
            .log(
                "A column was being added to a table when the process was killed; it is added again");
      }
    }
  }
}
