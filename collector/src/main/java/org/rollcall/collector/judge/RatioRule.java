package org.rollcall.collector.judge;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.day.SchoolDay;
import org.rollcall.collector.day.SchoolDay.SubjectDay;
import org.rollcall.collector.declared.DeclaredIndicator;
import org.rollcall.collector.judge.Verdict.Evidence;
import org.rollcall.collector.judge.Verdict.Outcome;
import org.rollcall.collector.profile.Indicator;
import org.rollcall.collector.profile.Rule;
import org.rollcall.collector.registry.Device;
import org.rollcall.collector.registry.Room;
import org.rollcall.collector.registry.School.Statistics;

/**
 * Counts against pupils: pupils per computer (生机比), computers and networked multimedia classrooms
 * per hundred pupils, seats of the largest computer room against the largest class. A count is
 * taken from what was declared, else from the annual statistics, else from the school's own device
 * list; compared by multiplication, so that nothing is rounded.
 */
final class RatioRule {
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private final JudgeInput input;
  private final Rule rule;
  private final VerdictBuilder verdict;

  RatioRule(JudgeInput input, Rule rule) {
    this.input = input;
    this.rule = rule;
    this.verdict = new VerdictBuilder(input, rule, input.windowBegins());
  }

  /**
   * A count and where it is from.
   *
   * @param source DECLARED, STATISTICS or REGISTER
   */
  private record Count(long number, String source) {}

  Verdict judge() {
    verdict.defaults("declaredMaxAgeDays");
    return rule.indicator() == Indicator.SEATS_PER_PUPIL ? seats() : perPupils();
  }

  private Verdict perPupils() {
    int students = input.school().students();
    if (students == 0) {
      return verdict
          .outcome(Outcome.NOT_APPLICABLE)
          .because(ReasonCode.RATIO_NO_STUDENTS.with())
          .build();
    }
    boolean rooms = rule.indicator() == Indicator.MULTIMEDIA_ROOMS_PER_100;
    Count count = rooms ? multimediaRooms() : computers();
    if (count == null) {
      return insufficient(rooms ? "MULTIMEDIA_ROOMS" : "COMPUTERS");
    }
    boolean fewer = rule.indicator() == Indicator.STUDENTS_PER_COMPUTER;
    BigDecimal target = fewer ? Asked.atMost(rule) : Asked.atLeast(rule);
    BigDecimal things = BigDecimal.valueOf(count.number());
    BigDecimal pupils = BigDecimal.valueOf(students);
    boolean holds = holds(things, pupils, target, fewer);
    BigDecimal value =
        fewer
            ? count.number() == 0 ? null : pupils.divide(things, 2, RoundingMode.UP)
            : things.multiply(HUNDRED).divide(pupils, 2, RoundingMode.DOWN);
    String shown = value == null ? "-" : Figures.text(value);
    verdict
        .outcome(holds ? Outcome.MET : Outcome.NOT_MET)
        .value(value)
        .threshold(target)
        .unit(fewer ? "perComputer" : "per100")
        .samples(students)
        .because(
            (fewer
                    ? holds ? ReasonCode.PER_COMPUTER_HOLDS : ReasonCode.PER_COMPUTER_FAILS
                    : holds ? ReasonCode.PER_100_HOLDS : ReasonCode.PER_100_FAILS)
                .with(
                    rooms ? "MULTIMEDIA_ROOMS" : "COMPUTERS",
                    count.number(),
                    count.source(),
                    students,
                    shown,
                    Figures.text(target)));
    if (!rooms) {
      crossCheck(count, holds, pupils, target, fewer);
    }
    return verdict.build();
  }

  private static boolean holds(
      BigDecimal things, BigDecimal pupils, BigDecimal target, boolean fewer) {
    return fewer
        ? things.signum() > 0 && pupils.compareTo(target.multiply(things)) <= 0
        : things.multiply(HUNDRED).compareTo(target.multiply(pupils)) >= 0;
  }

  /** What the device list and the agents know of the computers that were counted. */
  private void crossCheck(
      Count count, boolean holds, BigDecimal pupils, BigDecimal target, boolean fewer) {
    long registered = registered();
    if (registered == 0 || count.source().equals("REGISTER")) {
      return;
    }
    verdict.because(ReasonCode.COMPUTERS_REGISTERED.with(registered, seenOn(), count.number()));
    if (holds && !holds(BigDecimal.valueOf(registered), pupils, target, fewer)) {
      verdict
          .disputed(true)
          .because(ReasonCode.COMPUTERS_DECLARED_MORE.with(count.number(), registered));
    }
  }

  private long registered() {
    return input.sites().stream().mapToLong(s -> s.inventory().devicesOf("pc").size()).sum();
  }

  private int seenOn() {
    int seen = 0;
    for (Site site : input.sites()) {
      Set<String> on = new HashSet<>();
      for (SchoolDay day : site.days(input.windowBegins(), input.date())) {
        for (Device pc : site.inventory().devicesOf("pc")) {
          SubjectDay subject = day.find(pc.subject());
          if (subject != null && subject.up() > 0) {
            on.add(pc.subject());
          }
        }
      }
      seen += on.size();
    }
    return seen;
  }

  private @Nullable Count computers() {
    Count known = known(DeclaredIndicator.COMPUTERS, input.school().statistics().computers());
    long registered = registered();
    return known != null || registered == 0 ? known : new Count(registered, "REGISTER");
  }

  private @Nullable Count multimediaRooms() {
    Statistics statistics = input.school().statistics();
    Count known = known(DeclaredIndicator.MULTIMEDIA_ROOMS, statistics.multimediaRooms());
    if (known != null) {
      return known;
    }
    long equipped =
        input.sites().stream().mapToLong(site -> new SiteClasses(site).equipped().size()).sum();
    return equipped == 0 ? null : new Count(equipped, "REGISTER");
  }

  private @Nullable Count known(DeclaredIndicator indicator, @Nullable Integer statistics) {
    DeclaredFigure declared = DeclaredFigure.of(input, indicator);
    verdict.evidence(declared.evidence());
    Long number = declared.count();
    if (number != null) {
      verdict.last(declared.remarks());
      return new Count(number, "DECLARED");
    }
    verdict.last(declared.remarks());
    return statistics == null ? null : new Count(statistics, "STATISTICS");
  }

  private Verdict seats() {
    BigDecimal target = Asked.atLeast(rule);
    verdict.unit("seats").threshold(target);
    Count pupils =
        known(DeclaredIndicator.LARGEST_CLASS, input.school().statistics().largestClass());
    long seats = 0;
    for (Site site : input.sites()) {
      for (Room room : site.inventory().rooms()) {
        if (!MobileRoomRule.isMobile(room.name())) {
          seats = Math.max(seats, room.pcs().size());
        }
      }
    }
    if (seats == 0) {
      return insufficient("SEATS");
    }
    if (pupils == null) {
      return insufficient("LARGEST_CLASS");
    }
    if (pupils.number() == 0) {
      return verdict
          .outcome(Outcome.NOT_APPLICABLE)
          .because(ReasonCode.RATIO_NO_STUDENTS.with())
          .build();
    }
    BigDecimal found = BigDecimal.valueOf(seats);
    BigDecimal needed = target.multiply(BigDecimal.valueOf(pupils.number()));
    boolean holds = found.compareTo(needed) >= 0;
    return verdict
        .outcome(holds ? Outcome.MET : Outcome.NOT_MET)
        .value(found.divide(BigDecimal.valueOf(pupils.number()), 2, RoundingMode.DOWN))
        .samples((int) pupils.number())
        .because(
            (holds ? ReasonCode.SEATS_HOLD : ReasonCode.SEATS_FAIL)
                .with(seats, pupils.number(), pupils.source(), Figures.text(target)))
        .build();
  }

  private Verdict insufficient(String count) {
    return verdict
        .outcome(Outcome.INSUFFICIENT_DATA)
        .evidence(Evidence.DECLARED)
        .because(ReasonCode.COUNT_UNKNOWN.with(count))
        .build();
  }
}
