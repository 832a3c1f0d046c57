package org.rollcall.collector.archive;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.statement.Query;
import org.rollcall.collector.database.Database;

/** Backups asked for and made, in the register. Any thread. */
public final class BackupRequests {
  private static final String COLUMNS = "id, folder, settings, state, told, changed_millis";

  private final Database database;
  private final Clock clock;

  /** Where a backup is. */
  public enum State {
    ASKED,
    RUNNING,
    DONE,
    FAILED
  }

  /**
   * @param settings the settings file that belongs to it
   * @param told progress, result or fault, as a sentence
   * @param changed when it was last heard of
   */
  public record Request(
      long id, Path folder, Path settings, State state, String told, Instant changed) {}

  public BackupRequests(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Notes a backup to be made, in whichever state it begins. */
  public long add(Path folder, Path settings, State state) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "INSERT INTO backup (folder, settings, state, told, asked_millis,"
                            + " changed_millis) VALUES (:folder, :settings, :state, '', :now, :now)"
                            + " RETURNING id")
                    .bind("folder", folder.toString())
                    .bind("settings", settings.toString())
                    .bind("state", state.name())
                    .bind("now", clock.millis())
                    .mapTo(Long.class)
                    .one());
  }

  /** Says where one is now. False when it had ended already. */
  public boolean tell(long id, State state, String told) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                        .createUpdate(
                            "UPDATE backup SET state = :state, told = :told, changed_millis = :now"
                                + " WHERE id = :id AND state IN ('ASKED', 'RUNNING')")
                        .bind("state", state.name())
                        .bind("told", told)
                        .bind("now", clock.millis())
                        .bind("id", id)
                        .execute()
                    == 1);
  }

  public Optional<Request> find(long id) {
    return one("SELECT " + COLUMNS + " FROM backup WHERE id = :id", id);
  }

  /** The newest backup that is whole. */
  public Optional<Request> newestDone() {
    return one(
        "SELECT "
            + COLUMNS
            + " FROM backup WHERE state = 'DONE' AND id > :id ORDER BY id DESC"
            + " LIMIT 1",
        0);
  }

  /** The oldest that waits. */
  Optional<Request> nextAsked() {
    return one(
        "SELECT " + COLUMNS + " FROM backup WHERE state = 'ASKED' AND id > :id ORDER BY id LIMIT 1",
        0);
  }

  /** The number of the newest, whatever became of it; 0 when there is none. */
  long newest() {
    return database
        .readOnly()
        .withHandle(
            handle ->
                handle
                    .createQuery("SELECT coalesce(max(id), 0) FROM backup")
                    .mapTo(Long.class)
                    .one());
  }

  /** Those that a server left behind when it ended, up to that number. */
  void failOpen(long upTo, String told) {
    database
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createUpdate(
                        "UPDATE backup SET state = 'FAILED', told = :told, changed_millis = :now"
                            + " WHERE state IN ('ASKED', 'RUNNING') AND id <= :id")
                    .bind("told", told)
                    .bind("now", clock.millis())
                    .bind("id", upTo)
                    .execute());
  }

  private Optional<Request> one(String select, long id) {
    return database
        .readOnly()
        .withHandle(
            handle -> {
              Query query = handle.createQuery(select).bind("id", id);
              return query
                  .map(
                      row ->
                          new Request(
                              row.getColumn("id", Long.class),
                              Path.of(row.getColumn("folder", String.class)),
                              Path.of(row.getColumn("settings", String.class)),
                              State.valueOf(row.getColumn("state", String.class)),
                              row.getColumn("told", String.class),
                              Instant.ofEpochMilli(row.getColumn("changed_millis", Long.class))))
                  .findOne();
            });
  }
}
