package org.rollcall.collector.channels;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.channels.Delivery.State;
import org.rollcall.collector.channels.Message.Tone;
import org.rollcall.collector.database.Database;

/**
 * The outbox, which is the delivery log, too. Any thread; every call blocks on the database. No
 * address of a channel is kept.
 */
final class DeliveryRows {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Messages that may wait for one channel. Project default. */
  static final int MOST_WAITING = 1_000;

  private final Database database;

  DeliveryRows(Database database) {
    this.database = database;
  }

  /** One that waits. */
  record Waiting(
      long id, Message message, List<Recipient> to, int attempts, Instant posted, Instant due) {}

  /**
   * Puts a message in for one channel, unless one with its key is there already. Beyond {@link
   * #MOST_WAITING} the oldest fail.
   *
   * @param dueMillis when it is to be sent
   */
  void put(
      Handle handle,
      String channel,
      List<Recipient> to,
      Message message,
      long postedMillis,
      long dueMillis) {
    handle
        .createUpdate(
            "INSERT INTO delivery (channel, message_key, topic, tone, region, message, recipients,"
                + " state, attempts, posted_millis, due_millis, sent_millis, reason)"
                + " VALUES (:channel, :key, :topic, :tone, :region, :message, :to, 'WAITING', 0,"
                + " :posted, :due, NULL, '') ON CONFLICT (channel, message_key) DO NOTHING")
        .bind("channel", channel)
        .bind("key", message.key())
        .bind("topic", message.topic())
        .bind("tone", message.tone().name())
        .bind("region", message.region())
        .bind("message", json(message))
        .bind("to", json(to))
        .bind("posted", postedMillis)
        .bind("due", dueMillis)
        .execute();
    handle.execute(
        "UPDATE delivery SET state = 'FAILED', reason = 'too-many' WHERE channel = ?"
            + " AND state = 'WAITING' AND id <= (SELECT id FROM delivery WHERE channel = ?"
            + " AND state = 'WAITING' ORDER BY id DESC LIMIT 1 OFFSET ?)",
        channel,
        channel,
        MOST_WAITING);
  }

  /** When a channel was used between two times and what came of it is certain, oldest first. */
  List<Instant> tried(String channel, Instant since, Instant until) {
    return database
        .readOnly()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "SELECT DISTINCT due_millis FROM delivery WHERE channel = :channel"
                            + " AND state IN ('SENT', 'FAILED') AND due_millis >= :since"
                            + " AND due_millis <= :until ORDER BY due_millis")
                    .bind("channel", channel)
                    .bind("since", since.toEpochMilli())
                    .bind("until", until.toEpochMilli())
                    .mapTo(Long.class)
                    .list())
        .stream()
        .map(Instant::ofEpochMilli)
        .toList();
  }

  /** Until when a channel waits after its last failure; the beginning of 1970 where it does not. */
  Instant putOff(String channel) {
    return Instant.ofEpochMilli(
        database
            .readOnly()
            .withHandle(
                handle ->
                    handle
                        .createQuery(
                            "SELECT coalesce(max(due_millis), 0) FROM delivery"
                                + " WHERE channel = :channel AND state = 'WAITING' AND attempts > 0")
                        .bind("channel", channel)
                        .mapTo(Long.class)
                        .one()));
  }

  /** Whether one of a channel's waiting messages is due. */
  boolean anyDue(String channel, long nowMillis) {
    return database
        .readOnly()
        .withHandle(
            handle ->
                handle
                        .createQuery(
                            "SELECT count(*) FROM delivery WHERE channel = :channel"
                                + " AND state = 'WAITING' AND due_millis <= :now")
                        .bind("channel", channel)
                        .bind("now", nowMillis)
                        .mapTo(Long.class)
                        .one()
                    > 0);
  }

  /** The waiting messages of a channel in the order in which they were posted. */
  List<Waiting> waiting(String channel, int most) {
    return database
        .readOnly()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "SELECT * FROM delivery WHERE channel = :channel AND state = 'WAITING'"
                            + " ORDER BY id LIMIT :most")
                    .bind("channel", channel)
                    .bind("most", most)
                    .map(
                        row ->
                            new Waiting(
                                row.getColumn("id", Long.class),
                                read(text(row, "message"), Message.class),
                                List.of(read(text(row, "recipients"), Recipient[].class)),
                                row.getColumn("attempts", Integer.class),
                                time(row, "posted_millis"),
                                time(row, "due_millis")))
                    .list());
  }

  /** Of these topics those of which the channel has sent anything. */
  Set<String> sentTopics(String channel, Collection<String> topics) {
    return new HashSet<>(
        database
            .readOnly()
            .withHandle(
                handle ->
                    handle
                        .createQuery(
                            "SELECT DISTINCT topic FROM delivery WHERE channel = :channel"
                                + " AND state = 'SENT' AND topic IN (<topics>)")
                        .bind("channel", channel)
                        .bindList("topics", List.copyOf(topics))
                        .mapTo(String.class)
                        .list()));
  }

  /** They are done, or are to be tried again at {@code due}. */
  void mark(Collection<Long> ids, State state, Instant due, @Nullable Instant sent, String reason) {
    if (ids.isEmpty()) {
      return;
    }
    database
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createUpdate(
                        "UPDATE delivery SET state = :state, attempts = attempts + 1,"
                            + " due_millis = :due, sent_millis = :sent, reason = :reason"
                            + " WHERE id IN (<ids>)")
                    .bind("state", state.name())
                    .bind("due", due.toEpochMilli())
                    .bind("sent", sent == null ? null : sent.toEpochMilli())
                    .bind("reason", reason)
                    .bindList("ids", List.copyOf(ids))
                    .execute());
  }

  /**
   * The log, the newest first.
   *
   * @param channel null: any
   * @param state null: any
   */
  List<Delivery> log(@Nullable String channel, @Nullable State state, int most) {
    return database
        .readOnly()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "SELECT * FROM delivery WHERE (:channel = '' OR channel = :channel)"
                            + " AND (:state = '' OR state = :state) ORDER BY id DESC LIMIT :most")
                    .bind("channel", channel == null ? "" : channel)
                    .bind("state", state == null ? "" : state.name())
                    .bind("most", most)
                    .map(DeliveryRows::delivery)
                    .list());
  }

  /** How many wait, by channel. */
  Map<String, Long> waiting() {
    return database
        .readOnly()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "SELECT channel, count(*) AS n FROM delivery WHERE state = 'WAITING'"
                            + " GROUP BY channel")
                    .reduceRows(
                        new HashMap<String, Long>(),
                        (all, row) -> {
                          all.put(text(row, "channel"), row.getColumn("n", Long.class));
                          return all;
                        }));
  }

  /** Forgets what was done before a time. */
  void prune(Instant before) {
    database
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "DELETE FROM delivery WHERE state <> 'WAITING' AND posted_millis < ?",
                    before.toEpochMilli()));
  }

  private static Delivery delivery(RowView row) {
    Message message = read(text(row, "message"), Message.class);
    @Nullable Long sent = row.getColumn("sent_millis", Long.class);
    return new Delivery(
        row.getColumn("id", Long.class),
        text(row, "channel"),
        text(row, "topic"),
        Tone.valueOf(text(row, "tone")),
        text(row, "region"),
        message.title(),
        List.of(read(text(row, "recipients"), Recipient[].class)).stream()
            .map(Recipient::name)
            .toList(),
        State.valueOf(text(row, "state")),
        row.getColumn("attempts", Integer.class),
        time(row, "posted_millis"),
        time(row, "due_millis"),
        sent == null ? null : Instant.ofEpochMilli(sent),
        text(row, "reason"));
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("BUG: a message cannot be written as JSON", e);
    }
  }

  private static <T> T read(String text, Class<T> type) {
    try {
      return JSON.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The register holds a message that is no JSON.", e);
    }
  }

  private static String text(RowView row, String column) {
    return row.getColumn(column, String.class);
  }

  private static Instant time(RowView row, String column) {
    return Instant.ofEpochMilli(row.getColumn(column, Long.class));
  }
}
