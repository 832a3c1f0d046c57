package org.rollcall.collector.day;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.database.RegisterHome;
import org.rollcall.collector.day.SchoolDay.PathDay;
import org.rollcall.collector.day.SchoolDay.ServiceDay;
import org.rollcall.collector.day.SchoolDay.SubjectDay;

class PlannedAndExcusedTest {
  /** A Thursday with seven lessons, 280 minutes; the first is 08:00 to 08:40. */
  private static final LocalDate THURSDAY = LocalDate.of(2026, 11, 19);

  private static SchoolDay day(Days days) {
    return days.rolled("S", THURSDAY, THURSDAY).get(0);
  }

  private static SubjectDay find(SchoolDay day, String subject) {
    return requireNonNull(day.find(subject));
  }

  private static Days lesson(Days days, String subject, int up) {
    return days.every(1, 36, subject, THURSDAY, "08:00", "up", up);
  }

  @Test
  void aTerminalThatDoesNotAnswerWhileTheLineIsUpIsDown() {
    Days days = lesson(lesson(new Days(), "link:wan", 1), "terminal:1", 0);
    assertThat(find(day(days), "terminal:1").lessons()).isEqualTo(new Availability(0, 40, 240, 0));
  }

  @Test
  void whatDoesNotAnswerWhileEveryLineIsDownIsUnknownAndTheLineIsDown() {
    Days days = lesson(lesson(new Days(), "link:wan", 0), "terminal:1", 0);
    lesson(lesson(lesson(days, "pc:1", 1), "service:x", 0), "reach:edu", 0);
    SchoolDay day = day(days);
    assertThat(find(day, "terminal:1").lessons()).isEqualTo(new Availability(0, 0, 280, 0));
    assertThat(find(day, "service:x").lessons().down()).isZero();
    assertThat(find(day, "pc:1").lessons().up()).as("it answered").isEqualTo(40);
    assertThat(find(day, "link:wan").lessons().down()).isEqualTo(40);
    assertThat(find(day, "reach:edu").lessons().down()).as("that is the line").isEqualTo(40);
  }

  @Test
  void oneLineThatIsUpIsEnough() {
    Days days = lesson(lesson(new Days(), "link:a", 0), "link:b", 1);
    assertThat(find(day(lesson(days, "terminal:1", 0)), "terminal:1").lessons().down())
        .isEqualTo(40);
  }

  @Test
  void anAgentCutOffFromItsCampusProvesNothingAgainstAnybody() {
    Days days = lesson(lesson(new Days(), "switch:1", 0), "terminal:1", 0);
    SchoolDay day = day(days);
    assertThat(find(day, "terminal:1").lessons().down()).isZero();
    assertThat(find(day, "switch:1").lessons().down()).isEqualTo(40);
    SchoolDay seen = day(lesson(days, "terminal:2", 1));
    assertThat(find(seen, "terminal:1").lessons().down()).as("somebody answered").isEqualTo(40);
  }

  @Test
  void terminalsSwitchedOffAreDownThoughNothingElseIsWatched() {
    SchoolDay day = day(lesson(new Days(), "terminal:1", 0));
    assertThat(find(day, "terminal:1").lessons().down()).isEqualTo(40);
    assertThat(day.states().availability()).isEqualTo(new Availability(0, 40, 240, 0));
  }

  @Test
  void minutesUnderMaintenanceAreNeitherUpNorDownAndItsProbesDoNotCount() {
    Days days = lesson(lesson(new Days(), "reach:edu", 0), "pc:1", 1);
    MemoryStore store = new MemoryStore();
    store.write(List.of(days.report("S")));
    MaintenanceWindow window =
        new MaintenanceWindow(
            null,
            "S",
            Instant.ofEpochMilli(Days.millis(THURSDAY, "08:10")),
            Instant.ofEpochMilli(Days.millis(THURSDAY, "08:30")),
            "works");
    SchoolDay day =
        new DayRoller(store, (school, from, to) -> List.of(window))
            .roll("S", List.of(THURSDAY), Days.CALENDAR)
            .get(0);
    assertThat(find(day, "pc:1").lessons()).isEqualTo(new Availability(20, 0, 240, 20));
    assertThat(requireNonNull(find(day, "pc:1").states())).hasToString("10u 20p 10u 240?");
    assertThat(find(day, "reach:edu").lessonSamples()).isEqualTo(16);
    assertThat(find(day, "pc:1").on()).isEqualTo(new SchoolDay.OnMinutes(40, 40, 1, 480, 520));
    assertThat(day.states().availability().planned()).isEqualTo(20);
  }

  @Test
  void aTerminalsMinutesOnAreCountedInLessonsAndOverTheDay() {
    Days days =
        new Days()
            .every(1, 60, "terminal:1", THURSDAY, "07:30", "up", 1)
            .see("terminal:1", THURSDAY, "08:30", "up", 0);
    assertThat(find(day(days), "terminal:1").on())
        .isEqualTo(new SchoolDay.OnMinutes(30, 60, 1, 450, 510));
  }

  @Test
  void aServiceShowsItsResponseTimesAndItsCertificate() {
    Days days = new Days();
    for (int i = 1; i <= 20; i++) {
      days.see(
          "service:research",
          THURSDAY,
          "08:" + (i + 9),
          "up",
          1,
          "responseMillis",
          i * 10,
          "certificateDays",
          40 - i);
    }
    SubjectDay service = find(day(days), "service:research");
    assertThat(service.service()).isEqualTo(new ServiceDay(100, 190, 20));
    assertThat(service.up()).isEqualTo(20);
  }

  @Test
  void aPathShowsWhichWayItWent() {
    Days days =
        new Days()
            .see("path:edu", THURSDAY, "08:00", "viaDistrict", 1, "vpn", 0)
            .see("path:edu", THURSDAY, "09:00", "viaDistrict", 0, "vpn", 1)
            .see("path:edu", THURSDAY, "10:00", "up", 1);
    assertThat(find(day(days), "path:edu").path()).isEqualTo(new PathDay(2, 1, 1));
  }

  @Test
  void aTestKeepsTheSkewOfTheClockThatTimedIt() {
    Days days =
        new Days()
            .see(
                "throughput:wan",
                THURSDAY,
                "19:00",
                "downloadBitsPerSecond",
                1e7,
                "transferSeconds",
                10,
                "clockSkewSeconds",
                -31.5)
            .see(
                "throughput:wan",
                THURSDAY,
                "20:00",
                "downloadBitsPerSecond",
                1e7,
                "transferSeconds",
                10);
    assertThat(find(day(days), "throughput:wan").tests())
        .extracting(SchoolDay.LineTest::clockSkewSeconds)
        .containsExactly(-31.5, null);
  }

  @ParameterizedTest
  @EnumSource(RegisterHome.class)
  void windowsAreKeptEndedAndToldToTheServer(RegisterHome home, @TempDir Path folder) {
    try (Database database = home.open(folder)) {
      MaintenanceWindows windows = new MaintenanceWindows(database);
      Instant from = Instant.parse("2026-11-19T06:00:00Z");
      Instant to = from.plusSeconds(7200);
      MaintenanceWindow kept =
          windows.add(new MaintenanceWindow(null, "S", from, to, "new switch"));
      long id = requireNonNull(kept.id());
      assertThat(windows.of("S", from, to)).containsExactly(kept);
      assertThat(windows.of("T", from, to)).isEmpty();
      assertThat(windows.of("S", to, to.plusSeconds(1))).as("its end is outside").isEmpty();
      assertThat(windows.end(id, from.plusSeconds(60))).isEqualTo(kept);
      assertThat(windows.end(id, from.plusSeconds(60))).as("it has ended").isNull();
      assertThat(windows.between(from, to).get(0).to()).isEqualTo(from.plusSeconds(60));
      assertThat(windows.end(id, from.minusSeconds(60))).isNotNull();
      assertThat(windows.between(from, to)).isEmpty();
      assertThat(windows.touched()).hasSize(3).allMatch(t -> t.school().equals("S"));
      windows.rolledUp(windows.touched().get(1).id());
      assertThat(windows.touched()).hasSize(1);
    }
  }
}
