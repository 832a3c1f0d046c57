package org.rollcall.collector.linetest;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.rollcall.protocol.paced.Grant;

/**
 * Which lines may be tested now. A slot of a {@link SlotPlan} that cannot be given at its time —
 * its agent is away, its aggregation link or this collector's own line is taken — waits until the
 * hours it was drawn for end, and then is lost and counted. One thread.
 */
final class SlotBook {
  private final LineTestSettings settings;
  private final ZoneId zone;
  private final RandomGenerator random;
  private final Map<String, LineDay> days = new HashMap<>();
  private final List<Running> running = new ArrayList<>();
  private long lost;

  /** Takes the slot, or not; true when the agent was told. */
  @FunctionalInterface
  interface Taker {
    boolean take(TestedLine line);
  }

  /** A line's day: how far its plan is done. */
  private static final class LineDay {
    private SlotPlan plan;
    private int next;
    private @Nullable Instant given;

    LineDay(SlotPlan plan) {
      this.plan = plan;
    }
  }

  private record Running(String key, String group, double bitsPerSecond, Instant until) {}

  /**
   * @param zone of the days
   */
  SlotBook(LineTestSettings settings, ZoneId zone, RandomGenerator random) {
    this.settings = settings;
    this.zone = zone;
    this.random = random;
  }

  /**
   * Hands out what is due.
   *
   * @param today all lines that may be tested today
   * @param until when a slot given now is over at the latest
   */
  void give(Instant now, Instant until, Collection<TestedLine> today, Taker taker) {
    running.removeIf(test -> !now.isBefore(test.until()));
    LocalDate date = LocalDate.ofInstant(now, zone);
    Set<String> groups = new HashSet<>();
    double taken = 0;
    for (Running test : running) {
      groups.add(test.group());
      taken += test.bitsPerSecond();
    }
    for (TestedLine line : today) {
      LineDay day = day(line, date, now);
      if (!due(day, now) || groups.contains(line.group())) {
        continue;
      }
      double rate = rate(line);
      if (taken + rate > settings.room() && taken > 0) {
        continue;
      }
      if (taker.take(line)) {
        running.add(new Running(line.key(), line.group(), rate, until));
        groups.add(line.group());
        taken += rate;
        day.given = now;
        day.next++;
      }
    }
  }

  /** Gives a slot that a person asks for, which no plan has. */
  Asked ask(Instant now, Instant until, TestedLine line, Taker taker) {
    running.removeIf(test -> !now.isBefore(test.until()));
    double taken = running.stream().mapToDouble(Running::bitsPerSecond).sum();
    double rate = rate(line);
    if (running.stream().anyMatch(test -> test.group().equals(line.group()))
        || (taken + rate > settings.room() && taken > 0)) {
      return Asked.BUSY;
    }
    if (!taker.take(line)) {
      return Asked.AGENT_AWAY;
    }
    running.add(new Running(line.key(), line.group(), rate, until));
    return Asked.TOLD;
  }

  private LineDay day(TestedLine line, LocalDate date, Instant now) {
    LineDay day = days.get(line.key());
    if (day == null) {
      day = new LineDay(draw(date));
      days.put(line.key(), day);
      skipPast(day, now);
    } else if (!day.plan.date().equals(date)) {
      lost += day.plan.slots().size() - day.next;
      day.plan = draw(date);
      day.next = 0;
    }
    return day;
  }

  private SlotPlan draw(LocalDate date) {
    return SlotPlan.draw(date, zone, settings.perSchoolDay(), random);
  }

  /** What of a day was before this collector began is not lost: it never was. */
  private static void skipPast(LineDay day, Instant now) {
    List<SlotPlan.Slot> slots = day.plan.slots();
    while (day.next < slots.size() && slots.get(day.next).at().isBefore(now)) {
      day.next++;
    }
  }

  private boolean due(LineDay day, Instant now) {
    List<SlotPlan.Slot> slots = day.plan.slots();
    while (day.next < slots.size() && !now.isBefore(slots.get(day.next).until())) {
      day.next++;
      lost++;
    }
    if (day.next == slots.size() || now.isBefore(slots.get(day.next).at())) {
      return false;
    }
    Instant given = day.given;
    return given == null || !now.isBefore(given.plus(LineTestSettings.APART));
  }

  /** What a test takes of this collector's line; one alone may take all of it. */
  private double rate(TestedLine line) {
    if (settings.way() == LineTestSettings.Way.PACED) {
      return line.targetBitsPerSecond() * Grant.PACE_SHARE;
    }
    return line.contractBitsPerSecond() > 0 ? line.contractBitsPerSecond() : settings.room();
  }

  /** A test has ended, or ends then at the latest: its place is free from then on. */
  void endsBy(String key, Instant until) {
    for (int i = 0; i < running.size(); i++) {
      Running test = running.get(i);
      if (test.key().equals(key) && until.isBefore(test.until())) {
        running.set(i, new Running(test.key(), test.group(), test.bitsPerSecond(), until));
      }
    }
  }

  /** Forgets lines that are no more. */
  void keepOnly(Set<String> keys) {
    Iterator<String> each = days.keySet().iterator();
    while (each.hasNext()) {
      if (!keys.contains(each.next())) {
        each.remove();
      }
    }
  }

  /** Slots that could not be given in their hours. */
  long lost() {
    return lost;
  }

  int running() {
    return running.size();
  }
}
