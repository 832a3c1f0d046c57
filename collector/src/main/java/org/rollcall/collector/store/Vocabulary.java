package org.rollcall.collector.store;

import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.rollcall.protocol.Limits;
import org.rollcall.protocol.Subject;
import org.rollcall.protocol.v1.Observation;
import org.rollcall.protocol.v1.Report;

/**
 * The kinds of subject and their measures that a store holds or has promised to hold. Both are
 * bounded, because a store pays for each of them with files and memory for ever: one agent that
 * makes names up must not take the store from all others. What is admitted once stays admitted.
 *
 * <p>Any thread.
 */
public final class Vocabulary {
  public static final int MAX_KINDS = 64;
  public static final int MAX_MEASURES = 64;

  private final Map<String, Set<String>> kinds = new ConcurrentHashMap<>();

  /** Takes in what a store already holds, whatever its number. */
  public void learn(String kind, Iterable<String> measures) {
    Set<String> known = kinds.computeIfAbsent(kind, k -> ConcurrentHashMap.newKeySet());
    measures.forEach(known::add);
  }

  /** Every kind there is, in alphabetical order. */
  public SortedSet<String> kinds() {
    return new TreeSet<>(kinds.keySet());
  }

  /**
   * Null when all of the report is admitted, else why not: {@code bad-subject}, {@code
   * reserved-kind} (an observation of kind {@code gap}), {@code bad-measure}, {@code
   * too-many-kinds} or {@code too-many-measures}.
   */
  public @Nullable String admit(Report report) {
    if (report.getGapsCount() > 0) {
      String fault = admitGaps();
      if (fault != null) {
        return fault;
      }
    }
    for (int i = 0; i < report.getObservationsCount(); i++) {
      String fault = admit(report.getObservations(i));
      if (fault != null) {
        return fault;
      }
    }
    return null;
  }

  private @Nullable String admit(Observation observation) {
    String subject = observation.getSubject();
    int colon = subject.indexOf(':');
    if (colon < 0) {
      return "bad-subject";
    }
    String kind = subject.substring(0, colon);
    if (kind.equals(GapObservation.KIND)) {
      return "reserved-kind";
    }
    Set<String> known = kinds.get(kind);
    if (known == null) {
      if (!Subject.isKind(kind)) {
        return "bad-subject";
      }
      known = addKind(kind);
      if (known == null) {
        return "too-many-kinds";
      }
    }
    for (String measure : observation.getMeasuresMap().keySet()) {
      if (!known.contains(measure)) {
        if (!Limits.isMeasureName(measure)) {
          return "bad-measure";
        }
        if (!addMeasure(known, measure)) {
          return "too-many-measures";
        }
      }
    }
    return null;
  }

  private @Nullable String admitGaps() {
    Set<String> known = kinds.get(GapObservation.KIND);
    if (known == null) {
      known = addKind(GapObservation.KIND);
      if (known == null) {
        return "too-many-kinds";
      }
    }
    boolean room =
        addMeasure(known, GapObservation.UNTIL_MILLIS) && addMeasure(known, GapObservation.REPORTS);
    return room ? null : "too-many-measures";
  }

  private synchronized @Nullable Set<String> addKind(String kind) {
    Set<String> known = kinds.get(kind);
    if (known == null && kinds.size() < MAX_KINDS) {
      known = ConcurrentHashMap.newKeySet();
      kinds.put(kind, known);
    }
    return known;
  }

  private synchronized boolean addMeasure(Set<String> known, String measure) {
    return known.contains(measure) || (known.size() < MAX_MEASURES && known.add(measure));
  }
}
