package org.rollcall.collector.store.influx;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.BooleanSupplier;
import org.influxdb.dto.QueryResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes figures of five minutes and of an hour out of single observations, a UTC day at a time,
 * three times: when the day has been over for a day, when a tenth of the raw data's time is left,
 * and when nothing of that day is taken any more, a day before InfluxDB drops it. Nobody reads a
 * roll-up before the raw data are gone, so late data need no bookkeeping: the last time brings them
 * in, and the ones before are for a server that is down then. InfluxDB does the work (SELECT INTO),
 * an hour of one kind a statement. Why not its continuous queries: docs/decisions/0027.
 *
 * <p>The upkeep's thread. Ends when nothing is due.
 */
final class RollUp {
  /** Which days have been rolled up and how often; no kind of subject can be called so. */
  static final String MARKS = "_rollups";

  private static final Logger LOG = LoggerFactory.getLogger(RollUp.class);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int MEASURES_AT_ONCE = 8;

  /** The passes, by their number in {@link #MARKS}. */
  private static final int OVER = 1;

  private static final int LATE = 2;
  private static final int CLOSED = 3;

  private final Connection connection;
  private final Statements statements;
  private final Fields fields;
  private final InfluxStore.Keep keep;

  RollUp(Connection connection, Statements statements, Fields fields, InfluxStore.Keep keep) {
    this.connection = connection;
    this.statements = statements;
    this.fields = fields;
    this.keep = keep;
  }

  /** Where single observations begin and roll-ups end, on the hour. */
  static Instant border(Instant keptSince) {
    return keptSince.plus(HOUR).minusMillis(1).truncatedTo(ChronoUnit.HOURS);
  }

  /**
   * Rolls up every day that is due, oldest first.
   *
   * @param stop looked at between statements
   * @return how many days were rolled up
   */
  int run(Instant now, BooleanSupplier stop) throws IOException {
    Instant first = now.minus(keep.raw()).truncatedTo(ChronoUnit.DAYS);
    Map<Long, Integer> passes = passes(first);
    int days = 0;
    for (Instant day = first; !day.plus(DAY).plus(DAY).isAfter(now); day = day.plus(DAY)) {
      int due = due(day, now);
      if (passes.getOrDefault(day.toEpochMilli(), 0) < due) {
        for (Map.Entry<String, List<String>> kind : fields.measures().entrySet()) {
          if (!roll(kind.getKey(), kind.getValue(), day, stop)) {
            return days;
          }
        }
        connection.write(
            Policies.HOURLY, MARKS + " pass=" + due + "i " + day.toEpochMilli() + "\n");
        days++;
      }
    }
    if (days > 0) {
      LOG.atInfo().addKeyValue("days", days).log("Days of observations rolled up");
    }
    return days;
  }

  private int due(Instant day, Instant now) {
    Instant closes = day.plus(keep.raw()); // InfluxStore takes nothing that is older than this
    Duration tenth = keep.raw().dividedBy(10);
    Duration margin = tenth.compareTo(DAY) < 0 ? DAY : tenth;
    if (now.isBefore(closes.minus(margin))) {
      return OVER;
    }
    return now.isBefore(closes) ? LATE : CLOSED;
  }

  private Map<Long, Integer> passes(Instant since) throws IOException {
    Map<Long, Integer> passes = new HashMap<>();
    String ask =
        "SELECT \"pass\" FROM "
            + statements.place(Policies.HOURLY, MARKS)
            + Statements.where(since, since.plus(keep.raw()).plus(DAY));
    connection.stream(
        ask,
        series -> {
          for (List<Object> row : series.getValues()) {
            if (row.get(1) instanceof Number pass) {
              passes.put(Rows.millis(row), pass.intValue());
            }
          }
        });
    return passes;
  }

  /** False when it was stopped. */
  private boolean roll(String kind, List<String> measures, Instant day, BooleanSupplier stop)
      throws IOException {
    if (isEmpty(kind, day)) {
      return true;
    }
    for (Instant hour = day; hour.isBefore(day.plus(DAY)); hour = hour.plus(HOUR)) {
      for (int i = 0; i < measures.size(); i += MEASURES_AT_ONCE) {
        if (stop.getAsBoolean()) {
          return false;
        }
        List<String> some = measures.subList(i, Math.min(measures.size(), i + MEASURES_AT_ONCE));
        connection.ask(into(Policies.FIVE_MINUTES, "5m", kind, some, hour));
        connection.ask(into(Policies.HOURLY, "1h", kind, some, hour));
      }
    }
    return true;
  }

  private boolean isEmpty(String kind, Instant day) throws IOException {
    List<QueryResult.Series> any = new ArrayList<>();
    connection.stream(
        "SELECT *::field FROM "
            + statements.place(Policies.RAW, kind)
            + Statements.where(day, day.plus(DAY))
            + " LIMIT 1",
        any::add);
    return any.isEmpty();
  }

  private String into(String policy, String step, String kind, List<String> some, Instant hour) {
    StringJoiner figures = new StringJoiner(", ");
    for (String measure : some) {
      String field = '(' + Names.identifier(Names.field(measure));
      figures.add("min" + field + ") AS " + Names.identifier("min_" + measure));
      figures.add("mean" + field + ") AS " + Names.identifier("mean_" + measure));
      figures.add("max" + field + ") AS " + Names.identifier("max_" + measure));
      figures.add("percentile" + field + ", 95) AS " + Names.identifier("p95_" + measure));
      figures.add("count" + field + ") AS " + Names.identifier("count_" + measure));
    }
    return "SELECT "
        + figures
        + " INTO "
        + statements.place(policy, kind)
        + " FROM "
        + statements.place(Policies.RAW, kind)
        + Statements.where(hour, hour.plus(HOUR))
        + " GROUP BY time("
        + step
        + "), \"school\", \"subject\" fill(none)";
  }
}
