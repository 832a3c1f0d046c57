package org.rollcall.collector.store.influx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.rollcall.protocol.Subject;
import org.rollcall.protocol.v1.Observation;

/**
 * Observations in the line protocol: {@code kind,school=S,subject=KIND:NAME measure=1.5,… MILLIS}.
 * Numbers are floats without exception, so that a measure's type can never change. A reason is a
 * field when there is one; an observation that carries nothing at all has an empty one, because a
 * point needs a field. Writer thread.
 */
final class Lines {
  /** InfluxDB's manual advises 5,000 to 10,000 lines a request. */
  static final int MAX_LINES = 5_000;

  /** Far below the 25 MB at which InfluxDB cuts a request off. */
  static final int MAX_CHARACTERS = 1 << 20;

  private final List<String> requests = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private int lines;

  void add(String school, Observation observation) {
    if (lines == MAX_LINES || text.length() > MAX_CHARACTERS) {
      close();
    }
    text.append(Subject.kind(observation.getSubject()));
    tag(Names.SCHOOL, school);
    tag(Names.SUBJECT, observation.getSubject());
    char before = ' ';
    for (Map.Entry<String, Double> measure : observation.getMeasuresMap().entrySet()) {
      text.append(before).append(Names.field(measure.getKey())).append('=');
      text.append(measure.getValue().doubleValue());
      before = ',';
    }
    if (before == ' ' || !observation.getReason().isEmpty()) {
      text.append(before).append(Names.REASON).append("=\"");
      escape(observation.getReason(), "\"\\");
      text.append('"');
    }
    text.append(' ').append(observation.getTimeMillis()).append('\n');
    lines++;
  }

  private void tag(String key, String value) {
    text.append(',').append(key).append('=');
    escape(Names.tag(value), ", =");
  }

  private void escape(String value, String special) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (special.indexOf(c) >= 0) {
        text.append('\\');
      }
      text.append(c);
    }
  }

  private void close() {
    if (lines > 0) {
      requests.add(text.toString());
      text.setLength(0);
      lines = 0;
    }
  }

  /** The requests that carry all that was added, each within the limits. */
  List<String> requests() {
    close();
    return requests;
  }

  /** The two halves of a request of more than one line; itself when it is one. */
  static List<String> halves(String request) {
    int middle = request.indexOf('\n', request.length() / 2 - 1) + 1;
    if (middle <= 0 || middle >= request.length()) {
      middle = request.lastIndexOf('\n', request.length() - 2) + 1;
    }
    return middle == 0
        ? List.of(request)
        : List.of(request.substring(0, middle), request.substring(middle));
  }
}
