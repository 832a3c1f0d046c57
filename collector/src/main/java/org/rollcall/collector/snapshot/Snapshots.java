package org.rollcall.collector.snapshot;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.result.RowView;
import org.rollcall.collector.audit.Actor;
import org.rollcall.collector.audit.AuditLog;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.day.MaintenanceWindows;
import org.rollcall.collector.day.SchoolDays;
import org.rollcall.collector.declared.DeclaredValues;
import org.rollcall.collector.judge.Basis;
import org.rollcall.collector.judge.Board;
import org.rollcall.collector.judge.Rejudgement;
import org.rollcall.collector.profile.Profile;
import org.rollcall.collector.rectification.Tasks;
import org.rollcall.collector.registry.Registry;
import org.rollcall.collector.requests.SchoolRequests;
import org.rollcall.collector.selfcheck.SelfChecks;

/**
 * The snapshots in the register: made once, never changed. Any thread; every call blocks on the
 * database, and making one of a county takes seconds.
 */
public final class Snapshots {
  private static final String SELECT =
      "SELECT s.*, f.sha256, f.bytes FROM snapshot s JOIN kept_file f ON f.id = s.file";

  private final Parts parts;
  private final Database database;
  private final Clock clock;

  /**
   * Where the facts come from.
   *
   * @param basis what schools are judged by now
   * @param board the verdicts of every school on a date
   */
  public record Parts(
      Registry registry,
      DeclaredValues declared,
      SchoolDays days,
      MaintenanceWindows maintenance,
      SchoolRequests requests,
      SelfChecks selfChecks,
      Tasks tasks,
      AuditLog audit,
      Supplier<Basis> basis,
      Function<LocalDate, Board> board) {

    /** The parts of a command, which has a database and no server: it judges for itself. */
    public static Parts of(Database database, Basis basis, Clock clock) {
      Registry registry = new Registry(database, clock);
      DeclaredValues declared = new DeclaredValues(database, clock);
      AuditLog audit = new AuditLog(database.jdbi(), clock);
      Rejudgement again = new Rejudgement(registry, database, clock);
      return new Parts(
          registry,
          declared,
          new SchoolDays(database),
          new MaintenanceWindows(database),
          new SchoolRequests(database, audit, clock),
          new SelfChecks(database, declared, audit, clock),
          new Tasks(database, audit, clock),
          audit,
          () -> basis,
          date -> again.board(registry.at(date), date, basis));
    }
  }

  public Snapshots(Parts parts, Database database, Clock clock) {
    this.parts = parts;
    this.database = database;
    this.clock = clock;
  }

  /**
   * Makes a snapshot and writes it into the audit log.
   *
   * @param unit code of a region or a school
   * @param profile one of those that schools are judged by
   * @throws IllegalArgumentException if the register has no such unit on that date
   */
  public Snapshot make(Actor by, String unit, Profile profile, LocalDate date) {
    SnapshotBody body = new SnapshotMaking(parts).of(unit, profile, date);
    KeptFiles.Packed packed = KeptFiles.Packed.of(out -> SnapshotJson.write(body, out));
    return database
        .jdbi()
        .inTransaction(
            handle -> {
              KeptFile file = KeptFiles.put(handle, packed);
              Instant now = Instant.ofEpochMilli(clock.millis());
              long number =
                  handle
                      .createUpdate(
                          "INSERT INTO snapshot"
                              + " (unit, school, profile, date, account, source, at_millis, file)"
                              + " VALUES (:unit, :school, :profile, :date, :account, :source, :at,"
                              + " :file)")
                      .bind("unit", unit)
                      .bind("school", body.unit().school() ? 1 : 0)
                      .bind("profile", profile.id())
                      .bind("date", date.toString())
                      .bind("account", by.account())
                      .bind("source", by.source())
                      .bind("at", now.toEpochMilli())
                      .bind("file", file.id())
                      .executeAndReturnGeneratedKeys("number")
                      .mapTo(Long.class)
                      .one();
              parts
                  .audit()
                  .record(
                      handle,
                      by,
                      "snapshot.make",
                      unit,
                      Map.of(
                          "number", number,
                          "profile", profile.id(),
                          "date", date.toString(),
                          "sha256", file.sha256()));
              return new Snapshot(
                  number, unit, body.unit().school(), profile.id(), date, by, now, file);
            });
  }

  /** The snapshot with this number. */
  public Optional<Snapshot> find(long number) {
    return database
        .readOnly()
        .withHandle(
            handle ->
                handle
                    .createQuery(SELECT + " WHERE s.number = :number")
                    .bind("number", number)
                    .map(Snapshots::snapshot)
                    .findOne());
  }

  /** All of them, the newest first. */
  public List<Snapshot> list() {
    return database
        .readOnly()
        .withHandle(
            handle ->
                handle
                    .createQuery(SELECT + " ORDER BY s.number DESC")
                    .map(Snapshots::snapshot)
                    .list());
  }

  /** Its JSON, byte by byte as its digest was taken. */
  public byte[] json(Snapshot snapshot) {
    return database.readOnly().withHandle(h -> KeptFiles.read(h, snapshot.file().id()));
  }

  /** What it holds. */
  public SnapshotBody body(Snapshot snapshot) {
    return database
        .readOnly()
        .withHandle(
            handle -> {
              try (InputStream in = KeptFiles.open(handle, snapshot.file().id())) {
                return SnapshotJson.read(in);
              } catch (IOException e) {
                throw new UncheckedIOException(
                    "The snapshot " + snapshot.number() + " cannot be read.", e);
              }
            });
  }

  private static Snapshot snapshot(RowView row) {
    return new Snapshot(
        row.getColumn("number", Long.class),
        row.getColumn("unit", String.class),
        row.getColumn("school", Integer.class) == 1,
        row.getColumn("profile", String.class),
        LocalDate.parse(row.getColumn("date", String.class)),
        new Actor(row.getColumn("account", String.class), row.getColumn("source", String.class)),
        Instant.ofEpochMilli(row.getColumn("at_millis", Long.class)),
        new KeptFile(
            row.getColumn("file", Long.class),
            row.getColumn("sha256", String.class),
            row.getColumn("bytes", Long.class)));
  }
}
