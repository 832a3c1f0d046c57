package org.rollcall.collector.store.influx;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.influxdb.dto.QueryResult;
import org.rollcall.collector.store.ObservationStore.Steps;
import org.rollcall.collector.store.Point;
import org.rollcall.protocol.Subject;

/**
 * What is left of observations that are gone: figures of five minutes, and before that of hours.
 */
final class Past {
  private final Connection connection;
  private final Statements statements;
  private final InfluxStore.Keep keep;
  private final Instant now;

  /** What both questions have in common. */
  private record Asked(String figures, String ofSubject, List<Point> points) {}

  Past(Connection connection, Statements statements, InfluxStore.Keep keep, Instant now) {
    this.connection = connection;
    this.statements = statements;
    this.keep = keep;
    this.now = now;
  }

  /**
   * The figures there are, oldest first, in the finest steps that are left.
   *
   * @param until exclusive; single observations begin here
   */
  List<Point> points(String school, String subject, String measure, Steps steps, Instant until)
      throws IOException {
    List<Point> points = new ArrayList<>();
    if (!Subject.isValid(subject)) {
      return points;
    }
    Instant end = until.isBefore(steps.to()) ? until : steps.to();
    Instant border = RollUp.border(now.minus(keep.fiveMinutes()));
    Asked asked = new Asked(figures(measure), Statements.ofSubject(school, subject), points);
    String kind = Subject.kind(subject);
    if (steps.from().isBefore(border)) {
      Instant hoursEnd = border.isBefore(end) ? border : end;
      ask(asked, statements.place(Policies.HOURLY, kind), steps.from(), hoursEnd);
    }
    if (border.isBefore(end)) {
      Instant begin = border.isBefore(steps.from()) ? steps.from() : border;
      ask(asked, statements.place(Policies.FIVE_MINUTES, kind), begin, end);
    }
    return points;
  }

  private static String figures(String measure) {
    StringBuilder figures = new StringBuilder("SELECT ");
    for (String figure : List.of("min_", "mean_", "max_", "p95_", "count_")) {
      if (figures.length() > "SELECT ".length()) {
        figures.append(", ");
      }
      figures.append(Names.identifier(figure + measure));
    }
    return figures.append(" FROM ").toString();
  }

  private void ask(Asked asked, String place, Instant from, Instant to) throws IOException {
    connection.stream(
        asked.figures() + place + Statements.where(from, to) + asked.ofSubject(),
        series -> read(series, asked.points()));
  }

  private static void read(QueryResult.Series series, List<Point> points) {
    for (List<Object> row : series.getValues()) {
      if (row.get(1) instanceof Number min
          && row.get(2) instanceof Number mean
          && row.get(3) instanceof Number max
          && row.get(4) instanceof Number p95
          && row.get(5) instanceof Number count) {
        points.add(
            new Point(
                Instant.ofEpochMilli(Rows.millis(row)),
                min.doubleValue(),
                mean.doubleValue(),
                max.doubleValue(),
                p95.doubleValue(),
                count.intValue()));
      }
    }
  }
}
