package org.rollcall.collector.alerts;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.alerts.Alert.State;
import org.rollcall.collector.alerts.Alert.Told;
import org.rollcall.collector.alerts.Duty.Person;
import org.rollcall.collector.alerts.Duty.Step;
import org.rollcall.collector.alerts.Duty.Way;
import org.rollcall.collector.calendar.SchoolCalendar;

/**
 * Whom to tell what of an alert now. Nobody is told of what stands behind something else, is
 * planned, muted or taken on, or of what matters in lessons alone while there are none. Pure.
 *
 * @param within whether a region's code lies in another's
 */
record Telling(Map<String, AlertRule> rules, Duty duty, BiPredicate<String, String> within) {

  /** What is known beside the alert. */
  record Around(SchoolCalendar calendar, @Nullable Ack ack, boolean muted) {}

  /**
   * Something is to be told.
   *
   * @param step as in {@link Told}
   * @param key of the message: it is sent once
   */
  record Due(int step, String key, Set<String> channels, List<Person> people) {}

  /** What is due now, in the order in which it is to be told; mostly nothing. */
  List<Due> due(Alert alert, Around around, Instant now) {
    AlertRule rule = rules.get(alert.about().rule());
    if (alert.owesEnd()) {
      return rule == null || SchoolTime.isNow(rule, around.calendar(), now)
          ? List.of(end(alert))
          : List.of();
    }
    if (rule == null
        || alert.state() != State.FIRING
        || alert.damping().heldBy() != null
        || alert.damping().planned()
        || around.muted()
        || alert.times().good() != null
        || !SchoolTime.isNow(rule, around.calendar(), now)) {
      return List.of();
    }
    Way way = way(alert);
    Ack ack = around.ack();
    if (way == null || (ack != null && ack.isOf(alert) && ack.holds(now))) {
      return List.of();
    }
    List<Due> due = new ArrayList<>(steps(alert, rule, way, around, now));
    if (ack != null && ack.isOf(alert) && due.isEmpty()) {
      again(alert, way, ack, around, now).ifPresent(due::add);
    }
    return due;
  }

  /** The first way that is for its rule and place. */
  private @Nullable Way way(Alert alert) {
    for (Way way : duty.ways()) {
      boolean place =
          way.regions().isEmpty()
              || way.regions().stream().anyMatch(r -> within.test(alert.about().region(), r));
      if (place && (way.rules().isEmpty() || way.rules().contains(alert.about().rule()))) {
        return way;
      }
    }
    return null;
  }

  private List<Due> steps(Alert alert, AlertRule rule, Way way, Around around, Instant now) {
    Instant fired = alert.times().fired();
    Instant first =
        SchoolTime.next(rule, around.calendar(), fired == null ? alert.times().raised() : fired);
    List<Due> due = new ArrayList<>();
    for (int i = 0; i < way.steps().size(); i++) {
      Step step = way.steps().get(i);
      int number = i;
      boolean done = alert.told().stream().anyMatch(told -> told.step() == number);
      boolean inTime = first != null && !first.plus(step.after()).isAfter(now);
      boolean heavy = step.impact() != null && alert.weight().impact() >= step.impact();
      if (!done && (inTime || heavy)) {
        due.add(
            new Due(
                number,
                key(alert, String.valueOf(number)),
                Set.copyOf(step.channels()),
                duty.whom(step, now, around.calendar())));
      }
    }
    return due;
  }

  /** Nobody ended it before the acknowledgement ran out: whoever heard last hears again, once. */
  private Optional<Due> again(Alert alert, Way way, Ack ack, Around around, Instant now) {
    Instant ran = ack.until();
    boolean told = ran == null || alert.told().stream().anyMatch(each -> !each.at().isBefore(ran));
    if (told || alert.told().isEmpty()) {
      return Optional.empty();
    }
    int last = alert.told().stream().mapToInt(Told::step).max().orElse(0);
    Step step = way.steps().get(Math.max(0, Math.min(last, way.steps().size() - 1)));
    return Optional.of(
        new Due(
            Told.AGAIN,
            key(alert, "again-" + ack.at().toEpochMilli()),
            Set.copyOf(step.channels()),
            duty.whom(step, now, around.calendar())));
  }

  /** Everybody who heard that it is on. */
  private Due end(Alert alert) {
    Set<String> channels = new LinkedHashSet<>();
    Set<String> people = new LinkedHashSet<>();
    for (Told told : alert.told()) {
      channels.addAll(told.channels());
      people.addAll(told.people());
    }
    return new Due(
        Told.END,
        key(alert, "end"),
        channels,
        duty.people().stream().filter(person -> people.contains(person.id())).toList());
  }

  private static String key(Alert alert, String what) {
    return "alert:" + alert.id() + ":" + what;
  }
}
