package org.rollcall.collector.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rollcall.collector.declared.DeclaredIndicator;
import org.rollcall.collector.judge.Verdict.Evidence;
import org.rollcall.collector.judge.Verdict.Outcome;
import org.rollcall.collector.profile.Indicator;
import org.rollcall.collector.profile.Rule;
import org.rollcall.collector.registry.Device;

/** The indicators beside a school's link and its classes. */
class IndicatorsTest {
  private static final Rule ROOM = Case.rule(Indicator.COMPUTER_ROOM, null, Case.percent(95));
  private static final Rule LINE = Case.rule(Indicator.LINE_AVAILABILITY, null, Case.percent(99));
  private static final Rule SERVICE = Case.rule(Indicator.SERVICE, "research", Case.percent(95));
  private static final Rule PATH = Case.rule(Indicator.PRIVATE_PATH, null, Case.yes());

  private static List<String> codes(Verdict verdict) {
    return verdict.because().stream().map(Reason::code).toList();
  }

  /** All school days of the window. */
  private static int all(Case school) {
    return school.input().calendar().schoolDays(school.input().windowBegins(), Case.DATE).size();
  }

  @Test
  void aLineThatIsUpInAllLessonsHolds() {
    Case school = new Case();
    Verdict verdict = school.allLessons("link:wan", all(school), 1).verdict(LINE);
    assertThat(verdict.outcome()).isEqualTo(Outcome.MET);
    assertThat(verdict.value()).isEqualTo(100.0);
  }

  @Test
  void unknownMinutesAreNeitherUpNorDown() {
    Case half = new Case();
    Verdict verdict = half.allLessons("link:wan", all(half) / 2, 1).verdict(LINE);
    assertThat(verdict.outcome()).isEqualTo(Outcome.INSUFFICIENT_DATA);
    assertThat(verdict.because().get(0).params()).containsEntry("high", "100");
    Case down = new Case();
    assertThat(down.allLessons("link:wan", 3, 0).verdict(LINE).outcome())
        .isEqualTo(Outcome.NOT_MET);
    assertThat(new Case().verdict(LINE).outcome()).isEqualTo(Outcome.INSUFFICIENT_DATA);
  }

  /** Ten seats, all lessons: the quorum is eight. */
  @ParameterizedTest(name = "{0} of ten answer: {1}")
  @CsvSource({"10, MET", "8, MET", "7, NOT_MET", "0, MET"})
  void aRoomIsUsableWithEightyPerCentOfItsSeatsAndSwitchedOffIsNotFaulty(int on, Outcome expected) {
    Case school = new Case().room("机房", 10);
    int days = all(school);
    school.allLessons("link:wan", days, 1);
    for (int i = 1; i <= 10; i++) {
      school.allLessons("pc:p" + i, days, i <= on ? 1 : 0);
    }
    Verdict verdict = school.verdict(ROOM);
    assertThat(verdict.outcome()).isEqualTo(expected);
    if (on == 7 || on == 8) {
      assertThat(codes(verdict)).contains("rooms-faulty");
    }
  }

  @Test
  void withoutTheNetworkARoomIsNotUsable() {
    Case school = new Case().room("机房", 2);
    int days = all(school);
    school.allLessons("link:wan", days, 0).allLessons("pc:p1", days, 1);
    assertThat(school.allLessons("pc:p2", days, 1).verdict(ROOM).outcome())
        .isEqualTo(Outcome.NOT_MET);
  }

  @Test
  void aSchoolWithoutARoomIsNotJudgedAndAnUnwatchedRoomIsUnknown() {
    assertThat(new Case().verdict(ROOM).outcome()).isEqualTo(Outcome.NOT_APPLICABLE);
    Verdict verdict = new Case().room("机房", 2).traffic(3, 3, 1e6).verdict(ROOM);
    assertThat(verdict.outcome()).isEqualTo(Outcome.INSUFFICIENT_DATA);
    assertThat(codes(verdict)).startsWith("rooms-unwatched");
  }

  @ParameterizedTest(name = "{0} computers for 900 pupils, at most {1}: {2}")
  @CsvSource({"60, 15, MET", "59, 15, NOT_MET", "0, 15, NOT_MET"})
  void pupilsPerComputerAreComparedExactly(int computers, double most, Outcome expected) {
    Case school = new Case().declare(DeclaredIndicator.COMPUTERS, "" + computers, Case.DATE, null);
    Rule rule = Case.rule(Indicator.STUDENTS_PER_COMPUTER, null, Case.atMost(most));
    assertThat(school.verdict(rule).outcome()).isEqualTo(expected);
  }

  @Test
  void declaredComputersAreHeldAgainstTheDeviceList() {
    Case school = new Case().room("机房", 10);
    school.declare(DeclaredIndicator.COMPUTERS, "90", Case.DATE, null);
    Verdict verdict =
        school.verdict(Case.rule(Indicator.COMPUTERS_PER_100, null, Case.atLeast(10)));
    assertThat(verdict.outcome()).isEqualTo(Outcome.MET);
    assertThat(verdict.value()).isEqualTo(10.0);
    assertThat(verdict.disputed()).isTrue();
    assertThat(codes(verdict)).contains("computers-registered", "computers-declared-more");
  }

  @ParameterizedTest(name = "10 seats, largest class {0}: {1}")
  @CsvSource({"10, MET", "11, NOT_MET"})
  void theLargestClassNeedsASeatEach(int pupils, Outcome expected) {
    Case school = new Case().room("机房", 10);
    school.declare(DeclaredIndicator.LARGEST_CLASS, "" + pupils, Case.DATE, null);
    Rule rule = Case.rule(Indicator.SEATS_PER_PUPIL, null, Case.atLeast(1));
    assertThat(school.verdict(rule).outcome()).isEqualTo(expected);
  }

  @Test
  void multimediaRoomsPerHundredPupils() {
    Rule rule = Case.rule(Indicator.MULTIMEDIA_ROOMS_PER_100, null, Case.atLeast(2.2));
    Case school = new Case().declare(DeclaredIndicator.MULTIMEDIA_ROOMS, "20", Case.DATE, null);
    assertThat(school.verdict(rule).outcome()).isEqualTo(Outcome.MET);
    assertThat(new Case().verdict(rule).outcome()).isEqualTo(Outcome.INSUFFICIENT_DATA);
  }

  @Test
  void aMobileRoomIsSeenOnTheDaysItComes() {
    Rule rule = Case.rule(Indicator.MOBILE_ROOM_VISITS, null, Case.atLeast(2));
    Case school = new Case();
    school.device(new Device("S", "mobile:一号车", "pc", "m1", "10.0.2.1", "ping"));
    int days = all(school);
    school.allLessons("link:wan", days, 1);
    for (LocalDate day : school.schoolDays(2)) {
      school.days.see("pc:m1", day, "09:30", "up", 1);
    }
    Verdict verdict = school.verdict(rule);
    assertThat(verdict.outcome()).isEqualTo(Outcome.MET);
    assertThat(verdict.value()).isEqualTo(2.0);
    assertThat(new Case().verdict(rule).outcome()).isEqualTo(Outcome.NOT_APPLICABLE);
  }

  @ParameterizedTest(name = "{0} up, {1} down a day: {2}")
  @CsvSource({"19, 1, MET", "18, 1, NOT_MET"})
  void aPlatformAnswersInTeachingHours(int ok, int failed, Outcome expected) {
    Case school = new Case().reach("service:research", 6, ok, failed);
    school.days.see(
        "service:research",
        Case.DATE,
        "20:00",
        "up",
        1,
        "responseMillis",
        120,
        "certificateDays",
        12);
    Verdict verdict = school.verdict(SERVICE);
    assertThat(verdict.outcome()).isEqualTo(expected);
    assertThat(codes(verdict)).contains("service-response", "service-certificate");
    assertThat(new Case().verdict(SERVICE).outcome()).isEqualTo(Outcome.INSUFFICIENT_DATA);
  }

  @ParameterizedTest(name = "via the district {0}: {1}")
  @CsvSource({"1, MET", "0, NOT_MET"})
  void aPrivateSchoolEntersByWayOfTheDistrict(int viaDistrict, Outcome expected) {
    Case school = new Case().reach("reach:edu", 6, 30, 0);
    assertThat(school.verdict(PATH).outcome())
        .as("route not checked")
        .isEqualTo(Outcome.INSUFFICIENT_DATA);
    for (LocalDate day : school.schoolDays(6)) {
      school.days.see("path:edu", day, "09:00", "viaDistrict", viaDistrict, "vpn", 0);
    }
    assertThat(school.verdict(PATH).outcome()).isEqualTo(expected);
  }

  @Test
  void aDeclaredValueThatIsAbsentOrTooOldIsNoData() {
    Rule rule = Case.rule(Indicator.DECLARED, "one-course", Case.yes());
    assertThat(codes(new Case().verdict(rule))).startsWith("declared-absent");
    LocalDate last = Case.DATE.minusDays(400);
    Case school = new Case().declare(DeclaredIndicator.ONE_COURSE, "yes", last, null);
    assertThat(school.verdict(rule).outcome()).isEqualTo(Outcome.MET);
    assertThat(school.verdict(rule).evidence()).isEqualTo(Evidence.DECLARED);
    school.declare(DeclaredIndicator.ONE_COURSE, "yes", last.minusDays(1), null);
    Verdict old = school.verdict(rule);
    assertThat(old.outcome()).isEqualTo(Outcome.INSUFFICIENT_DATA);
    assertThat(codes(old)).startsWith("declared-too-old");
  }

  @Test
  void soManyOfNoneIsNotApplicable() {
    Rule rule = Case.rule(Indicator.DECLARED, "training-basic", Case.percent(100));
    Case school = new Case().declare(DeclaredIndicator.TRAINING_BASIC, "0/0", Case.DATE, null);
    assertThat(school.verdict(rule).outcome()).isEqualTo(Outcome.NOT_APPLICABLE);
  }

  @Test
  void anItCourseInFullIsDisputedWhereNoRoomWasOnInLessons() {
    Rule rule = Case.rule(Indicator.DECLARED, "it-course", Case.percent(100));
    Case school = new Case().room("机房", 2).allLessons("pc:p1", 6, 0);
    school.declare(DeclaredIndicator.IT_COURSE, "12/12", Case.DATE, null);
    Verdict verdict = school.verdict(rule);
    assertThat(verdict.disputed()).isTrue();
    assertThat(codes(verdict)).startsWith("no-room-on");
    Case used = new Case().room("机房", 2).allLessons("pc:p1", 6, 1);
    used.declare(DeclaredIndicator.IT_COURSE, "12/12", Case.DATE, null);
    assertThat(used.verdict(rule).outcome()).isEqualTo(Outcome.MET);
  }

  @Test
  void withoutANumberThereIsNoRule() {
    Rule rule = Case.rule(Indicator.STUDENTS_PER_COMPUTER, null, null);
    assertThat(new Case().verdict(rule).outcome()).isEqualTo(Outcome.NO_RULE);
  }

  @Test
  void classesThatUseTheirPlatformLittleAreTold() {
    Case school = new Case().classes(3, 3).terminals(3);
    for (LocalDate day : school.schoolDays(20)) {
      for (int i = 1; i <= 2; i++) {
        school.days.every(1, 60, "terminal:t" + i, day, "09:00", "up", 1);
      }
      school.days.every(1, 5, "terminal:t3", day, "09:00", "up", 1);
    }
    Verdict verdict = school.verdict("BBT-A");
    assertThat(verdict.outcome()).isEqualTo(Outcome.MET);
    assertThat(codes(verdict)).contains("classes-used-little", "classes-even");
    assertThat(codes(new Case().classes(2, 1).terminals(1).seen(1, 1, 10, 1).verdict("BBT-A")))
        .contains("classes-without-while-others", "classes-spread");
  }
}
