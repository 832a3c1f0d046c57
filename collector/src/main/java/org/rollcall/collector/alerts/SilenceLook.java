package org.rollcall.collector.alerts;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.rollcall.collector.alerts.Silence.Was;
import org.rollcall.collector.pulse.Pulse;
import org.rollcall.collector.store.ObservationStore;
import org.rollcall.protocol.Subject;
import org.rollcall.protocol.v1.Observation;

/**
 * Reads what tells a silence apart: what the school's agents, switches, lines and the internet
 * showed in it and just after. Blocks on the store.
 */
public final class SilenceLook {
  /** Longer ones are read from their last days alone. Project default. */
  private static final Duration MOST = Duration.ofDays(3);

  private static final Duration AFTER = Duration.ofMinutes(10);

  private final ObservationStore store;
  private final Pulse pulse;

  public SilenceLook(ObservationStore store, Pulse pulse) {
    this.store = store;
    this.pulse = pulse;
  }

  /** Schools of one silence that are asked. Project default. */
  private static final int ASKED = 5;

  /** An alert that has ended, with what it was if it was a silence. */
  Alert told(Alert ended) {
    Instant to = ended.times().ended();
    if (!ended.about().kind().isSilence() || !ended.evidence().isEmpty() || to == null) {
      return ended;
    }
    Map<Was, List<Silence>> found = new EnumMap<>(Was.class);
    ended.about().schools().stream()
        .limit(ASKED)
        .map(school -> of(school, ended.times().since(), to))
        .forEach(one -> found.computeIfAbsent(one.was(), was -> new ArrayList<>()).add(one));
    // Of what most of them say the one that says most, which stands first.
    return found.values().stream()
        .max(Comparator.comparingInt(List::size))
        .map(most -> ended.withEvidence(most.get(0).code()))
        .orElse(ended);
  }

  /**
   * What it was.
   *
   * @param from when the school was last heard
   * @param to when it was heard again
   */
  private Silence of(String school, Instant from, Instant to) {
    Instant begin = from.plus(MOST).isBefore(to) ? to.minus(MOST) : from;
    List<Observation> looks = new ArrayList<>();
    for (String subject : pulse.school(school).keySet()) {
      if (tells(subject)) {
        looks.addAll(store.range(school, subject, begin, to.plus(AFTER)));
      }
    }
    looks.sort(Comparator.comparingLong(Observation::getTimeMillis));
    return Silence.of(from, to, looks);
  }

  private static boolean tells(String subject) {
    return switch (Subject.kind(subject)) {
      case "agent", "switch", "link" -> true;
      default -> subject.equals("reach:internet");
    };
  }
}
