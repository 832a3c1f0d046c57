package org.rollcall.collector.problems;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.rollcall.collector.problems.Cause.Known;
import org.rollcall.protocol.v1.Observation;

class SchoolCausesTest {
  private static final String SCHOOL = "2144000001";

  @Test
  void aSchoolInWhichAllIsWellHasNoCause() {
    Looks well =
        new Looks(SCHOOL)
            .classes(2)
            .see("link:wan", "", "up", 1)
            .see("reach:internet", "", "up", 1)
            .see("terminal:c1", "", "up", 1, "state", 1)
            .see("terminal:c2", "timeout", "up", 0, "state", 5);
    assertThat(well.causes()).as("a terminal that is off is nobody's fault").isEmpty();
  }

  @Test
  void aSilentSchoolIsOneCauseAndHoldsEverythingElseBack() {
    Looks silent =
        new Looks(SCHOOL)
            .classes(60)
            .heard(Looks.at("09:10"))
            .see("link:wan", "", "up", 0)
            .see("switch:core", "timeout", "up", 0)
            .see("agent:a-1", "", "uptimeSeconds", 60);
    assertThat(silent.causes())
        .singleElement()
        .satisfies(
            cause -> {
              assertThat(cause.kind()).isEqualTo(CauseKind.AGENT_SILENT);
              assertThat(cause.since()).isEqualTo(Looks.at("09:10"));
              assertThat(cause.known()).isEqualTo(Known.LAST_HEARD);
              assertThat(cause.behind().count()).isEqualTo(62);
              assertThat(cause.behind().subjects())
                  .hasSize(Cause.Behind.MOST)
                  .startsWith("link:wan", "switch:core", "terminal:c1");
              assertThat(cause.classes()).isEqualTo(60);
              assertThat(cause.minutesToday()).isEqualTo(30 + 20);
              assertThat(cause.impact()).isEqualTo(50 * 60);
            });
  }

  @Test
  void whoHasNoAgentIsNotBrokenAndWhoseAgentNeverCameIs() {
    assertThat(new Looks(SCHOOL).heard(null).enrolled(null).causes()).isEmpty();
    assertThat(new Looks(SCHOOL).heard(null).enrolled(Looks.NOW).causes()).isEmpty();
    assertThat(new Looks(SCHOOL).heard(null).causes())
        .singleElement()
        .satisfies(
            cause -> {
              assertThat(cause.kind()).isEqualTo(CauseKind.AGENT_NEVER_HEARD);
              assertThat(cause.known()).isEqualTo(Known.ENROLLED);
            });
  }

  @Test
  void aLineThatIsDownStandsBeforeNetworksAndPlatforms() {
    Looks cut =
        new Looks(SCHOOL)
            .classes(3)
            .device("", "link", "wan", "10.0.0.1", "snmp")
            .see("link:wan", "", "up", 0)
            .see("reach:internet", "timeout", "up", 0)
            .see("reach:edu", "timeout", "up", 0)
            .see("service:teaching", "timeout", "up", 0);
    assertThat(cut.causes())
        .singleElement()
        .satisfies(
            cause -> {
              assertThat(cause.id()).isEqualTo("LINE_DOWN." + SCHOOL + ".link:wan");
              assertThat(cause.behind().subjects())
                  .containsExactly("reach:edu", "reach:internet", "service:teaching");
              assertThat(cause.classes()).isEqualTo(3);
              assertThat(cause.minutesToday()).isEqualTo(40 + 20);
            });
  }

  @Test
  void aSchoolWithAnotherLineThatIsUpLosesNoLesson() {
    Looks half =
        new Looks(SCHOOL)
            .classes(3)
            .device("", "link", "wan1", "10.0.0.1", "snmp")
            .device("", "link", "wan2", "10.0.0.2", "snmp")
            .see("link:wan1", "", "up", 0)
            .see("link:wan2", "", "up", 1);
    // Two link devices and no rows of lines: the school's own columns tell of one line only.
    assertThat(half.causes()).isEmpty();
    Looks other = new Looks(SCHOOL).classes(3).see("link:wan", "", "up", 0);
    assertThat(other.causes()).singleElement().extracting(Cause::classes).isEqualTo(3);
  }

  @Test
  void withoutTheInternetItsNetworksAndPlatformsAreBehindIt() {
    Looks cut =
        new Looks(SCHOOL)
            .classes(2)
            .see("link:wan", "", "up", 1)
            .see("reach:internet", "timeout", "up", 0)
            .see("reach:edu", "timeout", "up", 0)
            .see("reach:partner-2144000002", "timeout", "up", 0);
    assertThat(cut.causes())
        .singleElement()
        .satisfies(
            cause -> {
              assertThat(cause.subject()).isEqualTo("reach:internet");
              assertThat(cause.behind().subjects()).containsExactly("reach:edu");
            });
    Looks edu = new Looks(SCHOOL).classes(2).see("reach:edu", "timeout", "up", 0);
    assertThat(edu.causes()).singleElement().extracting(Cause::classes).isEqualTo(0);
  }

  @Test
  void aSwitchHoldsBackWhatIsOnlySeenThroughIt() {
    Looks dark =
        new Looks(SCHOOL)
            .classes(2)
            .device("", "switch", "s1", "10.0.0.7:161", "snmp")
            .device("一年级1班", "terminal", "t1", "10.0.0.7", "switch-port ifName=GE1")
            .device("机房", "pc", "p1", "10.0.0.7", "switch-port ifName=GE2")
            .see("switch:s1", "timeout", "up", 0);
    assertThat(dark.causes())
        .singleElement()
        .satisfies(
            cause -> {
              assertThat(cause.kind()).isEqualTo(CauseKind.SWITCH_DOWN);
              assertThat(cause.behind().subjects()).containsExactly("terminal:t1", "pc:p1");
              assertThat(cause.classes()).isOne();
            });
  }

  @Test
  void whatAgentsFoundAtItsPortsStandsBehindASwitchToo() {
    Looks dark =
        new Looks(SCHOOL)
            .classes(3)
            .device("", "switch", "core", "10.0.0.1", "snmp")
            .device("", "switch", "floor", "10.0.0.2:161", "snmp")
            .placed("10.0.0.2", "core GE0/0/1")
            .placed("10.0.1.1", "floor GE0/0/3")
            .placed("10.0.1.2", "floor GE0/0/4")
            .placed("10.0.1.3", "floors GE0/0/4")
            .see("switch:core", "timeout", "up", 0)
            .see("switch:floor", "timeout", "up", 0)
            .see("terminal:c1", "fault", "state", 4, "up", 0);
    assertThat(dark.causes())
        .singleElement()
        .satisfies(
            cause -> {
              assertThat(cause.subject()).isEqualTo("switch:core");
              assertThat(cause.behind().subjects())
                  .containsExactly("switch:floor", "terminal:c1", "terminal:c2");
              assertThat(cause.classes()).isEqualTo(2);
            });
    dark.see("switch:core", "", "up", 1);
    assertThat(dark.causes()).extracting(Cause::subject).containsExactly("switch:floor");
  }

  @Test
  void aFaultOfADeviceNamesItsPartsAndARoomsComputersAreOneCause() {
    Looks broken =
        new Looks(SCHOOL)
            .classes(1)
            .device("一年级1班", "projector", "b1", "10.0.0.9", "pjlink")
            .device("机房", "pc", "p1", "10.0.2.1", "snmp")
            .device("机房", "pc", "p2", "10.0.2.2", "snmp")
            .see("projector:b1", "fault", "state", 4, "up", 0, "faultBits", 8 + 2 + 16)
            .see("pc:p1", "fault", "state", 4)
            .see("pc:p2", "fault", "state", 4);
    assertThat(broken.causes())
        .extracting(Cause::kind)
        .containsExactlyInAnyOrder(CauseKind.DEVICE_FAULT, CauseKind.ROOM_FAULT);
    Cause projector = of(broken.causes(), CauseKind.DEVICE_FAULT);
    assertThat(projector.params()).containsEntry("parts", "fan,lamp");
    assertThat(CauseText.in(Locale.ENGLISH).reason(projector))
        .isEqualTo("Projector b1 in 一年级1班 says that something in it is broken (fan, lamp).");
    assertThat(CauseText.in(Locale.CHINA).reason(projector)).isEqualTo("一年级1班的投影机 b1 自报故障(风扇、灯泡)。");
    Cause room = of(broken.causes(), CauseKind.ROOM_FAULT);
    assertThat(room.behind().count()).isEqualTo(2);
    assertThat(room.classes()).isOne();
  }

  private static Cause of(List<Cause> causes, CauseKind kind) {
    return causes.stream().filter(c -> c.kind() == kind).findFirst().orElseThrow();
  }

  @Test
  void aDeviceWithAWrongPasswordIsToldAndOneThatWasNotSeenForADayIsNot() {
    Looks locked = new Looks(SCHOOL).see("switch:core", "unknown-user", "up", 1);
    assertThat(locked.causes())
        .singleElement()
        .extracting(Cause::kind)
        .isEqualTo(CauseKind.DEVICE_UNREADABLE);
    Observation old =
        Looks.seen("switch:core", Looks.NOW.minus(Trouble.OLD).minusMillis(1), "", "up", 0);
    assertThat(Trouble.now(old, Looks.NOW)).isNull();
    assertThat(Trouble.of(old)).isEqualTo(Trouble.DOWN);
  }

  @Test
  void minutesInAMaintenanceWindowAreNotLost() {
    Looks planned =
        new Looks(SCHOOL)
            .classes(1)
            .see("link:wan", "", "up", 0)
            .window(Looks.at("09:10"), Looks.at("09:20"))
            .window(Looks.at("09:15"), Looks.at("10:10"));
    Cause cause = planned.causes().get(0);
    assertThat(cause.minutesToday()).isEqualTo(10 + 10);
    assertThat(cause.planned()).isFalse();
    Looks now = planned.window(Looks.at("10:15"), Looks.at("11:00"));
    assertThat(now.causes().get(0).planned()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-17, 08:20, 100, 200",
    "2026-03-13, 08:00, 100, 340",
    "2026-03-18, 10:00, 20, 20"
  })
  void theWeekBeginsOnMondayHoweverLongItLasts(LocalDate day, String time, int today, int week) {
    LostLessons lost = LostLessons.of(Looks.CALENDAR, Looks.at(day, time), Looks.NOW, List.of());
    assertThat(lost).isEqualTo(new LostLessons(today, week));
  }

  @ParameterizedTest
  @EnumSource(CauseKind.class)
  void everyKindHasItsSentencesInBothLanguages(CauseKind kind) {
    Cause like = new Looks(SCHOOL).see("link:wan", "", "up", 0).causes().get(0);
    Cause cause =
        new Cause(
            "id",
            kind,
            like.region(),
            like.schools(),
            "",
            like.params(),
            like.since(),
            like.known(),
            like.behind(),
            1,
            1,
            1,
            1,
            false);
    for (Locale language : List.of(Locale.CHINA, Locale.ENGLISH)) {
      CauseText text = CauseText.in(language);
      assertThat(text.reason(cause)).isNotBlank().doesNotContain("{").doesNotContain("()");
      assertThat(text.next(cause)).isNotBlank().doesNotContain("{").doesNotContain("()");
    }
  }
}
