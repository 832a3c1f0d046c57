package org.rollcall.collector.problems;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.problems.Cause.Known;
import org.rollcall.collector.store.ObservationStore;
import org.rollcall.protocol.v1.Observation;

/**
 * Looks up in the store since when something has been wrong, once for each spell: a day back, then
 * a week. At most {@value #LOOKS} questions a round, so that a storm of faults does not turn into
 * one of queries; the others are told as of their newest look until their turn. One thread at a
 * time.
 */
final class Onsets implements Onset.Source {
  /** Questions to the store in one round. Project default. */
  static final int LOOKS = 40;

  private static final List<Duration> BACK = List.of(Duration.ofDays(1), Duration.ofDays(7));

  /** Shorter than any device is looked at twice. Project default. */
  private static final Duration PAUSE = Duration.ofMinutes(1);

  private final ObservationStore store;
  private final Map<String, Onset> known = new HashMap<>();
  private final Set<String> wanted = new HashSet<>();
  private int left = LOOKS;
  private Instant last = Instant.EPOCH;

  Onsets(ObservationStore store) {
    this.store = store;
  }

  /**
   * Begins a round: spells that nobody asked for in the last one are over and forgotten. After a
   * pause all are, because one may have ended and begun again meanwhile.
   */
  void round(Instant now) {
    if (last.plus(PAUSE).isBefore(now)) {
      known.clear();
    }
    known.keySet().retainAll(wanted);
    wanted.clear();
    left = LOOKS;
    last = now;
  }

  @Override
  public Onset of(String school, Observation newest, Trouble trouble) {
    String key = school + "/" + newest.getSubject() + "/" + trouble;
    wanted.add(key);
    Onset before = known.get(key);
    if (before != null) {
      return before;
    }
    if (left == 0) {
      return Onset.atLeast(newest);
    }
    left--;
    Onset found = look(school, newest, trouble);
    known.put(key, found);
    return found;
  }

  private Onset look(String school, Observation newest, Trouble trouble) {
    Instant to = Instant.ofEpochMilli(newest.getTimeMillis() + 1);
    Onset found = null;
    for (Duration back : BACK) {
      found = of(store.range(school, newest.getSubject(), to.minus(back), to), trouble, newest);
      if (found.known() == Known.FIRST_SEEN) {
        return found;
      }
    }
    return found == null ? Onset.atLeast(newest) : found;
  }

  /**
   * What a span of looks tells.
   *
   * @param looks of one subject, oldest first
   */
  static Onset of(List<Observation> looks, Trouble trouble, Observation newest) {
    Observation first = newest;
    for (int i = looks.size() - 1; i >= 0; i--) {
      Observation look = looks.get(i);
      @Nullable Trouble then = Trouble.of(look);
      if (then == trouble) {
        first = look;
      } else if (look.containsMeasures("up") || look.containsMeasures("state")) {
        return new Onset(Instant.ofEpochMilli(first.getTimeMillis()), Known.FIRST_SEEN);
      }
    }
    return Onset.atLeast(first);
  }
}
