package org.rollcall.collector.sheet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rollcall.collector.day.Availability;
import org.rollcall.collector.day.Days;
import org.rollcall.collector.day.LessonStates;
import org.rollcall.collector.judge.Reason;
import org.rollcall.collector.sheet.LineRoll.SiteDays;

class LineRollTest {
  private static final LocalDate MONDAY = Kept.MONDAY;
  private static final int MINUTES = Kept.MINUTES;

  private static Cell cell(CalledDay day) {
    return cell(day, Map.of());
  }

  private static Cell cell(CalledDay day, Map<LocalDate, Set<String>> disputed) {
    return LineRoll.row(List.of(new SiteDays("S", List.of(day))), disputed).get(0);
  }

  private static List<String> codes(Cell cell) {
    return cell.because().stream().map(Reason::code).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "280, 0, PRESENT",
    "252, 28, PRESENT",
    "251, 29, ABSENT",
    "0, 280, ABSENT",
    "126, 14, PRESENT",
    "125, 14, NO_DATA",
    "0, 140, ABSENT",
    "0, 139, NO_DATA",
    "0, 0, NO_DATA"
  })
  void ninetyPercentOfTheKnownMinutesAndHalfOfThemKnown(int up, int down, RollMark mark) {
    Cell cell = cell(Kept.on(MONDAY).line("wan", up, down).called());
    assertThat(cell.mark()).isEqualTo(mark);
    assertThat(cell.minutes()).isEqualTo(new Availability(up, down, MINUTES - up - down, 0));
  }

  @Test
  void theReasonTellsTheFiguresInBothLanguages() {
    Cell cell = cell(Kept.on(MONDAY).line("wan", 251, 29).called());
    assertThat(SheetText.in(Locale.ENGLISH).text(cell.because().get(0)))
        .isEqualTo(
            "The line was up in only 251 of 280 known lesson minutes (89.6 %);"
                + " at least 90 % are needed (project default).");
    assertThat(SheetText.in(Locale.SIMPLIFIED_CHINESE).text(cell.because().get(0)))
        .isEqualTo("有数据的 280 分钟课时中,线路只通 251 分钟(89.6 %);要求不低于 90 %(项目默认值)。");
  }

  @Test
  void aShareJustBelowTheMarkIsNotRoundedUpToIt() {
    LocalDate longDay = MONDAY;
    Cell cell = cell(Kept.on(longDay, 1).line("wan", 251, 28).called());
    assertThat(cell.mark()).isEqualTo(RollMark.ABSENT);
    assertThat(cell.because().get(0).params()).containsEntry("percent", "89.9");
  }

  @Test
  void maintenanceIsNotAsked() {
    Cell present = cell(Kept.on(MONDAY, 180).line("wan", 90, 10).called());
    assertThat(present.mark()).isEqualTo(RollMark.PRESENT);
    assertThat(present.minutes()).isEqualTo(new Availability(90, 10, 0, 180));
    assertThat(cell(Kept.on(MONDAY, 180).line("wan", 49, 0).called()).mark())
        .isEqualTo(RollMark.NO_DATA);
    Cell nobody = cell(Kept.on(MONDAY, MINUTES).line("wan", 0, 0).called());
    assertThat(nobody.mark()).isEqualTo(RollMark.NO_SCHOOL);
    assertThat(codes(nobody)).containsExactly("all-planned");
  }

  @Test
  void aHolidayAndADayOutsideTheCalendarAreNotCalled() {
    Cell holiday = cell(Kept.nothing(LocalDate.of(2026, 10, 1)));
    assertThat(holiday.mark()).isEqualTo(RollMark.NO_SCHOOL);
    assertThat(codes(holiday)).containsExactly("no-lessons");
    Cell outside = cell(Kept.nothing(LocalDate.of(2019, 9, 2)));
    assertThat(outside.mark()).isEqualTo(RollMark.NO_SCHOOL);
    assertThat(codes(outside)).containsExactly("calendar-silent");
  }

  @Test
  void aDayOfWhichNothingCameHasNoDataAndIsNeverAbsent() {
    Cell nothing = cell(Kept.nothing(MONDAY));
    assertThat(nothing.mark()).isEqualTo(RollMark.NO_DATA);
    assertThat(nothing.minutes()).isEqualTo(new Availability(0, 0, MINUTES, 0));
    assertThat(codes(nothing)).containsExactly("day-missing");
    assertThat(codes(cell(Kept.on(MONDAY).called()))).containsExactly("day-missing");
    Cell noLine = cell(Kept.on(MONDAY).machine("terminal:t1", 10, 10, 280, 0).called());
    assertThat(noLine.mark()).isEqualTo(RollMark.NO_DATA);
    assertThat(codes(noLine)).containsExactly("line-unseen");
  }

  @Test
  void lessonsThatAreStillToComeAreNotUnknown() {
    Instant afterTwoLessons = Instant.ofEpochMilli(Days.millis(MONDAY, "09:30"));
    Kept morning = Kept.on(MONDAY, 40).line("wan", 80, 0);
    Cell cell = cell(morning.calledAt(afterTwoLessons));
    assertThat(cell.mark()).isEqualTo(RollMark.PRESENT);
    assertThat(cell.minutes()).isEqualTo(new Availability(80, 0, 0, 0));
    Cell early = cell(morning.calledAt(Instant.ofEpochMilli(Days.millis(MONDAY, "08:00"))));
    assertThat(early.mark()).isEqualTo(RollMark.NO_SCHOOL);
    assertThat(codes(early)).containsExactly("not-begun");
  }

  @Test
  void ofTwoLinesAnyThatIsUpMakesAMinuteUp() {
    BitSet none = new BitSet();
    BitSet first = new BitSet();
    first.set(0, 140);
    BitSet second = new BitSet();
    second.set(140, MINUTES);
    CalledDay day =
        Kept.on(MONDAY)
            .line("a", LessonStates.of(MINUTES, first, second, none))
            .line("b", LessonStates.of(MINUTES, second, first, none))
            .called();
    assertThat(cell(day).mark()).isEqualTo(RollMark.PRESENT);
    assertThat(cell(day).minutes()).isEqualTo(new Availability(MINUTES, 0, 0, 0));
  }

  @Test
  void theWorstCampusDecidesAndIsNamed() {
    SiteDays main = new SiteDays("东校区 (1)", List.of(Kept.on(MONDAY).line("wan", 280, 0).called()));
    SiteDays silent = new SiteDays("西校区 (2)", List.of(Kept.nothing(MONDAY)));
    SiteDays down = new SiteDays("南校区 (3)", List.of(Kept.on(MONDAY).line("wan", 0, 280).called()));
    Cell two = LineRoll.row(List.of(main, silent), Map.of()).get(0);
    assertThat(two.mark()).isEqualTo(RollMark.NO_DATA);
    assertThat(two.because().get(1).params()).containsEntry("campus", "西校区 (2)");
    Cell three = LineRoll.row(List.of(main, silent, down), Map.of()).get(0);
    assertThat(three.mark()).isEqualTo(RollMark.ABSENT);
    assertThat(codes(three)).containsExactly("line-absent", "campus-decides");
  }

  @Test
  void aDisputedVerdictTakesThePlaceOfAPresenceAndHidesNoAbsence() {
    Map<LocalDate, Set<String>> doubt = Map.of(MONDAY, Set.of("XXT-A", "BBT-A"));
    Cell doubted = cell(Kept.on(MONDAY).line("wan", 280, 0).called(), doubt);
    assertThat(doubted.mark()).isEqualTo(RollMark.DISPUTED);
    assertThat(codes(doubted)).containsExactly("line-present", "verdict-disputed");
    assertThat(SheetText.in(Locale.ENGLISH).text(doubted.because().get(1)))
        .contains("BBT-A, XXT-A");
    Cell absent = cell(Kept.on(MONDAY).line("wan", 0, 280).called(), doubt);
    assertThat(absent.mark()).isEqualTo(RollMark.ABSENT);
    Map<LocalDate, Set<String>> otherDay = Map.of(MONDAY.minusDays(1), Set.of("XXT-A"));
    assertThat(cell(Kept.on(MONDAY).line("wan", 280, 0).called(), otherDay).mark())
        .isEqualTo(RollMark.PRESENT);
  }
}
