package org.rollcall.collector.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.rollcall.collector.day.Availability;
import org.rollcall.collector.day.LessonStates;
import org.rollcall.collector.day.SchoolDay;
import org.rollcall.collector.day.SchoolDay.FaultDay;
import org.rollcall.collector.day.SchoolDay.OnMinutes;
import org.rollcall.collector.day.SchoolDay.SubjectDay;
import org.rollcall.collector.registry.Device;
import org.rollcall.collector.registry.Inventory;
import org.rollcall.collector.registry.SchoolClass;
import org.rollcall.collector.usage.ClassDay.Use;

class ClassDayTest {
  private static final LocalDate MONDAY = LocalDate.of(2026, 11, 16);

  private static final Inventory INVENTORY =
      new Inventory(
          "S",
          List.of(
              new SchoolClass("S", "三(1)班", 3, true),
              new SchoolClass("S", "三(2)班", 3, true),
              new SchoolClass("S", "三(3)班", 3, false)),
          List.of(
              device("三(1)班", "terminal", "t1"),
              device("三(1)班", "projector", "p1"),
              device("三(1)班", "pc", "x1"),
              device("三(2)班", "terminal", "t2"),
              device("计算机室1", "pc", "r1-01")));

  private static Device device(String space, String kind, String name) {
    return new Device("S", space, kind, name, "192.0.2.1", "snmp");
  }

  private static SubjectDay seen(String subject, OnMinutes on, @Nullable FaultDay fault) {
    return new SubjectDay(
        subject,
        1,
        1,
        0,
        0,
        0,
        0,
        Availability.NONE,
        null,
        null,
        on,
        fault,
        null,
        null,
        null,
        List.of());
  }

  private static SchoolDay day(LocalDate date, SubjectDay... subjects) {
    List<SubjectDay> sorted =
        Arrays.stream(subjects).sorted(Comparator.comparing(SubjectDay::subject)).toList();
    return new SchoolDay("S", date, "v", true, LessonStates.unknown(280), 0, 0, 0, sorted);
  }

  @Test
  void ofTwoMachinesTheOneOnForLongerCountsAndTheFaultsOfBoth() {
    List<ClassDay> found =
        ClassDay.of(
            INVENTORY,
            List.of(
                day(
                    MONDAY,
                    seen("terminal:t1", new OnMinutes(200, 300, 2, 460, 900), new FaultDay(1, 4)),
                    seen("projector:p1", new OnMinutes(210, 280, 5, 470, 960), new FaultDay(2, 32)),
                    seen("pc:x1", new OnMinutes(280, 999, 1, 0, 1440), null))));
    assertThat(found).hasSize(1);
    ClassDay one = found.get(0);
    assertThat(one.name()).isEqualTo("三(1)班");
    assertThat(one.date()).isEqualTo(MONDAY);
    assertThat(one.use()).isEqualTo(new Use(300, 200, 2, 460, 960, 3, 36));
    assertThat(one.devices())
        .extracting(ClassDay.DeviceDay::subject)
        .containsExactlyInAnyOrder("terminal:t1", "projector:p1");
  }

  @Test
  void aClassThatWasNotOnIsToldWithoutTimesAndOneThatWasNotSeenNotAtAll() {
    List<ClassDay> found =
        ClassDay.of(
            INVENTORY,
            List.of(
                day(MONDAY, seen("terminal:t2", new OnMinutes(0, 0, 0, -1, -1), null)),
                day(
                    MONDAY.plusDays(1),
                    seen("terminal:t2", new OnMinutes(40, 45, 1, 475, 520), null))));
    assertThat(found)
        .extracting(ClassDay::name, ClassDay::date, ClassDay::use)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                "三(2)班", MONDAY, new Use(0, 0, 0, null, null, 0, 0)),
            org.assertj.core.groups.Tuple.tuple(
                "三(2)班", MONDAY.plusDays(1), new Use(45, 40, 1, 475, 520, 0, 0)));
  }
}
