package org.rollcall.simulator.bench;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.rollcall.collector.alerts.Alert;
import org.rollcall.collector.alerts.AlertDesk;

/** Holds what was told against what was broken. */
final class AlertCount {
  /** An alert may follow its cause by so long: to be noticed, to be joined with others. */
  private static final int LATE_MINUTES = 30;

  private final List<AlertFault> faults;
  private final List<AlertDesk.Case> cases;
  private final Instant midnight;
  private final Map<String, Integer> numbers = new HashMap<>();

  AlertCount(
      List<AlertFault> faults, List<AlertDesk.Case> cases, List<String> codes, Instant midnight) {
    this.faults = faults;
    this.cases = cases;
    this.midnight = midnight;
    for (int i = 0; i < codes.size(); i++) {
      numbers.put(codes.get(i), i);
    }
  }

  /** The JSON of it. */
  String json(long told, long ends, long letters) {
    long causes = faults.stream().filter(AlertFault::isCause).count();
    List<String> missed = new ArrayList<>();
    for (AlertFault fault : faults) {
      if (fault.isCause() && cases.stream().noneMatch(each -> tells(each.alert(), fault))) {
        missed.add(fault.kind() + "@" + fault.from());
      }
    }
    long raised = cases.stream().filter(each -> each.alert().times().fired() != null).count();
    long stuck =
        cases.stream().filter(each -> each.alert().isOpen() && !isOn(each.alert())).count();
    Map<String, Integer> extra = extra();
    System.err.println("missed: " + missed);
    System.err.println("told beyond one a cause, by rule: " + extra);
    return String.format(
        Locale.ROOT,
        "{\"causes\":%d,\"raised\":%d,\"notifications\":%d,\"notificationsPerCause\":%.2f,"
            + "\"missed\":%d,\"stuck\":%d,\"recoveries\":%d,\"letters\":%d}",
        causes,
        raised,
        told,
        told / (double) causes,
        missed.size(),
        stuck,
        ends,
        letters);
  }

  /** Whether people were told of it in time by its rule, for most of its schools. */
  private boolean tells(Alert alert, AlertFault fault) {
    if (!fault.kind().rule().equals(alert.about().rule()) || alert.told().isEmpty()) {
      return false;
    }
    int at = minute(alert.told().get(0).at());
    Set<Integer> its = schools(alert);
    long hit = fault.schools().stream().filter(its::contains).count();
    return at >= fault.from()
        && at <= fault.to() + LATE_MINUTES
        && 2 * hit >= fault.schools().size();
  }

  private boolean isOn(Alert alert) {
    Set<Integer> its = schools(alert);
    return faults.stream()
        .filter(fault -> fault.to() >= 24 * 60)
        .anyMatch(fault -> fault.schools().stream().anyMatch(its::contains));
  }

  /** Alerts of which people were told and which are of no cause, or of one already told. */
  private Map<String, Integer> extra() {
    Map<String, Integer> extra = new HashMap<>();
    Set<AlertFault> heard = new HashSet<>();
    for (int i = cases.size() - 1; i >= 0; i--) {
      Alert alert = cases.get(i).alert();
      if (!alert.told().isEmpty()) {
        AlertFault its =
            faults.stream()
                .filter(fault -> fault.isCause() && tells(alert, fault))
                .findFirst()
                .orElse(null);
        if (its == null || !heard.add(its)) {
          extra.merge(alert.about().rule(), 1, Integer::sum);
        }
      }
    }
    return extra;
  }

  private Set<Integer> schools(Alert alert) {
    Set<Integer> its = new HashSet<>();
    alert.about().schools().forEach(code -> its.add(numbers.getOrDefault(code, -1)));
    return its;
  }

  private int minute(Instant at) {
    return (int) ((at.toEpochMilli() - midnight.toEpochMilli()) / 60_000);
  }
}
