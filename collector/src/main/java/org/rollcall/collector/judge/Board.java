package org.rollcall.collector.judge;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The newest verdicts of every school, in memory, so that a map costs no query. Any thread. */
public final class Board {
  private final Map<String, List<Verdict>> bySchool = new ConcurrentHashMap<>();
  private final AtomicReference<@Nullable LocalDate> newest = new AtomicReference<>();
  private final AtomicLong version = new AtomicLong();

  /** One that holds these verdicts alone. */
  public static Board of(List<Verdict> verdicts) {
    Board board = new Board();
    board.load(verdicts);
    return board;
  }

  /** Takes the place of what was known of these verdicts' schools. */
  void load(List<Verdict> verdicts) {
    Map<String, List<Verdict>> grouped =
        verdicts.stream().collect(Collectors.groupingBy(Verdict::school));
    boolean other = false;
    for (Map.Entry<String, List<Verdict>> entry : grouped.entrySet()) {
      List<Verdict> own = List.copyOf(entry.getValue());
      List<Verdict> before = bySchool.put(entry.getKey(), own);
      other |= before == null || !saySame(before, own);
    }
    verdicts.forEach(v -> newest.accumulateAndGet(v.to(), Board::later));
    if (other) {
      version.incrementAndGet();
    }
  }

  /** Whether the same rules have the same marks, in the same order. */
  private static boolean saySame(List<Verdict> before, List<Verdict> now) {
    if (before.size() != now.size()) {
      return false;
    }
    for (int i = 0; i < now.size(); i++) {
      Verdict one = before.get(i);
      Verdict other = now.get(i);
      if (!one.rule().equals(other.rule())
          || !one.profile().equals(other.profile())
          || !Mark.of(one).saysSame(Mark.of(other))) {
        return false;
      }
    }
    return true;
  }

  /**
   * Grows whenever the mark of a verdict changed, was added or went away, after the change can be
   * seen; a value that moved without it changes nothing.
   */
  long version() {
    return version.get();
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
