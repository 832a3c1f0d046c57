package org.rollcall.collector.store.questdb;

import io.questdb.cairo.CairoEngine;
import io.questdb.cairo.CairoError;
import io.questdb.cairo.CairoException;
import io.questdb.cairo.TableToken;
import io.questdb.cairo.sql.TableMetadata;
import io.questdb.cairo.sql.TableRecordMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers on the disk which table is being made. QuestDB makes one in several steps, and does not
 * start again if it was killed between them. Nothing is in a table before it is finished, so what
 * is left of an unfinished one that does not open can be removed; one that opens is always kept.
 *
 * <p>Used by the writer thread, and before there is one.
 */
final class Making {
  private static final String FOLDER = "making";
  private static final Logger LOG = LoggerFactory.getLogger(Making.class);

  private final Path marks;
  private final Path database;

  /**
   * @param directory the store's
   * @param database where the engine keeps its tables
   */
  Making(Path directory, Path database) {
    this.marks = directory.resolve(FOLDER);
    this.database = database;
  }

  /** Must be on the disk before the table's first file is. */
  void begin(String table) {
    try {
      Files.createDirectories(marks);
      Files.write(marks.resolve(table), new byte[0]);
    } catch (IOException e) {
      throw Fault.unavailable("The observation store could not begin the table " + table, e);
    }
  }

  /** The table is whole; rows may be written to it. */
  void finished(String table) {
    try {
      Files.deleteIfExists(marks.resolve(table));
    } catch (IOException e) {
      throw Fault.unavailable("The observation store could not finish the table " + table, e);
    }
  }

  /** Tables whose making ended too early and that do not open. */
  List<String> broken(CairoEngine engine) throws IOException {
    List<String> broken = new ArrayList<>();
    for (String table : marked()) {
      if (!opens(engine, table)) {
        broken.add(table);
      }
    }
    return broken;
  }

  private List<String> marked() throws IOException {
    if (!Files.isDirectory(marks)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(marks)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static boolean opens(CairoEngine engine, String table) {
    TableToken token = engine.getTableTokenIfExists(table);
    if (token == null || !token.isWal()) {
      return false;
    }
    try (TableRecordMetadata sequenced = engine.getSequencerMetadata(token);
        TableMetadata made = engine.getTableMetadata(token)) {
      KindTable.openWriter(engine, token).close();
      return made.getColumnCount() <= sequenced.getColumnCount();
    } catch (CairoException | CairoError e) {
      LOG.atWarn()
          .addKeyValue("table", table)
          .addKeyValue("detail", e.getMessage())
          .log("An unfinished table does not open");
      return false;
    }
  }

  /** Removes what is left of a table. No engine may be open. */
  void remove(String table) throws IOException {
    try (Stream<Path> all = Files.list(database)) {
      for (Path path : all.filter(path -> isOf(path, table)).toList()) {
        removeTree(path);
      }
    }
    LOG.atWarn()
        .addKeyValue("table", table)
        .log("The remains of a table are removed, the making of which was cut short");
  }

  /** A table's folder is its name, a tilde and a number; beside it may lie a lock. */
  private static boolean isOf(Path path, String table) {
    return path.getFileName().toString().startsWith(table + "~");
  }

  private static void removeTree(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** All tables that are left are whole. */
  void settled() throws IOException {
    for (String table : marked()) {
      Files.deleteIfExists(marks.resolve(table));
    }
  }
}
