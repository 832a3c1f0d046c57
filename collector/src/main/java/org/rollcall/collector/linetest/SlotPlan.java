package org.rollcall.collector.linetest;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * When one line may be tested on one day: at least half of the times outside 08:00 to 17:00, all at
 * random, an hour or more apart. Immutable.
 *
 * @param slots in order
 */
record SlotPlan(LocalDate date, List<Slot> slots) {
  /** The hours in which traffic of lessons would hide what a line can do. */
  static final LocalTime BUSY_FROM = LocalTime.of(8, 0);

  static final LocalTime BUSY_TO = LocalTime.of(17, 0);

  /** Outside those only while a school's computers may be on. Project default. */
  static final LocalTime EARLIEST = LocalTime.of(6, 0);

  static final LocalTime LATEST = LocalTime.of(22, 0);

  private static final int DRAWS = 200;

  /**
   * @param at not before
   * @param until not after: where the hours it was drawn for end
   */
  record Slot(Instant at, Instant until) {}

  /**
   * Draws a day.
   *
   * @param tests 1 to 16; fewer come of it where they cannot be kept an hour apart
   */
  static SlotPlan draw(LocalDate date, ZoneId zone, int tests, RandomGenerator random) {
    int outside = (tests + 1) / 2;
    Span morning = Span.of(date, zone, EARLIEST, BUSY_FROM);
    Span lessons = Span.of(date, zone, BUSY_FROM, BUSY_TO);
    Span evening = Span.of(date, zone, BUSY_TO, LATEST);
    List<Slot> drawn = new ArrayList<>(tests);
    for (int i = 0; i < outside; i++) {
      double morningShare = (double) morning.millis() / (morning.millis() + evening.millis());
      add(drawn, random.nextDouble() < morningShare ? morning : evening, random);
    }
    int inside = Math.min(tests - outside, drawn.size());
    for (int i = 0; i < inside; i++) {
      add(drawn, lessons, random);
    }
    drawn.sort((a, b) -> a.at().compareTo(b.at()));
    return new SlotPlan(date, List.copyOf(drawn));
  }

  private static void add(List<Slot> drawn, Span span, RandomGenerator random) {
    for (int i = 0; i < DRAWS; i++) {
      Instant at = span.from().plusMillis(random.nextLong(span.millis()));
      boolean apart =
          drawn.stream()
              .allMatch(
                  other ->
                      Math.abs(other.at().toEpochMilli() - at.toEpochMilli())
                          >= LineTestSettings.APART.toMillis());
      if (apart) {
        drawn.add(new Slot(at, span.to()));
        return;
      }
    }
  }

  /** A stretch of a day. */
  private record Span(Instant from, Instant to) {
    static Span of(LocalDate date, ZoneId zone, LocalTime from, LocalTime to) {
      return new Span(
          date.atTime(from).atZone(zone).toInstant(), date.atTime(to).atZone(zone).toInstant());
    }

    long millis() {
      return to.toEpochMilli() - from.toEpochMilli();
    }
  }
}
