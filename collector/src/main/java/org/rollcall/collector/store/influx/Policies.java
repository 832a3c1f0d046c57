package org.rollcall.collector.store.influx;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.influxdb.dto.QueryResult;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database and its retention policies as the settings want them. What is missing is made and
 * what differs is altered, never more: a policy that is as it should be is left alone. Any thread.
 */
final class Policies {
  static final String RAW = "raw";
  static final String FIVE_MINUTES = "five_minutes";
  static final String HOURLY = "hourly";

  /** What to tell when {@link #apply} found the observations' place missing. */
  static final String GONE =
      "The observation store's database was gone, with all that was in it, and was made anew. If it"
          + " was not dropped on purpose, restore it from a backup";

  private static final Logger LOG = LoggerFactory.getLogger(Policies.class);
  private static final Pattern PART = Pattern.compile("(\\d+)(h|m|s)");

  private final Connection connection;
  private final InfluxStore.Settings settings;

  /**
   * @param keep zero: for ever
   * @param shard how much of it InfluxDB keeps, and drops, at a time
   */
  private record Policy(String name, Duration keep, Duration shard) {
    String clauses() {
      String duration = keep.isZero() ? "INF" : keep.toSeconds() + "s";
      return " DURATION " + duration + " REPLICATION 1 SHARD DURATION " + shard.toSeconds() + "s";
    }
  }

  Policies(Connection connection, InfluxStore.Settings settings) {
    this.connection = connection;
    this.settings = settings;
  }

  private List<Policy> wanted() {
    InfluxStore.Keep keep = settings.keep();
    Policy raw = new Policy(RAW, keep.raw(), Duration.ofDays(1));
    return keep.rollsUp()
        ? List.of(
            raw,
            new Policy(FIVE_MINUTES, keep.fiveMinutes(), Duration.ofDays(7)),
            new Policy(HOURLY, keep.hourly(), Duration.ofDays(30)))
        : List.of(raw);
  }

  /**
   * Makes what is missing.
   *
   * @return whether the place for raw observations was missing, and with it all that was in it
   * @throws RefusedException if the user may not
   */
  synchronized boolean apply() throws IOException {
    String database = Names.identifier(settings.database());
    Map<String, Policy> found = found();
    List<Policy> wanted = wanted();
    boolean missing = false;
    if (found == null) {
      connection.ask(
          "CREATE DATABASE " + database + " WITH" + wanted.get(0).clauses() + " NAME \"raw\"");
      found = Map.of(RAW, wanted.get(0));
      missing = true;
    }
    for (Policy policy : wanted) {
      Policy now = found.get(policy.name());
      if (!policy.equals(now)) {
        missing |= now == null && policy.name().equals(RAW);
        connection.ask(
            (now == null ? "CREATE" : "ALTER")
                + " RETENTION POLICY "
                + Names.identifier(policy.name())
                + " ON "
                + database
                + policy.clauses()
                + (policy.name().equals(RAW) ? " DEFAULT" : ""));
        LOG.atInfo()
            .addKeyValue("policy", policy.name())
            .addKeyValue("keep", policy.keep())
            .addKeyValue("before", now == null ? "none" : now.keep())
            .log("Retention policy of the observation store set");
      }
    }
    return missing;
  }

  /** What there is by name, or null without the database. */
  private @Nullable Map<String, Policy> found() throws IOException {
    boolean known =
        rows("SHOW DATABASES").stream().anyMatch(row -> settings.database().equals(row.get(0)));
    if (!known) {
      return null;
    }
    Map<String, Policy> found = new HashMap<>();
    String ask = "SHOW RETENTION POLICIES ON " + Names.identifier(settings.database());
    for (List<Object> row : rows(ask)) {
      String name = String.valueOf(row.get(0));
      found.put(
          name,
          new Policy(
              name, duration(String.valueOf(row.get(1))), duration(String.valueOf(row.get(2)))));
    }
    return found;
  }

  private List<List<Object>> rows(String statement) throws IOException {
    List<QueryResult.Series> series = connection.ask(statement).get(0).getSeries();
    return series == null || series.get(0).getValues() == null
        ? List.of()
        : series.get(0).getValues();
  }

  /** As InfluxDB writes it: {@code 2160h0m0s}. */
  private static Duration duration(String text) {
    Duration sum = Duration.ZERO;
    Matcher part = PART.matcher(text);
    while (part.find()) {
      long number = Long.parseLong(part.group(1));
      sum =
          sum.plus(
              switch (part.group(2)) {
                case "h" -> Duration.ofHours(number);
                case "m" -> Duration.ofMinutes(number);
                default -> Duration.ofSeconds(number);
              });
    }
    return sum;
  }
}
