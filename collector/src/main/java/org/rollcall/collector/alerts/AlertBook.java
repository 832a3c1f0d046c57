package org.rollcall.collector.alerts;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.alerts.Alert.About;
import org.rollcall.collector.alerts.Alert.Damping;
import org.rollcall.collector.alerts.Alert.State;
import org.rollcall.collector.alerts.Alert.Times;
import org.rollcall.collector.alerts.Alert.Weight;

/**
 * The alerts that are open, and how they go from pending to firing to resolved. It looks at states,
 * not at events: what recovered while nobody looked ends at the next look, and what is still so
 * after a restart goes on as the alert it was. One thread.
 */
final class AlertBook {
  /** Turned bad again so often in an hour, it is unsteady. Project default. */
  static final int TURNS = 4;

  private static final Duration TURNS_IN = Duration.ofHours(1);

  private Map<String, AlertRule> rules = Map.of();
  private final Map<String, Alert> open = new LinkedHashMap<>();
  private long lastId;

  /**
   * The open alerts as they were kept.
   *
   * @param lastId the greatest number any alert has had
   */
  AlertBook(Collection<Alert> kept, long lastId) {
    kept.forEach(alert -> open.put(key(alert.about()), alert));
    this.lastId = lastId;
  }

  /** Rules from now on; alerts of rules that are no more end at the next step. */
  void rules(Collection<AlertRule> now) {
    Map<String, AlertRule> byId = new LinkedHashMap<>();
    now.forEach(rule -> byId.put(rule.id(), rule));
    rules = byId;
  }

  private static String key(About about) {
    return about.rule() + " " + about.key();
  }

  /** The open ones, oldest first. */
  List<Alert> open() {
    return List.copyOf(open.values());
  }

  /** Keeps what somebody else changed of an open alert. */
  void keep(Alert alert) {
    open.computeIfPresent(key(alert.about()), (key, before) -> alert);
  }

  /** One that was pending and came to nothing has no end and stands in {@code dropped}. */
  record Round(List<Alert> changed, List<Alert> dropped) {}

  /**
   * Looks at what is the case now.
   *
   * @return alerts whose state, times, damping or place changed; a changed weight alone is none
   */
  Round step(Instant now, Collection<Signal> signals) {
    Holds holds = Holds.of(signals);
    Map<String, Signal> current = new HashMap<>();
    Set<String> raised = new HashSet<>();
    for (AlertRule rule : rules.values()) {
      for (Signal signal : signals) {
        if (signal.kind() == rule.signal()) {
          current.put(rule.id() + " " + signal.key(), signal);
          if (raise(now, rule, signal, holds)) {
            raised.add(rule.id() + " " + signal.key());
          }
        }
      }
    }
    List<Alert> changed = new ArrayList<>();
    List<Alert> dropped = new ArrayList<>();
    for (Map.Entry<String, Alert> entry : List.copyOf(open.entrySet())) {
      Alert before = entry.getValue();
      AlertRule rule = rules.get(before.about().rule());
      Alert after = next(now, rule, current.get(entry.getKey()), before, holds);
      if (after == null) {
        open.remove(entry.getKey());
        dropped.add(before);
        continue;
      }
      if (after.state() == State.RESOLVED) {
        open.remove(entry.getKey());
      } else {
        open.put(entry.getKey(), after);
      }
      if (raised.contains(entry.getKey()) || differs(before, after)) {
        changed.add(after);
      }
    }
    return new Round(changed, dropped);
  }

  private boolean raise(Instant now, AlertRule rule, Signal signal, Holds holds) {
    String key = rule.id() + " " + signal.key();
    if (open.containsKey(key)
        || signal.planned()
        || !rule.isBad(signal.value())
        || !isFresh(now, signal)
        || holds.of(signal) != null) {
      return false;
    }
    lastId++;
    open.put(
        key,
        new Alert(
            lastId,
            About.of(rule, signal),
            State.PENDING,
            new Times(signal.since(), now, null, null, null),
            Weight.of(signal),
            Damping.NONE,
            List.of(),
            ""));
    return true;
  }

  private static boolean isFresh(Instant now, Signal signal) {
    return signal.seen().plus(signal.kind().fresh()).isAfter(now);
  }

  /** What becomes of one; null when it was pending and has been good for long enough. */
  private static @Nullable Alert next(
      Instant now, @Nullable AlertRule rule, @Nullable Signal signal, Alert before, Holds holds) {
    if (rule == null) {
      return over(before, now);
    }
    String holder = signal == null ? holds.of(before.about()) : holds.of(signal);
    Damping damping = before.damping();
    boolean planned = signal != null && signal.planned();
    Alert alert = before.with(new Damping(damping.turns(), damping.unsteady(), holder, planned));
    if (holder != null || (signal != null && !isFresh(now, signal))) {
      return alert;
    }
    if (signal != null && rule.isBad(signal.value())) {
      return bad(now, rule, alert.seen(signal));
    }
    if (signal == null || rule.isGood(signal.value())) {
      return good(now, rule, alert);
    }
    return alert;
  }

  private static Alert bad(Instant now, AlertRule rule, Alert alert) {
    Times times = alert.times();
    Alert worse = alert;
    if (times.good() != null) {
      times = new Times(times.since(), times.raised(), times.fired(), null, null);
      worse = worse.with(turned(now, alert.damping())).with(alert.state(), times);
    }
    boolean fires =
        alert.state() == State.PENDING && !times.raised().plus(rule.lasting()).isAfter(now);
    return fires
        ? worse.with(
            State.FIRING, new Times(times.since(), times.raised(), now, times.good(), null))
        : worse;
  }

  private static Damping turned(Instant now, Damping before) {
    List<Instant> turns = new ArrayList<>(before.turns());
    turns.removeIf(turn -> turn.plus(TURNS_IN).isBefore(now));
    turns.add(now);
    return new Damping(
        turns, before.unsteady() || turns.size() >= TURNS, before.heldBy(), before.planned());
  }

  private static @Nullable Alert good(Instant now, AlertRule rule, Alert alert) {
    Times times = alert.times();
    Instant good = times.good();
    if (good == null) {
      good = now;
    }
    Times so = new Times(times.since(), times.raised(), times.fired(), good, null);
    Duration needed = alert.damping().unsteady() ? rule.calm() : rule.clearFor();
    if (good.plus(needed).isAfter(now)) {
      return alert.with(alert.state(), so);
    }
    return over(alert.with(alert.state(), so), good);
  }

  private static @Nullable Alert over(Alert alert, Instant at) {
    if (alert.state() == State.PENDING) {
      return null;
    }
    Times times = alert.times();
    return alert.with(
        State.RESOLVED, new Times(times.since(), times.raised(), times.fired(), times.good(), at));
  }

  private static boolean differs(Alert before, Alert after) {
    return before.state() != after.state()
        || !before.times().equals(after.times())
        || !before.damping().equals(after.damping())
        || !before.about().equals(after.about());
  }
}
