package org.rollcall.collector.sheet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rollcall.collector.judge.Reason;
import org.rollcall.collector.registry.Device;
import org.rollcall.collector.registry.Inventory;
import org.rollcall.collector.registry.SchoolClass;
import org.rollcall.collector.sheet.MachineRoll.ClassRow;
import org.rollcall.collector.sheet.MachineRoll.RoomRows;

class MachineRollTest {
  private static final LocalDate MONDAY = Kept.MONDAY;
  private static final int LOOK_BACK = 10;
  private static final int LEAST = 5;

  private static Inventory inventory(boolean declared, Device... devices) {
    return new Inventory(
        "S", List.of(new SchoolClass("S", "三(1)班", 3, declared)), List.of(devices));
  }

  private static Device device(String space, String kind, String name) {
    return new Device("S", space, kind, name, "192.0.2.1", "snmp");
  }

  private static Cell classCell(Inventory inventory, CalledDay... days) {
    List<ClassRow> rows = new MachineRoll(inventory, List.of(days), 1, LOOK_BACK, LEAST).classes();
    assertThat(rows).extracting(ClassRow::name).containsExactly("三(1)班");
    assertThat(rows.get(0).cells()).hasSize(1);
    return rows.get(0).cells().get(0);
  }

  private static String code(Cell cell) {
    assertThat(cell.because()).hasSize(1);
    Reason reason = cell.because().get(0);
    return cell.mark() + " " + reason.code();
  }

  private static final Inventory ONE = inventory(true, device("三(1)班", "terminal", "t1"));

  @Test
  void aClassIsThereWhenItsPlatformWasSeenWorkingThatDay() {
    CalledDay once = Kept.on(MONDAY).machine("terminal:t1", 200, 1, 5, 275).called();
    assertThat(code(classCell(ONE, once))).isEqualTo("PRESENT class-present");
    CalledDay never = Kept.on(MONDAY).machine("terminal:t1", 200, 0, 0, 280).called();
    assertThat(code(classCell(ONE, never))).isEqualTo("ABSENT class-absent");
  }

  @Test
  void ofTwoTerminalsEitherMakesTheClassPresent() {
    Inventory two =
        inventory(true, device("三(1)班", "terminal", "t1"), device("三(1)班", "terminal", "t2"));
    CalledDay day =
        Kept.on(MONDAY)
            .machine("terminal:t1", 10, 0, 0, 280)
            .machine("terminal:t2", 10, 3, 30, 250)
            .called();
    assertThat(code(classCell(two, day))).isEqualTo("PRESENT class-present");
  }

  @Test
  void whileTheLineIsCutAClassIsUnknownAndNotAbsent() {
    CalledDay cut = Kept.on(MONDAY).machine("terminal:t1", 200, 0, 0, 139).called();
    assertThat(code(classCell(ONE, cut))).isEqualTo("NO_DATA few-known");
    CalledDay half = Kept.on(MONDAY).machine("terminal:t1", 200, 0, 0, 140).called();
    assertThat(code(classCell(ONE, half))).isEqualTo("ABSENT class-absent");
    CalledDay unseen = Kept.on(MONDAY).line("wan", 280, 0).called();
    assertThat(code(classCell(ONE, unseen))).isEqualTo("NO_DATA class-unseen");
    assertThat(code(classCell(ONE, Kept.nothing(MONDAY)))).isEqualTo("NO_DATA day-missing");
  }

  @Test
  void aDeclaredPlatformWithoutATerminalIsDisputedAndNoneAtAllIsAbsent() {
    CalledDay day = Kept.on(MONDAY).line("wan", 280, 0).called();
    assertThat(code(classCell(inventory(true), day))).isEqualTo("DISPUTED class-unregistered");
    assertThat(code(classCell(inventory(false), day))).isEqualTo("ABSENT class-without-platform");
    assertThat(code(classCell(inventory(true), Kept.on(MONDAY).called())))
        .isEqualTo("NO_DATA day-missing");
    assertThat(code(classCell(inventory(false), Kept.nothing(MONDAY))))
        .isEqualTo("NO_DATA day-missing");
  }

  @Test
  void aPlatformNeverSeenWorkingOnFiveOfTenDaysIsDisputed() {
    List<LocalDate> dates = Kept.CALENDAR.lastSchoolDays(MONDAY, LOOK_BACK);
    for (int watched = 1; watched <= LOOK_BACK; watched++) {
      List<CalledDay> days = new ArrayList<>();
      for (int i = 0; i < LOOK_BACK; i++) {
        boolean seen = i >= LOOK_BACK - watched;
        days.add(
            seen
                ? Kept.on(dates.get(i)).machine("terminal:t1", 9, 0, 0, 240).called()
                : Kept.nothing(dates.get(i)));
      }
      RollMark expected = watched < LEAST ? RollMark.ABSENT : RollMark.DISPUTED;
      assertThat(classCell(ONE, days.toArray(new CalledDay[0])).mark())
          .as(watched + " days")
          .isEqualTo(expected);
    }
  }

  @Test
  void aPlatformOnceSeenWorkingInThoseDaysIsNoDoubt() {
    List<CalledDay> days = new ArrayList<>();
    for (LocalDate date : Kept.CALENDAR.lastSchoolDays(MONDAY, LOOK_BACK)) {
      int answered = days.isEmpty() ? 1 : 0;
      days.add(Kept.on(date).machine("terminal:t1", 9, answered, 0, 240).called());
    }
    assertThat(code(classCell(ONE, days.toArray(new CalledDay[0]))))
        .isEqualTo("ABSENT class-absent");
  }

  @Test
  void whatWasSeenBeforeTheDaysLookedBackOnDoesNotCount() {
    List<LocalDate> dates = Kept.CALENDAR.lastSchoolDays(MONDAY, LOOK_BACK + 1);
    List<CalledDay> days = new ArrayList<>();
    for (LocalDate date : dates) {
      int answered = date.equals(dates.get(0)) ? 1 : 0;
      days.add(Kept.on(date).machine("terminal:t1", 9, answered, 0, 240).called());
    }
    assertThat(code(classCell(ONE, days.toArray(new CalledDay[0]))))
        .isEqualTo("DISPUTED class-never-seen");
  }

  private static final Inventory ROOM =
      inventory(true, device("计算机室1", "pc", "r1-01"), device("计算机室1", "pc", "r1-02"));

  private static List<String> seats(CalledDay... days) {
    List<RoomRows> rooms = new MachineRoll(ROOM, List.of(days), 1, LOOK_BACK, LEAST).rooms();
    assertThat(rooms).extracting(RoomRows::name).containsExactly("计算机室1");
    return rooms.get(0).seats().stream().map(seat -> code(seat.cells().get(0))).toList();
  }

  @Test
  void aSeatIsAbsentOnlyWhereItsRoomWasUsed() {
    assertThat(
            seats(
                Kept.on(MONDAY)
                    .machine("pc:r1-01", 9, 4, 40, 240)
                    .machine("pc:r1-02", 9, 0, 0, 280)
                    .called()))
        .containsExactly("PRESENT seat-present", "ABSENT seat-absent");
    assertThat(
            seats(
                Kept.on(MONDAY)
                    .machine("pc:r1-01", 9, 0, 0, 280)
                    .machine("pc:r1-02", 9, 0, 0, 139)
                    .called()))
        .containsExactly("NO_SCHOOL room-unused", "NO_DATA few-known");
    assertThat(seats(Kept.on(MONDAY).machine("pc:r1-01", 9, 1, 5, 275).called()))
        .containsExactly("PRESENT seat-present", "NO_DATA seat-unseen");
  }

  @Test
  void aSeatMissedOnFiveDaysOfUseIsDisputed() {
    List<CalledDay> days = new ArrayList<>();
    for (LocalDate date : Kept.CALENDAR.lastSchoolDays(MONDAY, LEAST)) {
      days.add(
          Kept.on(date)
              .machine("pc:r1-01", 9, 4, 40, 200)
              .machine("pc:r1-02", 9, 0, 0, 240)
              .called());
    }
    assertThat(seats(days.toArray(new CalledDay[0])))
        .containsExactly("PRESENT seat-present", "DISPUTED seat-never-seen");
    LocalDate first = days.get(0).date();
    days.set(
        0,
        Kept.on(first)
            .machine("pc:r1-01", 9, 0, 0, 240)
            .machine("pc:r1-02", 9, 0, 0, 240)
            .called());
    assertThat(seats(days.toArray(new CalledDay[0])))
        .as("a day on which the room was off does not count")
        .containsExactly("PRESENT seat-present", "ABSENT seat-absent");
  }

  @Test
  void holidaysAndMaintenanceAreNotCalled() {
    assertThat(code(classCell(ONE, Kept.nothing(LocalDate.of(2026, 10, 1)))))
        .isEqualTo("NO_SCHOOL no-lessons");
    CalledDay planned = Kept.on(MONDAY, Kept.MINUTES).machine("terminal:t1", 9, 0, 0, 0).called();
    assertThat(code(classCell(ONE, planned))).isEqualTo("NO_SCHOOL all-planned");
  }
}
