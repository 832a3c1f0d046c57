package org.rollcall.collector.day;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rollcall.collector.calendar.SchoolCalendar.Lesson;
import org.rollcall.collector.day.SchoolDay.SubjectDay;
import org.rollcall.collector.store.ObservationStore.SchoolReport;
import org.rollcall.protocol.v1.Gap;
import org.rollcall.protocol.v1.Report;

class DayRollerTest {
  /** A Thursday with seven lessons. */
  private static final LocalDate THURSDAY = LocalDate.of(2026, 11, 19);

  private static SubjectDay only(Days days, String subject) {
    return requireNonNull(days.rolled("S", THURSDAY, THURSDAY).get(0).find(subject));
  }

  @Test
  void aTerminalIsUpInTheLessonMinutesItsSamplesSpeakFor() {
    SubjectDay day =
        only(
            new Days()
                .every(1, 40, "terminal:c1", THURSDAY, "08:00", "up", 1, "uptimeSeconds", 60)
                .see("terminal:c1", THURSDAY, "08:50", "up", 0)
                .see("terminal:c1", THURSDAY, "22:00", "up", 1),
            "terminal:c1");
    assertThat(day.samples()).isEqualTo(42);
    assertThat(day.up()).isEqualTo(41);
    assertThat(day.lessonSamples()).isEqualTo(41);
    assertThat(day.lessonUp()).isEqualTo(40);
    assertThat(day.lessonMinutesUp()).isEqualTo(40);
    assertThat(day.lessonMinutesDown()).as("five minutes, then unknown").isEqualTo(5);
    assertThat(day.uptimeSeconds()).isEqualTo(60);
  }

  @Test
  void aDayIsReadInTheZoneOfTheSchool() {
    List<SchoolDay> days =
        new Days()
            .see("pc:1", THURSDAY, "00:00", "up", 1)
            .see("pc:1", THURSDAY, "23:59", "up", 1)
            .see("pc:1", THURSDAY.plusDays(1), "00:00", "up", 1)
            .rolled("S", THURSDAY, THURSDAY.plusDays(1));
    assertThat(days).extracting(d -> d.subjects().get(0).samples()).containsExactly(2, 1);
  }

  @Test
  void theFastestWholeMinutesOfALineAreKept() {
    Days days = new Days();
    for (int i = 1; i <= 30; i++) {
      days.see(
          "link:wan",
          Days.millis(THURSDAY, "08:00") + i * 60_000L,
          "up",
          1,
          "speedBitsPerSecond",
          1e9,
          "inBitsPerSecond",
          i * 1e6,
          "intervalSeconds",
          60);
    }
    days.see("link:wan", THURSDAY, "12:00", "up", 1, "inBitsPerSecond", 9e8, "intervalSeconds", 20);
    SchoolDay.LinkDay link = requireNonNull(only(days, "link:wan").link());
    assertThat(link.rates()).as("a rate over 20 s is no whole interval").isEqualTo(30);
    assertThat(link.fastestInBits()).hasSize(20).startsWith(30_000_000L).endsWith(11_000_000L);
    assertThat(link.maxSpeedBits()).isEqualTo(1_000_000_000L);
  }

  @Test
  void aPortThatTellsSpeedZeroTellsNothing() {
    SubjectDay day =
        only(new Days().see("link:wan", THURSDAY, "08:00", "speedBitsPerSecond", 0), "link:wan");
    assertThat(day.link()).isEqualTo(new SchoolDay.LinkDay(null, null, 0, List.of()));
    assertThat(day.lessonSamples()).as("it does not tell up or down").isZero();
  }

  @Test
  void aTestWithoutUtilisationIsKeptWithout() {
    SubjectDay day =
        only(
            new Days()
                .see(
                    "throughput:wan",
                    THURSDAY,
                    "19:00",
                    "downloadBitsPerSecond",
                    12.5e6,
                    "transferSeconds",
                    10)
                .see("throughput:wan", THURSDAY, "20:00", "downloadBitsPerSecond", 1e6),
            "throughput:wan");
    assertThat(day.tests())
        .containsExactly(
            new SchoolDay.LineTest(Days.millis(THURSDAY, "19:00"), 12_500_000L, 10, null, null));
  }

  @Test
  void aTestThatSomebodyAskedForIsNoneOfTheDays() {
    SubjectDay day =
        only(
            new Days()
                .see(
                    "throughput:wan",
                    THURSDAY,
                    "19:00",
                    "downloadBitsPerSecond",
                    12.5e6,
                    "transferSeconds",
                    10)
                .see(
                    "throughput:wan",
                    THURSDAY,
                    "20:00",
                    "downloadBitsPerSecond",
                    99e6,
                    "transferSeconds",
                    10,
                    "asked",
                    1),
            "throughput:wan");
    assertThat(day.tests())
        .extracting(SchoolDay.LineTest::timeMillis)
        .containsExactly(Days.millis(THURSDAY, "19:00"));
  }

  @Test
  void aGapIsCountedOnEveryDayItReachesAndDecidesNothing() {
    MemoryStore store = new MemoryStore();
    Gap gap =
        Gap.newBuilder()
            .setFromMillis(Days.millis(THURSDAY, "16:00"))
            .setToMillis(Days.millis(THURSDAY.plusDays(1), "08:10"))
            .build();
    store.write(List.of(new SchoolReport("S", Report.newBuilder().addGaps(gap).build())));
    List<SchoolDay> days =
        new DayRoller(store, DayRoller.Maintenance.NONE)
            .roll("S", List.of(THURSDAY, THURSDAY.plusDays(1)), Days.CALENDAR);
    assertThat(days).extracting(SchoolDay::gapLessonMinutes).containsExactly(40, 10);
    assertThat(days).extracting(SchoolDay::seenLessonMinutes).containsExactly(0, 0);
    assertThat(days).allMatch(d -> d.subjects().isEmpty());
  }

  @Test
  void aLookSaysNothingOfWhatWasLostAfterIt() {
    MemoryStore store = new MemoryStore();
    store.write(
        List.of(
            new Days()
                .see("link:wan", THURSDAY, "08:10:20", "up", 1)
                .see("link:wan", THURSDAY, "08:15:20", "up", 0)
                .see("link:wan", THURSDAY, "08:21:20", "up", 1)
                .report("S")));
    Gap gap =
        Gap.newBuilder()
            .setFromMillis(Days.millis(THURSDAY, "08:11:30"))
            .setToMillis(Days.millis(THURSDAY, "08:20:00"))
            .build();
    store.write(List.of(new SchoolReport("S", Report.newBuilder().addGaps(gap).build())));
    SchoolDay day =
        new DayRoller(store, DayRoller.Maintenance.NONE)
            .roll("S", List.of(THURSDAY), Days.CALENDAR)
            .get(0);
    // Minutes from 08:00: 10 seen up, 15 seen down in the midst of the loss, from 21 seen up again.
    assertThat(java.util.Objects.requireNonNull(day.find("link:wan")).states())
        .hasToString("10? 1u 4? 1d 5? 5u 254?");
    assertThat(day.states()).hasToString("10? 1u 4? 1d 5? 5u 254?");
  }

  @Test
  void aGapThatBeganBeforeTheDaysRolledUpIsCounted() {
    MemoryStore store = new MemoryStore();
    Gap gap =
        Gap.newBuilder()
            .setFromMillis(Days.millis(THURSDAY.minusDays(20), "16:00"))
            .setToMillis(Days.millis(THURSDAY, "08:10"))
            .build();
    store.write(List.of(new SchoolReport("S", Report.newBuilder().addGaps(gap).build())));
    DayRoller roller = new DayRoller(store, DayRoller.Maintenance.NONE);
    assertThat(roller.roll("S", List.of(THURSDAY), Days.CALENDAR).get(0).gapLessonMinutes())
        .isEqualTo(10);
  }

  @Test
  void neighbouringDaysAreReadInOneVisit() {
    MemoryStore store = new MemoryStore();
    List<LocalDate> dates =
        List.of(THURSDAY, THURSDAY.minusDays(1), THURSDAY.minusDays(5), THURSDAY.minusDays(4));
    assertThat(new DayRoller(store, DayRoller.Maintenance.NONE).roll("S", dates, Days.CALENDAR))
        .extracting(SchoolDay::date)
        .containsExactly(
            THURSDAY.minusDays(5), THURSDAY.minusDays(4), THURSDAY.minusDays(1), THURSDAY);
    assertThat(store.visits()).isEqualTo(2);
  }

  /**
   * Recounts minute by minute what the tally sums up by ranges, from the definition: a lesson
   * minute has the state of the newest sample before its end, if that is not older than five
   * minutes.
   */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void minutesUpDownAndUnknownAreTheLessonMinutes(long seed) {
    Random random = new Random(seed);
    LocalDate date = LocalDate.of(2025, 9, 1).plusDays(random.nextInt(700));
    TreeMap<Long, Integer> samples = new TreeMap<>();
    Days days = new Days();
    long time = Days.millis(date, "00:00") + random.nextInt(3_600_000);
    long end = Days.millis(date.plusDays(1), "00:00");
    while (time < end) {
      int up = random.nextInt(2);
      samples.put(time, up);
      days.see("terminal:x", time, "up", up);
      time += 1 + random.nextInt(random.nextInt(4) == 0 ? 3_600_000 : 120_000);
    }
    SchoolDay day = days.rolled("S", date, date).get(0);
    int up = 0;
    int down = 0;
    for (Lesson lesson : Days.CALENDAR.lessons(date)) {
      long minute = lesson.from().toEpochMilli() + 60_000;
      for (; minute <= lesson.to().toEpochMilli(); minute += 60_000) {
        Long newest = samples.lowerKey(minute);
        if (newest != null && minute - newest <= 5 * 60_000) {
          int state = samples.getOrDefault(newest, 0);
          up += state;
          down += 1 - state;
        }
      }
    }
    SubjectDay subject = requireNonNull(day.find("terminal:x"));
    assertThat(subject.lessonMinutesUp()).isEqualTo(up);
    assertThat(subject.lessonMinutesDown()).isEqualTo(down);
    assertThat(day.seenLessonMinutes()).isEqualTo(up + down);
    assertThat(up + down + day.unknownLessonMinutes()).isEqualTo(Days.CALENDAR.lessonMinutes(date));
  }

  @Test
  void aDayWhoseObservationsAreGoneIsNotRolledUpFromWhatIsLeft() {
    MemoryStore store = new MemoryStore();
    store.write(List.of(new Days().see("terminal:c1", THURSDAY, "23:00", "up", 1).report("S")));
    DayRoller roller = new DayRoller(store, DayRoller.Maintenance.NONE);
    List<LocalDate> dates = List.of(THURSDAY, THURSDAY.plusDays(1));
    assertThat(roller.roll("S", dates, Days.CALENDAR)).hasSize(2);
    store.keepSince(THURSDAY.atTime(12, 0).atZone(Days.CALENDAR.zone()).toInstant());
    assertThat(roller.roll("S", dates, Days.CALENDAR))
        .extracting(SchoolDay::date)
        .containsExactly(THURSDAY.plusDays(1));
  }
}
