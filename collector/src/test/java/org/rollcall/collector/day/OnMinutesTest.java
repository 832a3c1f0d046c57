package org.rollcall.collector.day;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.rollcall.collector.day.SchoolDay.FaultDay;
import org.rollcall.collector.day.SchoolDay.OnMinutes;
import org.rollcall.collector.day.SchoolDay.SubjectDay;

/** When machines count as switched on, by whatever of state, power and up they tell. */
class OnMinutesTest {
  /** Seven lessons; the first is 08:00 to 08:40, minutes 480 to 520 of the day. */
  private static final LocalDate THURSDAY = LocalDate.of(2026, 11, 19);

  private static SubjectDay seen(Days days, String subject) {
    SchoolDay day = days.rolled("S", THURSDAY, THURSDAY).get(0);
    SchoolDay kept = new DayBytes().read("S", THURSDAY, day.calendarVersion(), DayBytes.write(day));
    assertThat(kept).as("kept and read again").isEqualTo(day);
    return requireNonNull(kept.find(subject));
  }

  @Test
  void aProjectorInStandbyIsUpAndNotOn() {
    Days days =
        new Days()
            .every(1, 30, "projector:p", THURSDAY, "07:50", "state", 2, "up", 1, "power", 0)
            .see("projector:p", THURSDAY, "08:20", "state", 2, "up", 1, "power", 0);
    SubjectDay seen = seen(days, "projector:p");
    assertThat(seen.on()).isEqualTo(new OnMinutes(0, 0, 0, -1, -1));
    assertThat(seen.fault()).isNull();
    assertThat(seen.lessonUp()).as("it is there and works").isPositive();
  }

  @Test
  void itIsOnFromWarmingToCoolingAndEachTimeIsCounted() {
    Days days =
        new Days()
            .every(1, 10, "projector:p", THURSDAY, "07:50", "state", 1, "up", 1, "power", 3)
            .every(1, 5, "projector:p", THURSDAY, "08:00", "state", 1, "up", 1, "power", 1)
            .every(1, 5, "projector:p", THURSDAY, "08:05", "state", 2, "up", 1, "power", 2)
            .every(1, 5, "projector:p", THURSDAY, "08:10", "state", 1, "up", 1, "power", 1)
            .see("projector:p", THURSDAY, "08:15", "state", 5, "up", 0);
    assertThat(seen(days, "projector:p").on()).isEqualTo(new OnMinutes(10, 20, 2, 470, 495));
  }

  @Test
  void aProjectorWithAFaultCanBeOnAndItsFaultsAreCounted() {
    Days days =
        new Days()
            .see("projector:p", THURSDAY, "08:00", "state", 1, "power", 1, "faultBits", 4)
            .see("projector:p", THURSDAY, "08:01", "state", 4, "power", 1, "faultBits", 512)
            .see("projector:p", THURSDAY, "08:02", "state", 4, "power", 1, "faultBits", 512)
            .see("projector:p", THURSDAY, "08:03", "state", 1, "power", 1, "faultBits", 0)
            .see("projector:p", THURSDAY, "08:04", "state", 4, "power", 1, "faultBits", 32)
            .see("projector:p", THURSDAY, "08:05", "state", 2, "power", 0, "faultBits", 0);
    SubjectDay seen = seen(days, "projector:p");
    assertThat(seen.on()).isEqualTo(new OnMinutes(5, 5, 1, 480, 485));
    assertThat(seen.fault()).isEqualTo(new FaultDay(2, 4 | 512 | 32));
  }

  @Test
  void aTerminalsFaultWithoutAWordOfItsPowerIsNotOn() {
    Days days =
        new Days()
            .see("terminal:t", THURSDAY, "08:00", "state", 4, "up", 0)
            .see("terminal:t", THURSDAY, "08:01", "state", 4, "up", 0);
    SubjectDay seen = seen(days, "terminal:t");
    assertThat(seen.on()).isEqualTo(new OnMinutes(0, 0, 0, -1, -1));
    assertThat(seen.fault()).isEqualTo(new FaultDay(1, 0));
    assertThat(seen.up()).isZero();
  }

  @Test
  void aLookThatToldNothingEndsTheMinutesAndIsNoSwitchingOff() {
    Days days =
        new Days()
            .see("projector:p", THURSDAY, "08:00", "state", 1, "up", 1, "power", 1)
            .see("projector:p", THURSDAY, "08:02")
            .see("projector:p", THURSDAY, "08:04", "state", 1, "up", 1, "power", 1)
            .see("projector:p", THURSDAY, "08:05", "state", 2, "up", 1, "power", 0);
    assertThat(seen(days, "projector:p").on()).isEqualTo(new OnMinutes(3, 3, 1, 480, 485));
  }

  @Test
  void silenceLastsNoLongerThanASampleSpeaks() {
    Days days =
        new Days()
            .see("terminal:t", THURSDAY, "08:00", "up", 1)
            .see("terminal:t", THURSDAY, "08:30", "up", 1);
    assertThat(seen(days, "terminal:t").on()).isEqualTo(new OnMinutes(10, 10, 1, 480, 515));
  }

  @Test
  void onlyMachinesAreSwitchedOn() {
    Days days = new Days().see("switch:s", THURSDAY, "08:00", "up", 1);
    assertThat(seen(days, "switch:s").on()).isNull();
  }

  @Test
  void foreignNumbersDoNoHarm() {
    Days days =
        new Days()
            .see("terminal:t", THURSDAY, "08:00", "state", 1e300, "faultBits", -7, "up", 1)
            .see("terminal:t", THURSDAY, "08:01", "state", Double.NaN, "power", 99, "up", 1);
    assertThat(seen(days, "terminal:t").on()).isEqualTo(new OnMinutes(1, 1, 1, 480, 481));
  }

  @Test
  void minutesThatCannotBeAreRefused() {
    assertThatThrownBy(() -> new OnMinutes(0, 0, 0, 480, 490))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new OnMinutes(5, 5, 1, 480, 470))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
