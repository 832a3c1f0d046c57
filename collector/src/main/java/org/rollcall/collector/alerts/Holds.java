package org.rollcall.collector.alerts;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.alerts.Alert.About;

/**
 * What stands behind what: while this server is at fault nothing is known of any school; while a
 * school is silent nothing of what is in it; while a line or switch is down nothing of what is seen
 * through it. Nobody draws it: it is what the causes say stands behind them.
 */
final class Holds {
  private final Map<String, Signal> schools = new HashMap<>();
  private final Map<String, Signal> subjects = new HashMap<>();
  private @Nullable Signal own;

  private Holds() {}

  static Holds of(Collection<Signal> signals) {
    Holds holds = new Holds();
    for (Signal signal : signals) {
      if (signal.kind().isOwn()) {
        holds.own = nearer(holds.own, signal);
      }
      for (String school : signal.schools()) {
        if (signal.kind().isSilence()) {
          holds.schools.merge(school, signal, Holds::nearer);
        }
        signal.behind().forEach(subject -> holds.subjects.put(school + " " + subject, signal));
      }
    }
    return holds;
  }

  /** Of two the one that stands in front of more: kinds are in that order. */
  private static Signal nearer(@Nullable Signal one, Signal other) {
    return one == null || other.kind().compareTo(one.kind()) < 0 ? other : one;
  }

  /** Key of what a signal stands behind; null if nothing. */
  @Nullable String of(Signal signal) {
    return of(signal.kind(), signal.key(), signal.schools(), signal.subject());
  }

  /** The same of an alert whose signal is gone. */
  @Nullable String of(About about) {
    return of(about.kind(), about.key(), about.schools(), about.subject());
  }

  private @Nullable String of(SignalKind kind, String key, List<String> places, String subject) {
    Signal server = own;
    if (server != null && !kind.isOwn() && !server.key().equals(key)) {
      return server.key();
    }
    for (String school : places) {
      Signal silence = schools.get(school);
      if (silence != null && !silence.key().equals(key) && !isPaper(kind)) {
        return silence.key();
      }
      Signal front = subjects.get(school + " " + subject);
      if (front != null && !front.key().equals(key)) {
        return front.key();
      }
    }
    return null;
  }

  /** What stands in books is known whether anybody is heard or not. */
  private static boolean isPaper(SignalKind kind) {
    return kind == SignalKind.CONTRACT_DAYS
        || kind == SignalKind.PLAN_SHORTFALL
        || kind == SignalKind.TARGET_LOST_DAYS
        || kind == SignalKind.MILESTONE_DAYS;
  }
}
