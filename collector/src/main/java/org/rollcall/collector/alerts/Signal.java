package org.rollcall.collector.alerts;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is the case now, with a number. Whether it is worth an alert a rule says.
 *
 * @param key the same as long as it lasts, unique among signals of its kind; for what a cause is
 *     behind, the cause's id
 * @param region of its schools, or that they share; the region itself where no school is meant
 * @param schools codes, by code; empty for a region or for this server
 * @param subject as agents name it; empty: the school, the region or this server
 * @param value in the unit of its kind
 * @param since when it began, as far as it is known
 * @param seen the newest look it rests on
 * @param params of its sentences
 * @param classes whose lessons are affected
 * @param impact lesson minutes lost since Monday times classes
 * @param planned whether it is in a maintenance window
 * @param behind subjects of its schools that cannot be seen or cannot work because of it
 */
public record Signal(
    SignalKind kind,
    String key,
    String region,
    List<String> schools,
    String subject,
    double value,
    Instant since,
    Instant seen,
    Map<String, String> params,
    int classes,
    long impact,
    boolean planned,
    Set<String> behind) {

  public Signal {
    schools = List.copyOf(schools);
    params = Map.copyOf(params);
    behind = Set.copyOf(behind);
    if (key.isEmpty() || key.length() > 400 || Double.isNaN(value)) {
      throw new IllegalArgumentException("The signal " + key + " has the value " + value + ".");
    }
  }

  /** Of one subject of one school, without lessons lost. */
  static Signal of(
      SignalKind kind,
      String region,
      String school,
      String subject,
      double value,
      Instant since,
      Instant seen,
      Map<String, String> params) {
    return new Signal(
        kind,
        kind.id() + "." + school + "." + subject,
        region,
        List.of(school),
        subject,
        value,
        since,
        seen,
        params,
        0,
        0,
        false,
        Set.of());
  }
}
