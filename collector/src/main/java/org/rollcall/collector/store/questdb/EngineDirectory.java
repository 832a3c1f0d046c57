package org.rollcall.collector.store.questdb;

import io.questdb.cairo.CairoEngine;
import io.questdb.cairo.CairoError;
import io.questdb.cairo.CairoException;
import io.questdb.cairo.TableToken;
import io.questdb.std.ObjHashSet;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.store.StoreUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A store's directory, locked against every other process, and the engine that lives in it. */
final class EngineDirectory implements AutoCloseable {
  private static final String LOCK_FILE = "store.lock";
  private static final String DATABASE = "db";

  private static final Logger LOG = LoggerFactory.getLogger(EngineDirectory.class);

  private final FileChannel lock;
  private final SmallConfiguration configuration;
  private final SyncedFiles files;
  private final CairoEngine engine;
  private final Making making;
  private final Widths widths;

  private EngineDirectory(
      FileChannel lock,
      SmallConfiguration configuration,
      SyncedFiles files,
      CairoEngine engine,
      Making making) {
    this.lock = lock;
    this.configuration = configuration;
    this.files = files;
    this.engine = engine;
    this.making = making;
    this.widths = new Widths(engine);
  }

  static EngineDirectory open(Path directory, boolean sync, SyncedFiles files) {
    FileChannel lock = null;
    CairoEngine engine = null;
    try {
      Files.createDirectories(directory.resolve(DATABASE));
      lock = lock(directory);
      CutAlterations.undo(directory.resolve(DATABASE));
      Making making = new Making(directory, directory.resolve(DATABASE));
      SmallConfiguration configuration =
          new SmallConfiguration(directory.resolve(DATABASE), sync, files);
      engine = engine(configuration);
      List<String> broken = making.broken(engine);
      if (!broken.isEmpty()) {
        engine.close();
        engine = null;
        for (String table : broken) {
          making.remove(table);
        }
        engine = engine(configuration);
      }
      making.settled();
      finishAlterations(engine);
      EngineDirectory opened = new EngineDirectory(lock, configuration, files, engine, making);
      lock = null;
      engine = null;
      return opened;
    } catch (IOException e) {
      throw new StoreUnavailableException(
          "The observation store's directory " + directory + " cannot be used: " + e.getMessage(),
          e);
    } catch (CairoException e) {
      throw Fault.unavailable("The observation store in " + directory + " does not open", e);
    } finally {
      release(lock, engine);
    }
  }

  /**
   * Lets QuestDB finish, or take back, the column that it was adding to a table when the process
   * was killed: only its writer does, and until then whoever reads the table waits in vain. A
   * writer needs some room on the disk; without it only that one table could stay closed, which is
   * better than a store that does not open at all.
   */
  private static void finishAlterations(CairoEngine engine) {
    ObjHashSet<TableToken> tokens = new ObjHashSet<>();
    engine.getTableTokens(tokens, false);
    for (int i = 0; i < tokens.size(); i++) {
      finishAlteration(engine, tokens.get(i));
    }
  }

  private static void finishAlteration(CairoEngine engine, TableToken table) {
    CairoException fault;
    try {
      engine.getWriter(table, "start").close();
      return;
    } catch (CairoException e) {
      fault = e;
    } catch (CairoError e) {
      fault = Fault.stopped(e);
    }
    if (!Fault.isDiskFull(fault)) {
      throw fault;
    }
    LOG.atWarn()
        .addKeyValue("table", table.getTableName())
        .log("The disk is full: a table of the observation store is read as it is");
  }

  private static CairoEngine engine(SmallConfiguration configuration) {
    CairoEngine engine = new CairoEngine(configuration);
    boolean loaded = false;
    try {
      engine.load();
      loaded = true;
      return engine;
    } finally {
      if (!loaded) {
        engine.close();
      }
    }
  }

  private static FileChannel lock(Path directory) throws IOException {
    Path file = directory.resolve(LOCK_FILE);
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = null;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // Held by this very process: said below like any other holder.
    } finally {
      if (lock == null) {
        channel.close();
      }
    }
    if (lock == null) {
      throw new StoreUnavailableException(
          "The observation store in "
              + directory
              + " is in use by another server. Stop that one, or set another directory.");
    }
    return channel;
  }

  CairoEngine engine() {
    return engine;
  }

  Widths widths() {
    return widths;
  }

  Days days() {
    return new Days(engine, configuration, files, widths);
  }

  Making making() {
    return making;
  }

  @Override
  public void close() {
    release(lock, engine);
  }

  private static void release(@Nullable FileChannel lock, @Nullable CairoEngine engine) {
    try {
      if (engine != null) {
        engine.close();
      }
    } finally {
      closeLock(lock);
    }
  }

  private static void closeLock(@Nullable FileChannel lock) {
    try {
      if (lock != null) {
        lock.close();
      }
    } catch (IOException e) {
      throw new StoreUnavailableException("The observation store's lock could not be released.", e);
    }
  }
}
