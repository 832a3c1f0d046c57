package org.rollcall.collector.store.influx;

import java.util.List;
import java.util.Map;
import org.influxdb.dto.QueryResult;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.store.ObservationStore.Visitor;
import org.rollcall.protocol.v1.Observation;

/** Observations of what InfluxDB answers. */
final class Rows {
  private Rows() {}

  /**
   * Visits a series' rows in their order.
   *
   * @param school of rows that do not carry one
   * @param subject of rows that do not carry one
   */
  static void visit(QueryResult.Series series, String school, String subject, Visitor visitor) {
    Map<String, String> tags = series.getTags();
    String ofSchool = tag(tags, Names.SCHOOL, school);
    String ofSubject = tag(tags, Names.SUBJECT, subject);
    List<String> columns = series.getColumns();
    @Nullable String[] measures = new @Nullable String[columns.size()];
    int reason = columns.indexOf(Names.REASON);
    for (int i = 1; i < measures.length; i++) { // the first is the time
      measures[i] = Names.measure(columns.get(i));
    }
    for (List<Object> row : series.getValues()) {
      Observation.Builder observation =
          Observation.newBuilder().setSubject(ofSubject).setTimeMillis(millis(row));
      for (int i = 1; i < measures.length; i++) {
        String measure = measures[i];
        if (measure != null && row.get(i) instanceof Number value) {
          observation.putMeasures(measure, value.doubleValue());
        }
      }
      if (reason > 0 && row.get(reason) instanceof String text) {
        observation.setReason(text);
      }
      visitor.row(ofSchool, observation.build());
    }
  }

  private static String tag(@Nullable Map<String, String> tags, String key, String otherwise) {
    String value = tags == null ? null : tags.get(key);
    return value == null ? otherwise : Names.text(value);
  }

  /** A row's time, milliseconds since 1970. */
  static long millis(List<Object> row) {
    if (row.get(0) instanceof Number time) {
      return time.longValue();
    }
    throw new IllegalStateException("BUG: InfluxDB answers a time as " + row.get(0));
  }
}
