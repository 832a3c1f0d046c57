package org.rollcall.collector.rectification;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;
import org.rollcall.collector.audit.Actor;
import org.rollcall.collector.audit.AuditLog;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.rectification.Sample.Drawn;
import org.rollcall.collector.rectification.Sample.Found;
import org.rollcall.collector.registry.Registry;

/**
 * The samples in the register. A change and its entry in the audit log are one transaction. Any
 * thread; every call blocks on the database.
 */
public final class Samples {
  private final Database database;
  private final AuditLog audit;
  private final Clock clock;

  public Samples(Database database, AuditLog audit, Clock clock) {
    this.database = database;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Draws schools and keeps them.
   *
   * @param codes every school of the region today; at least one
   * @return the sample's id
   */
  public long draw(Actor by, String region, String seed, Collection<String> codes, int count) {
    List<String> drawn = Draw.of(seed, codes, Math.min(count, Sample.MOST));
    if (drawn.isEmpty()) {
      throw new IllegalArgumentException("Nothing can be drawn of " + region);
    }
    return database
        .jdbi()
        .inTransaction(
            handle -> {
              long id = insert(handle, by, region, seed, codes.size());
              for (int i = 0; i < drawn.size(); i++) {
                handle.execute(
                    "INSERT INTO sample_school (sample, place, school, found, note, account)"
                        + " VALUES (?, ?, ?, 'NOT_YET', '', '')",
                    id,
                    i,
                    drawn.get(i));
              }
              Map<String, Object> detail = new LinkedHashMap<>();
              detail.put("seed", seed);
              detail.put("schools", drawn);
              detail.put("of", codes.size());
              audit.record(handle, by, "sample.draw", region, detail);
              return id;
            });
  }

  private long insert(Handle handle, Actor by, String region, String seed, int of) {
    Instant now = clock.instant();
    return handle
        .createUpdate(
            "INSERT INTO sample (region, seed, of_schools, date, account, at_millis)"
                + " VALUES (:region, :seed, :of, :date, :account, :at)")
        .bind("region", region)
        .bind("seed", seed)
        .bind("of", of)
        .bind("date", LocalDate.ofInstant(now, Registry.ZONE).toString())
        .bind("account", by.account())
        .bind("at", now.toEpochMilli())
        .executeAndReturnGeneratedKeys("id")
        .mapTo(Long.class)
        .one();
  }

  /**
   * Enters what was found at a school that was drawn; what stood there before is in the audit log.
   *
   * @return false if the school was not drawn
   */
  public boolean found(Actor by, long sample, String school, Found found, String note) {
    return database
        .jdbi()
        .inTransaction(
            handle -> {
              int rows =
                  handle.execute(
                      "UPDATE sample_school SET found = ?, note = ?, account = ?"
                          + " WHERE sample = ? AND school = ?",
                      found.name(),
                      note,
                      by.account(),
                      sample,
                      school);
              if (rows == 0) {
                return false;
              }
              Map<String, Object> detail = new LinkedHashMap<>();
              detail.put("sample", sample);
              detail.put("found", found.name());
              detail.put("note", note);
              audit.record(handle, by, "sample.found", school, detail);
              return true;
            });
  }

  /** Every sample, newest first. */
  public List<Sample> all() {
    return database
        .readOnly()
        .inTransaction(
            handle -> {
              Map<Long, List<Drawn>> schools = schools(handle);
              return handle
                  .createQuery("SELECT * FROM sample ORDER BY id DESC")
                  .map(row -> sample(row, schools))
                  .list();
            });
  }

  /** The sample with this id. */
  public Optional<Sample> find(long id) {
    return all().stream().filter(sample -> sample.id() == id).findFirst();
  }

  private static Map<Long, List<Drawn>> schools(Handle handle) {
    Map<Long, List<Drawn>> schools = new LinkedHashMap<>();
    handle
        .createQuery("SELECT * FROM sample_school ORDER BY sample, place")
        .map(
            row ->
                Map.entry(
                    row.getColumn("sample", Long.class),
                    new Drawn(
                        text(row, "school"),
                        Found.valueOf(text(row, "found")),
                        text(row, "note"),
                        text(row, "account"))))
        .forEach(
            entry ->
                schools
                    .computeIfAbsent(entry.getKey(), id -> new ArrayList<>())
                    .add(entry.getValue()));
    return schools;
  }

  private static Sample sample(RowView row, Map<Long, List<Drawn>> schools) {
    long id = row.getColumn("id", Long.class);
    return new Sample(
        id,
        text(row, "region"),
        text(row, "seed"),
        row.getColumn("of_schools", Integer.class),
        LocalDate.parse(text(row, "date")),
        text(row, "account"),
        Instant.ofEpochMilli(row.getColumn("at_millis", Long.class)),
        schools.getOrDefault(id, List.of()));
  }

  private static String text(RowView row, String column) {
    return row.getColumn(column, String.class);
  }
}
