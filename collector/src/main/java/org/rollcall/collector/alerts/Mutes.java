package org.rollcall.collector.alerts;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.result.RowView;
import org.rollcall.collector.audit.Actor;
import org.rollcall.collector.audit.AuditLog;
import org.rollcall.collector.database.Database;

/**
 * The mutes in the register; a change and its entry in the audit log are one transaction. Any
 * thread; every call blocks on the database.
 */
public final class Mutes {
  private final Database database;
  private final AuditLog audit;
  private final Clock clock;

  Mutes(Database database, AuditLog audit, Clock clock) {
    this.database = database;
    this.audit = audit;
    this.clock = clock;
  }

  /** Keeps it and answers it with its number. */
  public Mute add(Actor by, Mute mute) {
    return database
        .jdbi()
        .inTransaction(
            handle -> {
              long id =
                  handle
                      .createQuery(
                          "INSERT INTO mute (rule, place, from_millis, until_millis, reason, account)"
                              + " VALUES (:rule, :place, :from, :until, :reason, :account)"
                              + " RETURNING id")
                      .bind("rule", mute.rule())
                      .bind("place", mute.place())
                      .bind("from", mute.from().toEpochMilli())
                      .bind("until", mute.until().toEpochMilli())
                      .bind("reason", mute.reason())
                      .bind("account", mute.account())
                      .mapTo(Long.class)
                      .one();
              Map<String, Object> detail = new LinkedHashMap<>();
              detail.put("mute", id);
              detail.put("rule", mute.rule() == null ? "" : mute.rule());
              detail.put("until", mute.until().toString());
              detail.put("reason", mute.reason());
              audit.record(handle, by, "alert.mute", mute.place(), detail);
              return new Mute(
                  id,
                  mute.rule(),
                  mute.place(),
                  mute.from(),
                  mute.until(),
                  mute.reason(),
                  mute.account());
            });
  }

  /**
   * Ends it now.
   *
   * @return false if it has ended already
   */
  public boolean end(Actor by, Mute mute) {
    return database
        .jdbi()
        .inTransaction(
            handle -> {
              long now = clock.millis();
              int ended =
                  handle.execute(
                      "UPDATE mute SET until_millis = ? WHERE id = ? AND until_millis > ?",
                      Math.max(now, mute.from().toEpochMilli() + 1),
                      mute.id(),
                      now);
              if (ended == 1) {
                audit.record(handle, by, "alert.unmute", mute.place(), Map.of("mute", mute.id()));
              }
              return ended == 1;
            });
  }

  /** Those that have not ended by a time, the next to end first. */
  public List<Mute> notEnded(Instant at) {
    return database
        .readOnly()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "SELECT * FROM mute WHERE until_millis > :at ORDER BY until_millis, id")
                    .bind("at", at.toEpochMilli())
                    .map(Mutes::mute)
                    .list());
  }

  public Optional<Mute> find(long id) {
    return database
        .readOnly()
        .withHandle(
            handle ->
                handle
                    .createQuery("SELECT * FROM mute WHERE id = :id")
                    .bind("id", id)
                    .map(Mutes::mute)
                    .findOne());
  }

  private static Mute mute(RowView row) {
    return new Mute(
        row.getColumn("id", Long.class),
        row.getColumn("rule", String.class),
        row.getColumn("place", String.class),
        Instant.ofEpochMilli(row.getColumn("from_millis", Long.class)),
        Instant.ofEpochMilli(row.getColumn("until_millis", Long.class)),
        row.getColumn("reason", String.class),
        row.getColumn("account", String.class));
  }
}
