package org.rollcall.collector.store.questdb;

import io.questdb.cairo.CairoEngine;
import io.questdb.cairo.CairoError;
import io.questdb.cairo.CairoException;
import io.questdb.cairo.TableToken;
import io.questdb.cairo.sql.TableReferenceOutOfDateException;
import io.questdb.std.ObjHashSet;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.store.GapObservation;
import org.rollcall.collector.store.ObservationStore;
import org.rollcall.collector.store.StoreUnavailableException;
import org.rollcall.collector.store.TooOld;
import org.rollcall.collector.store.Vocabulary;
import org.rollcall.protocol.Subject;
import org.rollcall.protocol.v1.Gap;
import org.rollcall.protocol.v1.Observation;
import org.rollcall.protocol.v1.Report;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Observations in an embedded QuestDB: one table a kind of subject, one partition a day. {@link
 * #write} appends to QuestDB's write-ahead log and commits once for each table the batch touches;
 * QuestDB's deduplication makes of everything written twice one row.
 *
 * <p>Durable means that the log is in the operating system's keeping: it survives the death of the
 * process. With {@code sync} every commit waits for the disk too, and survives a power cut.
 *
 * <p>Queries see what has been applied to the tables, usually a few hundred milliseconds behind.
 */
public final class QuestDbStore implements ObservationStore {
  private static final Logger LOG = LoggerFactory.getLogger(QuestDbStore.class);
  private static final Duration SETTLE = Duration.ofMinutes(10);

  private final Path directory;
  private final boolean sync;
  private final Upkeep upkeep;
  private final Clock clock;
  private final @Nullable SyncedFiles files;
  private final Vocabulary vocabulary = new Vocabulary();
  private final Map<String, KindTable> tables = new HashMap<>();

  /** Shared by those who use the engine, exclusive to those who open and close it. */
  private final ReentrantReadWriteLock use = new ReentrantReadWriteLock();

  private @Nullable EngineDirectory opened;
  private @Nullable WalApplier applier;
  private @Nullable ClosedDays closedDays;
  private volatile @Nullable Retention retention;

  /**
   * What becomes of days that are over. Both are project defaults.
   *
   * @param packAfter how long after its end (UTC) a day is packed into one file each table, less
   *     than a third of its plain columns; zero: never
   * @param keep how long a day is kept after its end, whole days; zero: for ever
   */
  public record Upkeep(Duration packAfter, Duration keep) {
    /** Nothing is packed and nothing dropped. */
    public static final Upkeep NONE = new Upkeep(Duration.ZERO, Duration.ZERO);
  }

  /**
   * A store that leaves its days as they are.
   *
   * @param directory made when it is not there; one process at a time
   * @param sync whether a commit waits for the disk
   */
  public QuestDbStore(Path directory, boolean sync) {
    this(directory, sync, Upkeep.NONE, Clock.systemUTC());
  }

  /**
   * @param directory made when it is not there; one process at a time
   * @param sync whether a commit waits for the disk
   * @param clock tells which days are over
   */
  public QuestDbStore(Path directory, boolean sync, Upkeep upkeep, Clock clock) {
    this(directory, sync, upkeep, clock, null);
  }

  /**
   * @param files null for those of every day
   */
  QuestDbStore(
      Path directory, boolean sync, Upkeep upkeep, Clock clock, @Nullable SyncedFiles files) {
    LogBridge.install();
    this.directory = directory;
    this.sync = sync;
    this.upkeep = upkeep;
    this.clock = clock;
    this.files = files;
  }

  /**
   * Opens the directory and begins to apply what a former process left in the log.
   *
   * @throws StoreUnavailableException if the directory cannot be used or another process uses it
   */
  public void start() {
    use.writeLock().lock();
    try {
      if (opened != null) {
        throw new IllegalStateException("BUG: the store is started already");
      }
      EngineDirectory place =
          EngineDirectory.open(directory, sync, files == null ? new SyncedFiles() : files);
      opened = place;
      learn(place.engine());
      Days days = place.days();
      Retention dropping = new Retention(directory, days, upkeep.keep());
      dropping.open(clock.instant());
      ClosedDays closed = new ClosedDays(days, dropping, upkeep.packAfter(), clock);
      retention = dropping;
      closedDays = closed;
      applier =
          new WalApplier(
              place.engine(), closed, new LateMeasures(place.engine(), place.widths(), days));
      applier.start();
    } finally {
      use.writeLock().unlock();
    }
    LOG.atInfo()
        .addKeyValue("directory", directory)
        .addKeyValue("sync", sync)
        .log("Observation store opened");
  }

  private void learn(CairoEngine engine) {
    for (String kind : kinds(engine)) {
      TableToken token = engine.verifyTableName(KindTable.PREFIX + kind);
      List<String> measures = new ArrayList<>();
      // The log may hold columns that the table does not have yet.
      try (var metadata = engine.getSequencerMetadata(token)) {
        for (int i = 0; i < metadata.getColumnCount(); i++) {
          String measure = ColumnName.toMeasure(metadata.getColumnName(i));
          if (measure != null) {
            measures.add(measure);
          }
        }
      }
      vocabulary.learn(kind, measures);
    }
  }

  private static NavigableSet<String> kinds(CairoEngine engine) {
    ObjHashSet<TableToken> tokens = new ObjHashSet<>();
    engine.getTableTokens(tokens, false);
    NavigableSet<String> kinds = new TreeSet<>();
    for (int i = 0; i < tokens.size(); i++) {
      String name = tokens.get(i).getTableName();
      if (name.startsWith(KindTable.PREFIX)) {
        kinds.add(name.substring(KindTable.PREFIX.length()));
      }
    }
    return kinds;
  }

  @Override
  public @Nullable String refuses(Report report) {
    String refused = vocabulary.admit(report);
    return refused == null && !upkeep.keep().isZero()
        ? TooOld.refuses(report, keptSince())
        : refused;
  }

  @Override
  public synchronized void write(List<SchoolReport> batch) {
    use.readLock().lock();
    boolean done = false;
    try {
      EngineDirectory place = directory();
      for (SchoolReport item : batch) {
        append(place, item.school(), item.report());
      }
      commit();
      done = true;
    } catch (CairoException | TableReferenceOutOfDateException e) {
      throw Fault.unavailable("The observation store could not take a batch", e);
    } catch (CairoError e) {
      throw Fault.unavailable("The observation store could not take a batch", Fault.stopped(e));
    } finally {
      if (!done) {
        abandon();
      }
      use.readLock().unlock();
    }
  }

  private void append(EngineDirectory place, String school, Report report) {
    String refused = vocabulary.admit(report);
    if (refused != null) {
      throw new IllegalArgumentException(
          "A report of " + report.getAgent() + " cannot be stored: " + refused + ".");
    }
    for (int i = 0; i < report.getObservationsCount(); i++) {
      Observation observation = report.getObservations(i);
      table(place, Subject.kind(observation.getSubject())).append(school, observation);
    }
    for (Gap gap : report.getGapsList()) {
      Gap kept = TooOld.kept(gap, keptSince());
      if (kept != null) {
        Observation observation = GapObservation.of(report.getAgent(), kept);
        table(place, GapObservation.KIND).append(school, observation);
      }
    }
  }

  private KindTable table(EngineDirectory place, String kind) {
    KindTable table = tables.get(kind);
    if (table == null) {
      table = KindTable.open(place.engine(), place.making(), kind);
      tables.put(kind, table);
    }
    return table;
  }

  private void commit() {
    for (KindTable table : tables.values()) {
      if (table.isDirty()) {
        table.commit();
      }
    }
    WalApplier running = applier;
    if (running != null) {
      running.committed();
    }
  }

  /** Closes every table with rows in hand, which drops them; the next batch opens it anew. */
  private void abandon() {
    tables
        .values()
        .removeIf(
            table -> {
              if (!table.isDirty()) {
                return false;
              }
              try {
                table.close();
              } catch (RuntimeException e) {
                LOG.atWarn().setCause(e).log("A table of the observation store did not close");
              }
              return true;
            });
  }

  @Override
  public List<Observation> range(String school, String subject, Instant from, Instant to) {
    List<Observation> found = new ArrayList<>();
    if (!Subject.isValid(subject)) {
      return found;
    }
    query(
        engine -> {
          String table = KindTable.PREFIX + Subject.kind(subject);
          if (engine.getTableTokenIfExists(table) != null) {
            Rows.ofSubject(source(Subject.kind(subject)), school, subject, from, to)
                .visit((at, observation) -> add(found, observation));
          }
        });
    return found;
  }

  private static void add(List<Observation> found, Observation observation) {
    if (found.size() == MAX_RANGE) {
      throw new IllegalArgumentException(
          "The span holds more than " + MAX_RANGE + " observations: ask for a shorter one.");
    }
    found.add(observation);
  }

  @Override
  public void visit(String school, Instant from, Instant to, Visitor visitor) {
    query(
        engine -> {
          for (String kind : kinds(engine)) {
            Rows.ofSchool(source(kind), school, from, to).visit(visitor::row);
          }
        });
  }

  @Override
  public void visitKind(String school, String kind, Instant from, Instant to, Visitor visitor) {
    query(
        engine -> {
          if (kinds(engine).contains(kind)) {
            Rows.ofSchool(source(kind), school, from, to).visit(visitor::row);
          }
        });
  }

  @Override
  public void latest(Instant since, Visitor visitor) {
    query(
        engine -> {
          for (String kind : kinds(engine)) {
            Rows.newest(source(kind), since).visit(visitor::row);
          }
        });
  }

  @Override
  public NavigableSet<LocalDate> days() {
    NavigableSet<LocalDate> days = new TreeSet<>();
    query(
        engine -> {
          for (String kind : kinds(engine)) {
            Keys.days(engine, KindTable.PREFIX + kind, days::add);
          }
        });
    return days;
  }

  @Override
  public NavigableSet<String> schools(LocalDate day) {
    NavigableSet<String> schools = new TreeSet<>();
    query(
        engine -> {
          for (String kind : kinds(engine)) {
            Keys.schools(engine, KindTable.PREFIX + kind, day, schools::add);
          }
        });
    return schools;
  }

  @Override
  public Instant keptSince() {
    Retention current = retention;
    return current == null ? Instant.EPOCH : current.keptSince();
  }

  /** How the days of every kind lie on the disk, oldest first within a kind. */
  public List<StoredDay> storedDays() {
    List<StoredDay> stored = new ArrayList<>();
    use.readLock().lock();
    try {
      Days days = directory().days();
      days.tables().forEach(table -> stored.addAll(days.of(table)));
    } finally {
      use.readLock().unlock();
    }
    return stored;
  }

  /** Packs every day there is, the newest as well. */
  void packAll() {
    use.readLock().lock();
    try {
      WalApplier running = applier;
      ClosedDays closed = closedDays;
      if (running != null && closed != null) {
        running.perform(closed::packAll, SETTLE);
      }
    } finally {
      use.readLock().unlock();
    }
  }

  private void query(Query query) {
    use.readLock().lock();
    try {
      query.run(engine());
    } finally {
      use.readLock().unlock();
    }
  }

  @Override
  public void settle() {
    use.readLock().lock();
    try {
      CairoEngine unused = engine();
      WalApplier running = applier;
      if (running != null) {
        running.settle(SETTLE);
      }
    } finally {
      use.readLock().unlock();
    }
  }

  private Rows.Source source(String kind) {
    EngineDirectory place = directory();
    return new Rows.Source(place.engine(), place.widths(), KindTable.PREFIX + kind);
  }

  private CairoEngine engine() {
    return directory().engine();
  }

  private EngineDirectory directory() {
    EngineDirectory current = opened;
    if (current == null) {
      throw new StoreUnavailableException("The observation store is not open.");
    }
    return current;
  }

  /**
   * Waits for the queries under way. What is committed but not applied waits for the next start.
   */
  @Override
  public synchronized void close() {
    use.writeLock().lock();
    try {
      EngineDirectory current = opened;
      if (current == null) {
        return;
      }
      opened = null;
      WalApplier running = applier;
      if (running != null) {
        running.close();
      }
      applier = null;
      tables.values().forEach(KindTable::close);
      tables.clear();
      current.close();
    } finally {
      use.writeLock().unlock();
    }
    LOG.atInfo().addKeyValue("directory", directory).log("Observation store closed");
  }

  @FunctionalInterface
  private interface Query {
    void run(CairoEngine engine);
  }
}
