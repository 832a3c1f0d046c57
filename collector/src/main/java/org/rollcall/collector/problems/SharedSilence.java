package org.rollcall.collector.problems;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.rollcall.collector.problems.Cause.Behind;

/**
 * Makes one cause of schools of one township and one ISP that fell silent at about the same time:
 * what they share is broken, not each of them. A viewer sees a whole township or one school of it,
 * so that nobody learns of others by it. Pure.
 */
final class SharedSilence {
  /** Fewer may be chance. Project default. */
  static final int LEAST = 3;

  /** How far apart the last words of schools cut off by one fault lie. Project default. */
  static final Duration TOGETHER = Duration.ofMinutes(5);

  private SharedSilence() {}

  /** The same causes, with those that belong together as one; the worst first. */
  static List<Cause> join(Collection<Cause> causes) {
    Map<String, List<Cause>> silent = new TreeMap<>();
    List<Cause> all = new ArrayList<>();
    for (Cause cause : causes) {
      if (cause.kind() == CauseKind.AGENT_SILENT && !cause.planned()) {
        silent.computeIfAbsent(key(cause), key -> new ArrayList<>()).add(cause);
      } else {
        all.add(cause);
      }
    }
    silent.forEach(
        (key, some) -> {
          List<Cause> together = largest(some);
          if (together.size() >= LEAST) {
            some.removeAll(together);
            all.add(one(key, together));
          }
          all.addAll(some);
        });
    all.sort(Cause.WORST_FIRST);
    return all;
  }

  private static String key(Cause cause) {
    return cause.region() + "." + cause.params().getOrDefault("isp", "").toLowerCase(Locale.ROOT);
  }

  /** The most that fell silent within {@link #TOGETHER}; of two as many the later ones. */
  private static List<Cause> largest(List<Cause> some) {
    some.sort(Comparator.comparing(Cause::since).thenComparing(Cause::id));
    List<Cause> best = List.of();
    int from = 0;
    for (int to = 0; to < some.size(); to++) {
      while (some.get(from).since().plus(TOGETHER).isBefore(some.get(to).since())) {
        from++;
      }
      if (to + 1 - from >= best.size()) {
        best = List.copyOf(some.subList(from, to + 1));
      }
    }
    return best;
  }

  private static Cause one(String key, List<Cause> together) {
    Cause first = together.get(0);
    List<String> schools = new ArrayList<>();
    List<String> named = new ArrayList<>();
    int behind = 0;
    int classes = 0;
    int today = 0;
    int week = 0;
    long impact = 0;
    for (Cause each : together) {
      schools.addAll(each.schools());
      behind += 1 + each.behind().count();
      classes += each.classes();
      today = Math.max(today, each.minutesToday());
      week = Math.max(week, each.minutesWeek());
      impact += each.impact();
    }
    schools.sort(null);
    schools.stream().limit(Behind.MOST).forEach(school -> named.add("school:" + school));
    Map<String, String> words = new HashMap<>(first.params());
    words.put("n", String.valueOf(schools.size()));
    return new Cause(
        SchoolCauses.id(CauseKind.SILENT_TOGETHER, key, ""),
        CauseKind.SILENT_TOGETHER,
        first.region(),
        schools,
        "",
        words,
        first.since(),
        first.known(),
        new Behind(behind, named),
        classes,
        today,
        week,
        impact,
        false);
  }
}
