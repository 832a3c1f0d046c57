package org.rollcall.collector.alerts;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.alerts.Alert.Damping;
import org.rollcall.collector.alerts.Alert.State;
import org.rollcall.collector.alerts.Alert.Told;
import org.rollcall.collector.database.Database;

/**
 * What a round of alerts has to write down and to tell, in one transaction: a crash between repeats
 * nothing and forgets nothing, and what could not be written is written by the next round. One
 * thread.
 */
final class AlertWork {
  /** A weight that merely grew is written down so often. Project default. */
  private static final Duration WEIGHT_EVERY = Duration.ofMinutes(5);

  private final AlertRows rows;
  private final Database database;
  private final AlertBook book;

  /** As they stand in the register. */
  private final Map<Long, Alert> written = new HashMap<>();

  private final Map<Long, Instant> writtenAt = new HashMap<>();
  private final Map<Long, Alert> unwritten = new LinkedHashMap<>();
  private final Map<Long, Alert> dropped = new LinkedHashMap<>();
  private final Map<Long, Alert> owing = new LinkedHashMap<>();

  AlertWork(AlertRows rows, Database database) {
    this.rows = rows;
    this.database = database;
    List<Alert> open = new ArrayList<>();
    List<Alert> kept = new ArrayList<>(rows.unfinished());
    kept.sort((one, other) -> Long.compare(one.id(), other.id()));
    for (Alert alert : kept) {
      written.put(alert.id(), alert);
      if (alert.isOpen()) {
        open.add(alert);
      } else {
        owing.put(alert.id(), alert);
      }
    }
    this.book = new AlertBook(open, rows.lastId());
  }

  AlertBook book() {
    return book;
  }

  /** Takes in what a step of the book changed. */
  void take(AlertBook.Round round) {
    round.changed().forEach(alert -> unwritten.put(alert.id(), alert));
    for (Alert alert : round.dropped()) {
      unwritten.remove(alert.id());
      dropped.put(alert.id(), alert);
    }
  }

  /** Those that have just ended and are not written down, to learn what they were. */
  Collection<Alert> justEnded() {
    return unwritten.values().stream().filter(a -> a.state() == State.RESOLVED).toList();
  }

  /** Keeps what became known of one that has ended. */
  void known(Alert alert) {
    unwritten.put(alert.id(), alert);
  }

  /** Who is to be told what of an alert now. */
  @FunctionalInterface
  interface Teller {
    List<Telling.Due> due(Alert alert);
  }

  /** Puts a message into the outbox. */
  @FunctionalInterface
  interface Poster {
    void post(Handle handle, Alert alert, Telling.Due due);
  }

  /** What a round wrote. */
  record Done(boolean news, int fired, int posted) {}

  /** Writes and tells, all or nothing. */
  Done write(Instant now, Teller teller, Poster poster) {
    Map<Long, Alert> after = new LinkedHashMap<>(unwritten);
    for (Alert alert : book.open()) {
      Instant at = writtenAt.get(alert.id());
      boolean grown = at == null || at.plus(WEIGHT_EVERY).isBefore(now);
      if (grown && alert.state() == State.FIRING) {
        after.putIfAbsent(alert.id(), alert);
      }
    }
    Map<Long, List<Telling.Due>> due = new LinkedHashMap<>();
    List<Alert> candidates = new ArrayList<>(book.open());
    candidates.addAll(owing.values());
    after.values().stream().filter(a -> !a.isOpen()).forEach(candidates::add);
    for (Alert alert : candidates) {
      Alert as = after.getOrDefault(alert.id(), alert);
      List<Telling.Due> its = teller.due(as);
      if (!its.isEmpty()) {
        due.put(as.id(), its);
        for (Telling.Due each : its) {
          as =
              as.with(
                  new Told(
                      each.step(),
                      each.channels().stream().sorted().toList(),
                      each.people().stream().map(Duty.Person::id).toList(),
                      now));
        }
        after.put(as.id(), as);
      }
    }
    if (after.isEmpty() && dropped.isEmpty()) {
      return new Done(false, 0, 0);
    }
    database
        .jdbi()
        .useTransaction(
            handle -> {
              dropped.values().forEach(alert -> rows.remove(handle, alert));
              for (Alert alert : after.values()) {
                steps(handle, written.get(alert.id()), alert, now);
                for (Telling.Due each : due.getOrDefault(alert.id(), List.of())) {
                  poster.post(handle, alert, each);
                  rows.step(handle, alert.id(), now, what(each), text(each));
                }
                rows.put(handle, alert);
              }
            });
    return written(after, due, now);
  }

  private Done written(Map<Long, Alert> after, Map<Long, List<Telling.Due>> due, Instant now) {
    boolean news = !dropped.isEmpty();
    int fired = 0;
    for (Alert alert : after.values()) {
      Alert before = written.get(alert.id());
      boolean begins =
          alert.state() == State.FIRING && (before == null || before.state() == State.PENDING);
      fired += begins ? 1 : 0;
      news |= before == null || before.state() != alert.state() || due.containsKey(alert.id());
      if (alert.isOpen()) {
        book.keep(alert);
      }
      if (alert.owesEnd()) {
        owing.put(alert.id(), alert);
      } else {
        owing.remove(alert.id());
      }
      if (alert.isOpen() || alert.owesEnd()) {
        written.put(alert.id(), alert);
        writtenAt.put(alert.id(), now);
      } else {
        forget(alert.id());
      }
    }
    dropped.keySet().forEach(this::forget);
    dropped.clear();
    unwritten.clear();
    return new Done(news, fired, due.values().stream().mapToInt(List::size).sum());
  }

  private void forget(long id) {
    written.remove(id);
    writtenAt.remove(id);
  }

  private void steps(Handle handle, @Nullable Alert before, Alert after, Instant now) {
    if (before == null) {
      rows.step(handle, after.id(), after.times().raised(), State.PENDING.name(), "");
    }
    if (after.state() != State.PENDING && (before == null || before.state() == State.PENDING)) {
      rows.step(handle, after.id(), now, State.FIRING.name(), "");
    }
    Damping was = before == null ? Damping.NONE : before.damping();
    Damping is = after.damping();
    if (!Objects.equals(was.heldBy(), is.heldBy())) {
      String held = is.heldBy();
      rows.step(
          handle, after.id(), now, held == null ? "RELEASED" : "HELD", held == null ? "" : held);
    }
    if (is.unsteady() && !was.unsteady()) {
      rows.step(handle, after.id(), now, "UNSTEADY", "");
    }
    if (after.state() == State.RESOLVED && (before == null || before.isOpen())) {
      Instant ended = after.times().ended();
      rows.step(handle, after.id(), ended == null ? now : ended, State.RESOLVED.name(), "");
      if (!after.evidence().isEmpty()) {
        rows.step(handle, after.id(), now, "KNOWN", after.evidence());
      }
    }
  }

  private static String what(Telling.Due due) {
    return switch (due.step()) {
      case Told.END -> "TOLD_END";
      case Told.AGAIN -> "TOLD_AGAIN";
      default -> "TOLD";
    };
  }

  /** By which channels, and whom by their ids. */
  private static String text(Telling.Due due) {
    List<String> names = new ArrayList<>(due.channels().stream().sorted().toList());
    due.people().forEach(person -> names.add(person.id()));
    return String.join(", ", names);
  }
}
