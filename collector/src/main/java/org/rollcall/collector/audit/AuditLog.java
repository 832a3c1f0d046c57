package org.rollcall.collector.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.result.RowView;
import org.jspecify.annotations.Nullable;

/**
 * The audit log in the register. An entry is written in the transaction of what it tells of: either
 * both are there or neither. Any thread.
 */
public final class AuditLog {
  /** The Cybersecurity Law of the PRC, article 21(3), asks for six months of logs at least. */
  public static final Duration LEAST_KEPT = Duration.ofDays(183);

  /** How long entries are kept; a project default. */
  public static final Duration KEPT = Duration.ofDays(366);

  private static final int LONGEST_TEXT = 200;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Jdbi jdbi;
  private final Clock clock;
  private final AtomicLong swept = new AtomicLong(Long.MIN_VALUE);

  /**
   * What to list.
   *
   * @param account only of this account; empty for all
   * @param action only actions that begin so; empty for all
   * @param subject only of this; empty for all
   */
  public record Filter(String account, String action, String subject) {
    public Filter(String account, String action) {
      this(account, action, "");
    }
  }

  /** One page, newest first, and how many there are in all. */
  public record Page(long total, List<AuditEntry> entries) {
    public Page {
      entries = List.copyOf(entries);
    }
  }

  public AuditLog(Jdbi jdbi, Clock clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  /** What an entry says beside who and when; the detail is what JSON can hold, and no secret. */
  public record Told(String action, String subject, Map<String, ?> detail) {
    public Told {
      detail = Collections.unmodifiableMap(new LinkedHashMap<>(detail));
    }
  }

  /**
   * Does something and writes it down, in one transaction: either both are there or neither. What
   * {@code work} does in the register by this thread is part of it.
   *
   * @param told what to say of it; null when nothing was done
   */
  public <T> T recording(Actor actor, Supplier<T> work, Function<T, @Nullable Told> told) {
    return jdbi.inTransaction(
        handle -> {
          T done = work.get();
          Told said = told.apply(done);
          if (said != null) {
            record(handle, actor, said.action(), said.subject(), said.detail());
          }
          return done;
        });
  }

  /** Writes an entry in a transaction of its own, for what changes nothing in the register. */
  public void record(Actor actor, String action, String subject, Map<String, ?> detail) {
    jdbi.useTransaction(handle -> record(handle, actor, action, subject, detail));
  }

  /**
   * Writes an entry.
   *
   * @param handle in whose transaction
   * @param action such as {@code account.add}
   * @param subject to what it was done; cut after 200 letters
   * @param detail what JSON can hold; no secrets
   */
  public void record(
      Handle handle, Actor actor, String action, String subject, Map<String, ?> detail) {
    long now = clock.millis();
    handle
        .createUpdate(
            "INSERT INTO audit (at_millis, account, source, action, subject, detail)"
                + " VALUES (:at, :account, :source, :action, :subject, :detail)")
        .bind("at", now)
        .bind("account", cut(actor.account()))
        .bind("source", cut(actor.source()))
        .bind("action", action)
        .bind("subject", cut(subject))
        .bind("detail", json(detail))
        .execute();
    sweep(handle, now);
  }

  /** Drops what is old enough, once a day. */
  private void sweep(Handle handle, long now) {
    long last = swept.get();
    if (last <= now - Duration.ofDays(1).toMillis() && swept.compareAndSet(last, now)) {
      handle.execute("DELETE FROM audit WHERE at_millis < ?", now - KEPT.toMillis());
    }
  }

  private static String cut(String text) {
    if (text.length() <= LONGEST_TEXT) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(LONGEST_TEXT - 1)) ? 199 : LONGEST_TEXT;
    return text.substring(0, end);
  }

  private static String json(Map<String, ?> detail) {
    try {
      return JSON.writeValueAsString(detail);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("The detail of an audit entry is no JSON", e);
    }
  }

  /**
   * A page of the log, newest first.
   *
   * @param offset how many to pass over, 0 or more
   * @param limit how many at most, 1 or more
   */
  public Page list(Filter filter, long offset, int limit) {
    String where =
        " FROM audit WHERE (:account = '' OR account = :account)"
            + " AND substr(action, 1, length(:action)) = :action"
            + (filter.subject().isEmpty() ? " AND :subject = ''" : " AND subject = :subject");
    return jdbi.inTransaction(
        handle ->
            new Page(
                handle
                    .createQuery("SELECT count(*)" + where)
                    .bind("account", filter.account())
                    .bind("action", filter.action())
                    .bind("subject", filter.subject())
                    .mapTo(Long.class)
                    .one(),
                handle
                    .createQuery(
                        "SELECT id, at_millis, account, source, action, subject, detail"
                            + where
                            + " ORDER BY id DESC LIMIT :limit OFFSET :offset")
                    .bind("account", filter.account())
                    .bind("action", filter.action())
                    .bind("subject", filter.subject())
                    .bind("limit", limit)
                    .bind("offset", offset)
                    .map(AuditLog::entry)
                    .list()));
  }

  private static AuditEntry entry(RowView row) {
    return new AuditEntry(
        row.getColumn("id", Long.class),
        Instant.ofEpochMilli(row.getColumn("at_millis", Long.class)),
        row.getColumn("account", String.class),
        row.getColumn("source", String.class),
        row.getColumn("action", String.class),
        row.getColumn("subject", String.class),
        row.getColumn("detail", String.class));
  }
}
