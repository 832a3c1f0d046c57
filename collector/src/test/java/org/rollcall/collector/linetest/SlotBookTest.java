package org.rollcall.collector.linetest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rollcall.config.DataSize;

class SlotBookTest {
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final LocalDate DAY = LocalDate.of(2026, 9, 14);
  private static final Duration LONG = Duration.ofSeconds(36);
  private static final long MEGABIT = 1_000_000;

  private static LineTestSettings settings(int perDay, long own) {
    return new LineTestSettings(
        true,
        perDay,
        LineTestSettings.Way.PACED,
        10,
        new DataSize(14 << 20),
        0.5,
        own,
        0.5,
        LineTestSettings.Aggregation.TOWNSHIP_ISP,
        new LineTestSettings.Udp("127.0.0.1", 0));
  }

  private static TestedLine line(int school, String group) {
    return new TestedLine("s" + school, "wan", group, 10 * MEGABIT, 100 * MEGABIT);
  }

  private static Instant at(LocalTime time) {
    return DAY.atTime(time).atZone(ZONE).toInstant();
  }

  private record Given(String school, String group, Instant at) {}

  /** A whole day, looked at every ten seconds. */
  private static List<Given> day(SlotBook book, List<TestedLine> lines) {
    List<Given> given = new ArrayList<>();
    Instant end = DAY.plusDays(1).atStartOfDay(ZONE).toInstant();
    for (Instant now = DAY.atStartOfDay(ZONE).toInstant();
        now.isBefore(end);
        now = now.plusSeconds(10)) {
      Instant looked = now;
      book.give(
          now,
          now.plus(LONG),
          lines,
          line -> given.add(new Given(line.school(), line.group(), looked)));
    }
    return given;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 7})
  void atLeastHalfOfADaysTestsLieOutsideLessonsAndAnHourApart(int perDay) {
    for (long seed = 0; seed < 300; seed++) {
      SlotPlan plan = SlotPlan.draw(DAY, ZONE, perDay, new Random(seed));
      List<SlotPlan.Slot> slots = plan.slots();
      assertThat(slots).as("seed %s", seed).hasSizeBetween(Math.min(perDay, 3), perDay);
      long inside = slots.stream().filter(slot -> inLessons(slot.at())).count();
      assertThat(2 * inside).as("seed %s", seed).isLessThanOrEqualTo(slots.size());
      for (int i = 1; i < slots.size(); i++) {
        assertThat(Duration.between(slots.get(i - 1).at(), slots.get(i).at()))
            .as("seed %s", seed)
            .isGreaterThanOrEqualTo(Duration.ofHours(1));
      }
    }
  }

  private static boolean inLessons(Instant at) {
    LocalTime time = at.atZone(ZONE).toLocalTime();
    return !time.isBefore(LocalTime.of(8, 0)) && time.isBefore(LocalTime.of(17, 0));
  }

  @Test
  void theSameDiceGiveTheSameDayAndOthersAnother() {
    assertThat(SlotPlan.draw(DAY, ZONE, 4, new Random(7)))
        .isEqualTo(SlotPlan.draw(DAY, ZONE, 4, new Random(7)))
        .isNotEqualTo(SlotPlan.draw(DAY, ZONE, 4, new Random(8)));
  }

  @Test
  void everyLineGetsItsTestsAndNoTwoOfAGroupAtOnce() {
    List<TestedLine> lines = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      lines.add(line(i, "township" + i / 40));
    }
    SlotBook book = new SlotBook(settings(4, 1000 * MEGABIT), ZONE, new Random(3));
    List<Given> given = day(book, lines);

    assertThat(given).hasSize(480);
    assertThat(book.lost()).isZero();
    Map<String, Instant> lastOfGroup = new HashMap<>();
    Map<String, Instant> lastOfSchool = new HashMap<>();
    for (Given each : given) {
      Instant before = lastOfGroup.put(each.group(), each.at());
      assertThat(before == null || !each.at().isBefore(before.plus(LONG))).isTrue();
      Instant own = lastOfSchool.put(each.school(), each.at());
      assertThat(own == null || !each.at().isBefore(own.plus(Duration.ofHours(1)))).isTrue();
    }
    assertThat(given.stream().filter(each -> inLessons(each.at())).count())
        .isLessThanOrEqualTo(given.size() / 2);
  }

  @Test
  void allTestsTogetherTakeNoMoreThanTheCollectorsShareOfItsLine() {
    List<TestedLine> lines = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      lines.add(line(i, "own" + i));
    }
    // Half of 50 Mbit/s is room for two paces of 10.5.
    SlotBook book = new SlotBook(settings(4, 50 * MEGABIT), ZONE, new Random(4));
    List<Given> given = day(book, lines);

    assertThat(given).hasSizeGreaterThan(700);
    for (Given each : given) {
      long atOnce =
          given.stream()
              .filter(
                  other ->
                      !other.at().isAfter(each.at()) && other.at().plus(LONG).isAfter(each.at()))
              .count();
      assertThat(atOnce).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void aSlotWhoseAgentIsAwayWaitsAndIsLostWhenItsHoursEnd() {
    List<TestedLine> lines = List.of(line(1, "g"));
    SlotBook book = new SlotBook(settings(2, 1000 * MEGABIT), ZONE, new Random(5));
    Instant end = DAY.plusDays(1).atStartOfDay(ZONE).toInstant();
    Instant start = DAY.atStartOfDay(ZONE).toInstant();
    for (Instant now = start; now.isBefore(end); now = now.plusSeconds(60)) {
      book.give(now, now.plus(LONG), lines, line -> false);
    }

    assertThat(book.lost()).isEqualTo(2);
    assertThat(book.running()).isZero();
  }

  @Test
  void aTestThatEndedEarlyMakesRoomForTheNextOfItsGroup() {
    SlotBook book = new SlotBook(settings(1, 1000 * MEGABIT), ZONE, new Random(6));
    List<TestedLine> lines = List.of(line(1, "g"), line(2, "g"));
    Instant early = at(LocalTime.of(5, 0));
    book.give(early, early.plus(LONG), lines, line -> true);
    Instant late = at(LocalTime.of(21, 59, 59));
    List<String> given = new ArrayList<>();
    book.give(late, late.plus(LONG), lines, line -> given.add(line.key()));
    String first = given.isEmpty() ? "" : given.get(0);

    assertThat(given.size()).isLessThanOrEqualTo(1);
    book.endsBy(first, late);
    assertThat(book.running()).isEqualTo(given.size());
    book.give(late, late.plus(LONG), List.of(), line -> true);
    assertThat(book.running()).isZero();
  }

  @Test
  void aCollectorThatStartsInTheAfternoonDoesNotMakeUpForTheMorning() {
    SlotBook book = new SlotBook(settings(4, 1000 * MEGABIT), ZONE, new Random(9));
    List<Given> given = new ArrayList<>();
    Instant now = at(LocalTime.of(22, 30));
    book.give(now, now.plus(LONG), List.of(line(1, "g")), l -> given.add(new Given("", "", now)));

    assertThat(given).isEmpty();
    assertThat(book.lost()).isZero();
  }
}
