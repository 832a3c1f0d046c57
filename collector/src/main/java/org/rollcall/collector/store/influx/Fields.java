package org.rollcall.collector.store.influx;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.influxdb.dto.QueryResult;
import org.jspecify.annotations.Nullable;
import org.rollcall.protocol.Subject;
import org.rollcall.protocol.v1.Observation;
import org.rollcall.protocol.v1.Report;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The fields InfluxDB has, and those of them that somebody else made of another type: a number of
 * ours can never be stored there while they last, so reports that carry it are refused before they
 * are queued. Any thread.
 */
final class Fields {
  static final String CONFLICT = "field-type-conflict";

  private static final Logger LOG = LoggerFactory.getLogger(Fields.class);
  private static final String FLOAT = "float";
  private static final String STRING = "string";

  private final Connection connection;
  private final String database;

  /** Kind and field, joined by a space. */
  private final Set<String> conflicts = ConcurrentHashMap.newKeySet();

  private volatile Map<String, List<String>> measures = Map.of();

  Fields(Connection connection, String database) {
    this.connection = connection;
    this.database = database;
  }

  /** Looks what there is, and tells of every conflict that was not known. */
  synchronized void look() throws IOException {
    String ask = "SHOW FIELD KEYS ON " + Names.identifier(database);
    List<QueryResult.Series> found = connection.ask(ask).get(0).getSeries();
    Map<String, List<String>> kinds = new TreeMap<>();
    Set<String> wrong = ConcurrentHashMap.newKeySet();
    for (QueryResult.Series series : found == null ? List.<QueryResult.Series>of() : found) {
      if (Subject.isKind(series.getName())) {
        kinds.put(series.getName(), read(series, wrong));
      }
    }
    measures = kinds;
    conflicts.retainAll(wrong);
    for (String conflict : wrong) {
      if (conflicts.add(conflict)) {
        LOG.atError()
            .addKeyValue("field", conflict)
            .log(
                "A field of the observation store has a type that is not Rollcall's: somebody else"
                    + " writes to its database. Reports with it are refused until it is removed");
      }
    }
  }

  private static List<String> read(QueryResult.Series series, Set<String> wrong) {
    List<String> names = new ArrayList<>();
    for (List<Object> row : series.getValues()) {
      String field = String.valueOf(row.get(0));
      String measure = Names.measure(field);
      if (!(measure == null ? STRING : FLOAT).equals(row.get(1))) {
        wrong.add(series.getName() + ' ' + field);
      }
      if (measure != null && !names.contains(measure)) {
        names.add(measure);
      }
    }
    return names;
  }

  /** Measures by kind, as of the last look. */
  Map<String, List<String>> measures() {
    return measures;
  }

  /** {@link #CONFLICT} when the report carries what cannot be stored, else null. */
  @Nullable String refuses(Report report) {
    if (conflicts.isEmpty()) {
      return null;
    }
    for (Observation observation : report.getObservationsList()) {
      String kind = Subject.kind(observation.getSubject()) + ' ';
      if (conflicts.contains(kind + Names.REASON) && !observation.getReason().isEmpty()) {
        return CONFLICT;
      }
      for (String measure : observation.getMeasuresMap().keySet()) {
        if (conflicts.contains(kind + Names.field(measure))) {
          return CONFLICT;
        }
      }
    }
    return null;
  }
}
