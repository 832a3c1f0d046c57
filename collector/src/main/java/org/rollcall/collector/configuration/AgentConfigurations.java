package org.rollcall.collector.configuration;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.result.RowView;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.database.Database;
import org.rollcall.protocol.Limits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every configuration ever set for an agent. Commands set them in a process of their own while the
 * server runs, which asks for {@link #newerThan}. Any thread; every call blocks on the database.
 */
public final class AgentConfigurations {
  private static final Logger log = LoggerFactory.getLogger(AgentConfigurations.class);

  private final Database database;
  private final InstantSource clock;

  public AgentConfigurations(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * Keeps a configuration as the agent's newest.
   *
   * @param yaml checked before; empty takes back what was pushed
   * @return its revision
   */
  public long set(String agent, String yaml, String by) {
    return database
        .jdbi()
        .inTransaction(
            handle ->
                handle
                    .createQuery(
                        "INSERT INTO agent_configuration (revision, agent, yaml, set_millis, set_by)"
                            + " SELECT coalesce(max(revision), 0) + 1, :agent, :yaml, :now, :by"
                            + " FROM agent_configuration RETURNING revision")
                    .bind("agent", agent)
                    .bind("yaml", yaml)
                    .bind("now", clock.millis())
                    .bind("by", by)
                    .mapTo(Long.class)
                    .one());
  }

  /**
   * Keeps what the agent said of a configuration. Control characters are left out: people read it
   * on a terminal.
   *
   * @param problem why it cannot use it, of which {@link Limits#MAX_REFUSAL} characters are kept;
   *     null: it runs it
   */
  public void answered(String agent, long revision, @Nullable String problem) {
    database
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createUpdate(
                        "UPDATE agent_configuration SET answered_millis = :now, problem = :problem"
                            + " WHERE revision = :revision AND agent = :agent")
                    .bind("now", clock.millis())
                    .bind("problem", problem == null ? null : readable(problem))
                    .bind("revision", revision)
                    .bind("agent", agent)
                    .execute());
    if (problem != null) {
      log.atWarn()
          .addKeyValue("agent", agent)
          .addKeyValue("revision", revision)
          .addKeyValue("problem", readable(problem))
          .log("An agent cannot use the configuration it was told; it keeps the one before");
    }
  }

  private static String readable(String said) {
    StringBuilder text = new StringBuilder();
    said.codePoints()
        .limit(Limits.MAX_REFUSAL)
        .filter(c -> c == '\n' || !Character.isISOControl(c))
        .forEach(text::appendCodePoint);
    return text.toString();
  }

  /** The newest of this agent; null when it was never set one. */
  public @Nullable AgentConfiguration current(String agent) {
    List<AgentConfiguration> newest = select("agent = :of ORDER BY revision DESC LIMIT 1", agent);
    return newest.isEmpty() ? null : newest.get(0);
  }

  /** All of this agent, the newest first. */
  public List<AgentConfiguration> history(String agent) {
    return select("agent = :of ORDER BY revision DESC", agent);
  }

  /** What was set after this revision, oldest first. */
  public List<AgentConfiguration> newerThan(long revision) {
    return select("revision > :of ORDER BY revision", revision);
  }

  /** The newest of all; 0 when none was ever set. */
  public long revision() {
    return database
        .readOnly()
        .withHandle(
            handle ->
                handle
                    .createQuery("SELECT coalesce(max(revision), 0) FROM agent_configuration")
                    .mapTo(Long.class)
                    .one());
  }

  private List<AgentConfiguration> select(String where, Object of) {
    return database
        .readOnly()
        .withHandle(
            handle ->
                handle
                    .createQuery("SELECT * FROM agent_configuration WHERE " + where)
                    .bind("of", of)
                    .reduceRows(
                        new ArrayList<AgentConfiguration>(),
                        (all, row) -> {
                          all.add(configuration(row));
                          return all;
                        }));
  }

  private static AgentConfiguration configuration(RowView row) {
    return new AgentConfiguration(
        row.getColumn("agent", String.class),
        row.getColumn("revision", Long.class),
        row.getColumn("yaml", String.class),
        Instant.ofEpochMilli(row.getColumn("set_millis", Long.class)),
        row.getColumn("set_by", String.class),
        instant(row.getColumn("answered_millis", Long.class)),
        row.getColumn("problem", String.class));
  }

  private static @Nullable Instant instant(@Nullable Long millis) {
    return millis == null ? null : Instant.ofEpochMilli(millis);
  }
}
