package org.rollcall.collector.alerts;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.alerts.Alert.State;
import org.rollcall.collector.alerts.AlertExample.Day;
import org.rollcall.collector.alerts.AlertExample.Expect;
import org.rollcall.collector.alerts.AlertExample.Step;
import org.rollcall.collector.calendar.SchoolCalendar;

/**
 * Runs a rule's examples through the same book that runs alerts, minute by minute, on a day of a
 * calendar. Pure.
 */
public final class ExampleRun {
  private final SchoolCalendar calendar;
  private final LocalDate schoolDay;
  private final LocalDate holiday;

  /**
   * By a calendar.
   *
   * @throws IllegalArgumentException if it has no school day, or no day without lessons, in the
   *     year after {@code from}
   */
  public ExampleRun(SchoolCalendar calendar, LocalDate from) {
    this.calendar = calendar;
    this.schoolDay = first(from, true);
    this.holiday = first(from, false);
  }

  private LocalDate first(LocalDate from, boolean lessons) {
    return from.datesUntil(from.plusYears(1))
        .filter(day -> calendar.lessons(day).isEmpty() != lessons)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "The calendar "
                        + calendar.version()
                        + " has no day "
                        + (lessons ? "with" : "without")
                        + " lessons in the year after "
                        + from
                        + "."));
  }

  /** What an example did not say. */
  public record Failure(String rule, String example, String at, String expected, String was) {
    @Override
    public String toString() {
      return rule + ": " + example + ": " + at + ": expected " + expected + ", was " + was;
    }
  }

  /** What is wrong with a rule by its own examples; empty if nothing is. */
  public List<Failure> run(AlertRule rule) {
    List<Failure> failures = new ArrayList<>();
    rule.examples().forEach(example -> run(rule, example, failures));
    return failures;
  }

  private void run(AlertRule rule, AlertExample example, List<Failure> failures) {
    LocalDate day = example.on() == Day.SCHOOL_DAY ? schoolDay : holiday;
    AlertBook book = new AlertBook(List.of(), 0);
    book.rules(List.of(rule));
    Instant begin = at(day, example.steps().get(0).at());
    Instant end = at(day, example.until());
    Expect says = Expect.QUIET;
    LocalTime told = null;
    @Nullable Double value = null;
    Instant since = begin;
    for (Instant now = begin; !now.isAfter(end); now = now.plus(Duration.ofMinutes(1))) {
      Step step = step(example, day, now);
      if (step != null) {
        value = step.value();
        since = now;
      }
      AlertBook.Round round =
          book.step(now, value == null ? List.of() : List.of(signal(rule, value, since, now)));
      says = says(book, round, says);
      if (says == Expect.FIRING && told == null && SchoolTime.isNow(rule, calendar, now)) {
        told = now.atZone(calendar.zone()).toLocalTime();
      }
      if (step != null && step.expect() != says) {
        failures.add(failure(rule, example, step.at().toString(), step.expect(), says));
      }
    }
    if (told == null ? example.told() != null : !told.equals(example.told())) {
      failures.add(
          new Failure(rule.id(), example.name(), "told", word(example.told()), word(told)));
    }
  }

  private static String word(@Nullable LocalTime told) {
    return told == null ? "nobody is told" : told.toString();
  }

  private static Failure failure(
      AlertRule rule, AlertExample example, String at, Expect expected, Expect was) {
    return new Failure(
        rule.id(),
        example.name(),
        at,
        expected.name().toLowerCase(Locale.ROOT),
        was.name().toLowerCase(Locale.ROOT));
  }

  private static Expect says(AlertBook book, AlertBook.Round round, Expect before) {
    for (Alert alert : book.open()) {
      return alert.state() == State.FIRING ? Expect.FIRING : Expect.PENDING;
    }
    boolean ended = round.changed().stream().anyMatch(a -> a.state() == State.RESOLVED);
    return ended || (before == Expect.RESOLVED && round.dropped().isEmpty())
        ? Expect.RESOLVED
        : Expect.QUIET;
  }

  private @Nullable Step step(AlertExample example, LocalDate day, Instant now) {
    return example.steps().stream()
        .filter(step -> at(day, step.at()).equals(now))
        .findFirst()
        .orElse(null);
  }

  private Instant at(LocalDate day, LocalTime time) {
    return day.atTime(time).atZone(calendar.zone()).toInstant();
  }

  private static Signal signal(AlertRule rule, double value, Instant since, Instant now) {
    return new Signal(
        rule.signal(),
        "example",
        "region",
        List.of("school"),
        "",
        value,
        since,
        now,
        Map.of(),
        0,
        0,
        false,
        Set.of());
  }
}
