package org.rollcall.collector.judge;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The newest verdicts of every school, in memory, so that a map costs no query. Any thread. */
public final class Board {
  private final Map<String, List<Verdict>> bySchool = new ConcurrentHashMap<>();
  private final AtomicReference<@Nullable LocalDate> newest = new AtomicReference<>();

  /** Takes the place of what was known of these verdicts' schools. */
  void load(List<Verdict> verdicts) {
    Map<String, List<Verdict>> grouped =
        verdicts.stream().collect(Collectors.groupingBy(Verdict::school));
    grouped.forEach((school, own) -> bySchool.put(school, List.copyOf(own)));
    verdicts.forEach(v -> newest.accumulateAndGet(v.to(), Board::later));
  }

  /** No day after this has come: verdicts of one were made by a clock that was ahead. */
  void notAfter(LocalDate today) {
    newest.updateAndGet(day -> day != null && day.isAfter(today) ? today : day);
  }

  /** The school's verdicts; empty before its first. */
  public List<Verdict> of(String school) {
    return bySchool.getOrDefault(school, List.of());
  }

  /** The day of the newest verdicts; null before the first. */
  public @Nullable LocalDate asOf() {
    return newest.get();
  }

  private static @Nullable LocalDate later(@Nullable LocalDate one, @Nullable LocalDate other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.isAfter(other) ? one : other;
  }
}
