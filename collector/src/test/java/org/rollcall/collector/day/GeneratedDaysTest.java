package org.rollcall.collector.day;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rollcall.collector.calendar.GeneratedCalendar;
import org.rollcall.collector.calendar.SchoolCalendar;
import org.rollcall.collector.calendar.SchoolCalendar.Lesson;
import org.rollcall.collector.day.SchoolDay.SubjectDay;

/**
 * Generated calendars, schools and maintenance, counted a second time minute by minute from the
 * definitions: whatever comes, minutes up, down, unknown and planned are the lesson minutes.
 */
class GeneratedDaysTest {
  private static final List<String> SUBJECTS =
      List.of("link:a", "link:b", "pc:1", "reach:edu", "service:x", "switch:1", "terminal:1");

  private final Map<String, TreeMap<Long, Integer>> samples = new HashMap<>();
  private final List<MaintenanceWindow> windows = new ArrayList<>();

  static List<Long> seeds() {
    return java.util.stream.LongStream.range(0, 40).boxed().toList();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void minutesUpDownUnknownAndPlannedAreTheLessonMinutes(long seed) throws Exception {
    Random random = new Random(seed);
    SchoolCalendar calendar = GeneratedCalendar.of(random);
    LocalDate date = GeneratedCalendar.dateIn(calendar, random);
    MemoryStore store = new MemoryStore();
    store.write(List.of(generate(date, random).report("S")));
    DayRoller roller = new DayRoller(store, (school, from, to) -> windows);
    List<LocalDate> dates = List.of(date, date.plusDays(1), date.plusDays(2));
    for (SchoolDay day : roller.roll("S", dates, calendar)) {
      int minutes = calendar.lessonMinutes(day.date());
      assertThat(day.lessonMinutes()).isEqualTo(minutes);
      assertThat(day.states().availability().minutes()).isEqualTo(minutes);
      for (SubjectDay subject : day.subjects()) {
        assertThat(subject.lessons().minutes()).as(subject.subject()).isEqualTo(minutes);
        assertThat(subject.lessons())
            .as(subject.subject())
            .isEqualTo(recount(subject.subject(), calendar, day.date()));
        LessonStates states = subject.states();
        assertThat(states == null || states.availability().equals(subject.lessons())).isTrue();
      }
      byte[] bytes = DayBytes.write(day);
      assertThat(new DayBytes().read("S", day.date(), day.calendarVersion(), bytes)).isEqualTo(day);
    }
  }

  private Days generate(LocalDate date, Random random) {
    Days days = new Days();
    for (String subject : SUBJECTS) {
      if (random.nextInt(4) == 0) {
        continue;
      }
      long time = Days.millis(date, "00:00") + random.nextInt(3_600_000);
      long end = Days.millis(date.plusDays(3), "00:00");
      int up = random.nextInt(2);
      while (time < end) {
        up = random.nextInt(20) == 0 ? 1 - up : up;
        samples.computeIfAbsent(subject, s -> new TreeMap<>()).put(time, up);
        days.see(subject, time, "up", up);
        time += 1 + random.nextInt(random.nextInt(20) == 0 ? 7_200_000 : 240_000);
      }
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      long from = Days.millis(date, "07:00") + random.nextInt(150_000_000);
      Instant begins = Instant.ofEpochMilli(from);
      windows.add(
          new MaintenanceWindow(
              null, "S", begins, begins.plusMillis(1 + random.nextInt(9_000_000)), "works"));
    }
    return days;
  }

  private Availability recount(String subject, SchoolCalendar calendar, LocalDate date) {
    long begins = date.atStartOfDay(calendar.zone()).toInstant().toEpochMilli();
    int[] found = new int[4];
    for (Lesson lesson : calendar.lessons(date)) {
      long end = lesson.from().toEpochMilli() + 60_000;
      for (; end <= lesson.to().toEpochMilli(); end += 60_000) {
        found[state(subject, begins, end)]++;
      }
    }
    return new Availability(found[0], found[1], found[2], found[3]);
  }

  /** 0 up, 1 down, 2 unknown, 3 planned. */
  private int state(String subject, long begins, long end) {
    for (MaintenanceWindow window : windows) {
      if (window.from().toEpochMilli() < end && window.to().toEpochMilli() >= end) {
        return 3;
      }
    }
    int raw = seen(subject, begins, end);
    boolean line = all("link", begins, end);
    boolean cutOff =
        all("switch", begins, end) && SUBJECTS.stream().noneMatch(s -> seen(s, begins, end) == 0);
    boolean excused =
        switch (subject.substring(0, subject.indexOf(':'))) {
          case "link", "reach" -> false;
          case "switch" -> line;
          default -> line || cutOff;
        };
    return raw == 1 && excused ? 2 : raw;
  }

  /** Whether something of the kind was seen, and all of it down. */
  private boolean all(String kind, long begins, long end) {
    List<Integer> seen =
        SUBJECTS.stream()
            .filter(s -> s.startsWith(kind + ":"))
            .map(s -> seen(s, begins, end))
            .filter(s -> s != 2)
            .toList();
    return !seen.isEmpty() && seen.stream().allMatch(s -> s == 1);
  }

  private int seen(String subject, long begins, long end) {
    TreeMap<Long, Integer> of = samples.getOrDefault(subject, new TreeMap<>());
    Long newest = of.lowerKey(end);
    if (newest == null || newest < begins || end - newest > 5 * 60_000) {
      return 2;
    }
    return 1 - of.getOrDefault(newest, 0);
  }
}
