package org.rollcall.collector.alerts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.alerts.Alert.About;
import org.rollcall.collector.alerts.Alert.Damping;
import org.rollcall.collector.alerts.Alert.State;
import org.rollcall.collector.alerts.Alert.Times;
import org.rollcall.collector.alerts.Alert.Told;
import org.rollcall.collector.alerts.Alert.Weight;
import org.rollcall.collector.database.Database;

/** The alerts in the register. Any thread; every call blocks on the database. */
final class AlertRows {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Database database;

  AlertRows(Database database) {
    this.database = database;
  }

  /** Keeps it as it is now. */
  void put(Handle handle, Alert alert) {
    Times times = alert.times();
    handle
        .createUpdate(
            "INSERT INTO alert (id, rule, kind, signal_key, region, schools, subject, params, state,"
                + " since_millis, raised_millis, fired_millis, good_millis, ended_millis, value,"
                + " classes, impact, turns, unsteady, held_by, planned, told, owes_end, evidence)"
                + " VALUES (:id, :rule, :kind, :key, :region, :schools, :subject, :params, :state,"
                + " :since, :raised, :fired, :good, :ended, :value, :classes, :impact, :turns,"
                + " :unsteady, :held, :planned, :told, :owes, :evidence)"
                + " ON CONFLICT (id) DO UPDATE SET region = excluded.region,"
                + " schools = excluded.schools, params = excluded.params, state = excluded.state,"
                + " since_millis = excluded.since_millis, fired_millis = excluded.fired_millis,"
                + " good_millis = excluded.good_millis, ended_millis = excluded.ended_millis,"
                + " value = excluded.value, classes = excluded.classes, impact = excluded.impact,"
                + " turns = excluded.turns, unsteady = excluded.unsteady,"
                + " held_by = excluded.held_by, planned = excluded.planned, told = excluded.told,"
                + " owes_end = excluded.owes_end, evidence = excluded.evidence")
        .bind("id", alert.id())
        .bind("rule", alert.about().rule())
        .bind("kind", alert.about().kind().name())
        .bind("key", alert.about().key())
        .bind("region", alert.about().region())
        .bind("schools", json(alert.about().schools()))
        .bind("subject", alert.about().subject())
        .bind("params", json(alert.about().params()))
        .bind("state", alert.state().name())
        .bind("since", times.since().toEpochMilli())
        .bind("raised", times.raised().toEpochMilli())
        .bind("fired", millis(times.fired()))
        .bind("good", millis(times.good()))
        .bind("ended", millis(times.ended()))
        .bind("value", alert.weight().value())
        .bind("classes", alert.weight().classes())
        .bind("impact", alert.weight().impact())
        .bind("turns", json(alert.damping().turns().stream().map(Instant::toEpochMilli).toList()))
        .bind("unsteady", alert.damping().unsteady() ? 1 : 0)
        .bind("held", alert.damping().heldBy())
        .bind("planned", alert.damping().planned() ? 1 : 0)
        .bind("told", json(alert.told().stream().map(AlertRows::map).toList()))
        .bind("owes", alert.owesEnd() ? 1 : 0)
        .bind("evidence", alert.evidence())
        .execute();
  }

  /** Forgets one that came to nothing. */
  void remove(Handle handle, Alert alert) {
    handle.execute("DELETE FROM alert WHERE id = ?", alert.id());
    handle.execute("DELETE FROM alert_step WHERE alert = ?", alert.id());
  }

  /** Writes down what became of it. */
  void step(Handle handle, long alert, Instant at, String what, String text) {
    handle.execute(
        "INSERT INTO alert_step (alert, at_millis, what, text) VALUES (?, ?, ?, ?)",
        alert,
        at.toEpochMilli(),
        what,
        text);
  }

  /** What became of it, oldest first. */
  List<AlertStep> steps(long alert) {
    return database
        .readOnly()
        .withHandle(
            handle ->
                handle
                    .createQuery("SELECT * FROM alert_step WHERE alert = :alert ORDER BY id")
                    .bind("alert", alert)
                    .map(
                        row ->
                            new AlertStep(
                                time(row, "at_millis"), text(row, "what"), text(row, "text")))
                    .list());
  }

  /** Those that are open, and those whose end is still to be told, by number. */
  List<Alert> unfinished() {
    return list("state <> 'RESOLVED' OR owes_end = 1", Map.of(), Integer.MAX_VALUE);
  }

  /** Those that ended at or after a time, the newest first, at most so many. */
  List<Alert> ended(Instant from, int most) {
    return list(
        "state = 'RESOLVED' AND ended_millis >= :from", Map.of("from", from.toEpochMilli()), most);
  }

  Optional<Alert> find(long id) {
    return list("id = :id", Map.of("id", id), 1).stream().findFirst();
  }

  private List<Alert> list(String where, Map<String, Object> values, int most) {
    return database
        .readOnly()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "SELECT * FROM alert WHERE " + where + " ORDER BY id DESC LIMIT :most")
                    .bindMap(values)
                    .bind("most", most)
                    .map(AlertRows::alert)
                    .list());
  }

  /** The greatest number any alert has had; 0 if there was none. */
  long lastId() {
    return database
        .readOnly()
        .withHandle(
            handle ->
                handle
                    .createQuery("SELECT COALESCE(MAX(id), 0) FROM alert")
                    .mapTo(Long.class)
                    .one());
  }

  /** Forgets those that ended before a time. */
  void prune(Instant before) {
    database
        .jdbi()
        .useTransaction(
            handle -> {
              handle.execute(
                  "DELETE FROM alert_step WHERE alert IN (SELECT id FROM alert WHERE ended_millis < ?)",
                  before.toEpochMilli());
              handle.execute("DELETE FROM alert WHERE ended_millis < ?", before.toEpochMilli());
            });
  }

  /** Every acknowledgement, by key of the signal. */
  Map<String, Ack> acks() {
    Map<String, Ack> acks = new HashMap<>();
    database
        .readOnly()
        .useHandle(
            handle ->
                handle
                    .createQuery("SELECT * FROM problem_ack")
                    .map(
                        row ->
                            Map.entry(
                                text(row, "cause"),
                                new Ack(
                                    text(row, "account"),
                                    time(row, "at_millis"),
                                    text(row, "comment"),
                                    maybe(row, "until_millis"))))
                    .forEach(entry -> acks.put(entry.getKey(), entry.getValue())));
    return acks;
  }

  private static Alert alert(RowView row) {
    return new Alert(
        row.getColumn("id", Long.class),
        new About(
            text(row, "rule"),
            SignalKind.valueOf(text(row, "kind")),
            text(row, "signal_key"),
            text(row, "region"),
            read(text(row, "schools"), new TypeReference<List<String>>() {}),
            text(row, "subject"),
            read(text(row, "params"), new TypeReference<Map<String, String>>() {})),
        State.valueOf(text(row, "state")),
        new Times(
            time(row, "since_millis"),
            time(row, "raised_millis"),
            maybe(row, "fired_millis"),
            maybe(row, "good_millis"),
            maybe(row, "ended_millis")),
        new Weight(
            row.getColumn("value", Double.class),
            row.getColumn("classes", Integer.class),
            row.getColumn("impact", Long.class)),
        new Damping(
            read(text(row, "turns"), new TypeReference<List<Long>>() {}).stream()
                .map(Instant::ofEpochMilli)
                .toList(),
            row.getColumn("unsteady", Integer.class) != 0,
            row.getColumn("held_by", String.class),
            row.getColumn("planned", Integer.class) != 0),
        read(text(row, "told"), new TypeReference<List<Map<String, Object>>>() {}).stream()
            .map(AlertRows::told)
            .toList(),
        text(row, "evidence"));
  }

  private static Map<String, Object> map(Told told) {
    return Map.of(
        "step", told.step(),
        "channels", told.channels(),
        "people", told.people(),
        "at", told.at().toEpochMilli());
  }

  private static Told told(Map<String, Object> map) {
    return new Told(
        ((Number) map.getOrDefault("step", 0)).intValue(),
        texts(map.get("channels")),
        texts(map.get("people")),
        Instant.ofEpochMilli(((Number) map.getOrDefault("at", 0)).longValue()));
  }

  private static List<String> texts(@Nullable Object list) {
    return list instanceof List<?> some ? some.stream().map(String::valueOf).toList() : List.of();
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("BUG: an alert cannot be written as JSON", e);
    }
  }

  private static <T> T read(String text, TypeReference<T> type) {
    try {
      return JSON.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The register holds an alert that is no JSON.", e);
    }
  }

  private static String text(RowView row, String column) {
    return row.getColumn(column, String.class);
  }

  private static Instant time(RowView row, String column) {
    return Instant.ofEpochMilli(row.getColumn(column, Long.class));
  }

  private static @Nullable Instant maybe(RowView row, String column) {
    @Nullable Long millis = row.getColumn(column, Long.class);
    return millis == null ? null : Instant.ofEpochMilli(millis);
  }

  private static @Nullable Long millis(@Nullable Instant time) {
    return time == null ? null : time.toEpochMilli();
  }
}
