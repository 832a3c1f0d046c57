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
import java.util.function.Function;
import java.util.stream.Collectors;
import org.rollcall.collector.problems.Cause.Behind;

/**
 * Makes one cause of schools that fell silent at about the same time: what they share is broken,
 * not each of them. Nearly all of them: this server or its own line. Those of a township with
 * different ISPs: its power. Those of one ISP, in a township or in several of one county: the ISP.
 * Pure.
 */
final class SharedSilence {
  /** Fewer may be chance. Project default. */
  static final int LEAST = 3;

  /** Fewer in several townships may be chance. Project default. */
  static final int LEAST_OF_COUNTY = 5;

  /** Fewer schools than these are never taken for all of them. Project default. */
  static final int LEAST_OF_ALL = 5;

  /** Per cent of the schools that were heard lately: so many are cut off here. Project default. */
  static final int ALL_PERCENT = 80;

  /** Per cent of an area's silent schools that one ISP may have at most. Project default. */
  static final int ONE_ISP_PERCENT = 67;

  /** How far apart the last words of schools cut off by one fault lie. Project default. */
  static final Duration TOGETHER = Duration.ofMinutes(5);

  private final Function<String, List<String>> breadcrumb;
  private final List<Cause> silent = new ArrayList<>();
  private final List<Cause> all = new ArrayList<>();

  private SharedSilence(Function<String, List<String>> breadcrumb) {
    this.breadcrumb = breadcrumb;
  }

  /**
   * The same causes, with those that belong together as one; the worst first.
   *
   * @param heardLately how many schools were heard in the last day, those silent now too
   * @param breadcrumb codes of a region's ancestors and its own, the root's first
   */
  static List<Cause> join(
      Collection<Cause> causes, int heardLately, Function<String, List<String>> breadcrumb) {
    SharedSilence shared = new SharedSilence(breadcrumb);
    for (Cause cause : causes) {
      boolean mayShare = cause.kind() == CauseKind.AGENT_SILENT && !cause.planned();
      (mayShare ? shared.silent : shared.all).add(cause);
    }
    shared.everybody(heardLately);
    shared.areas();
    shared.isps();
    shared.all.addAll(shared.silent);
    shared.all.sort(Cause.WORST_FIRST);
    return shared.all;
  }

  private void everybody(int heardLately) {
    List<Cause> together = largest(silent);
    if (together.size() >= LEAST_OF_ALL && 100 * together.size() >= ALL_PERCENT * heardLately) {
      take(CauseKind.EVERYBODY_SILENT, common(together), together);
    }
  }

  private void areas() {
    grouped(Cause::region)
        .forEach(
            (region, some) -> {
              List<Cause> together = largest(some);
              long most =
                  together.stream()
                      .collect(Collectors.groupingBy(SharedSilence::isp, Collectors.counting()))
                      .values()
                      .stream()
                      .mapToLong(Long::longValue)
                      .max()
                      .orElse(0);
              if (together.size() >= LEAST
                  && 100 * most <= (long) ONE_ISP_PERCENT * together.size()) {
                take(CauseKind.AREA_SILENT, region, together);
              }
            });
  }

  /** An ISP's fault in several townships of a county is one, too. */
  private void isps() {
    grouped(cause -> county(cause.region()) + "." + isp(cause))
        .forEach(
            (key, some) -> {
              List<Cause> together = largest(some);
              if (together.size() >= LEAST_OF_COUNTY && !isp(together.get(0)).isEmpty()) {
                take(CauseKind.SILENT_TOGETHER, key, together);
              }
            });
    grouped(cause -> cause.region() + "." + isp(cause))
        .forEach(
            (key, some) -> {
              List<Cause> together = largest(some);
              if (together.size() >= LEAST) {
                take(CauseKind.SILENT_TOGETHER, key, together);
              }
            });
  }

  private void take(CauseKind kind, String place, List<Cause> together) {
    silent.removeAll(together);
    all.add(one(kind, place, together));
  }

  private Map<String, List<Cause>> grouped(Function<Cause, String> key) {
    return silent.stream()
        .collect(Collectors.groupingBy(key, TreeMap::new, Collectors.toCollection(ArrayList::new)));
  }

  private static String isp(Cause cause) {
    return cause.params().getOrDefault("isp", "").toLowerCase(Locale.ROOT);
  }

  /** What a township stands in; a region without such an ancestor is its own. */
  private String county(String region) {
    List<String> way = breadcrumb.apply(region);
    return way.size() < 2 ? region : way.get(way.size() - 2);
  }

  /** The smallest region that holds them all. */
  private String common(List<Cause> together) {
    List<String> shared = new ArrayList<>(breadcrumb.apply(together.get(0).region()));
    together.forEach(cause -> shared.retainAll(breadcrumb.apply(cause.region())));
    return shared.isEmpty() ? together.get(0).region() : shared.get(shared.size() - 1);
  }

  /** The most that fell silent within {@link #TOGETHER}; of two as many the later ones. */
  private static List<Cause> largest(Collection<Cause> causes) {
    List<Cause> some = new ArrayList<>(causes);
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

  private Cause one(CauseKind kind, String place, List<Cause> together) {
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
    if (kind != CauseKind.SILENT_TOGETHER) {
      words.put("isp", "");
      words.put(
          "isps", String.valueOf(together.stream().map(SharedSilence::isp).distinct().count()));
    }
    return new Cause(
        SchoolCauses.id(kind, place, ""),
        kind,
        common(together),
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
