package org.rollcall.collector.judge;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.rollcall.collector.calendar.SchoolCalendar;
import org.rollcall.collector.day.Availability;
import org.rollcall.collector.day.SchoolDay;
import org.rollcall.collector.judge.Verdict.Evidence;
import org.rollcall.collector.judge.Verdict.Outcome;
import org.rollcall.collector.profile.Rule;
import org.rollcall.collector.registry.Room;

/**
 * The share of lesson minutes in which the school's computer rooms could be used, all rooms
 * together, with both bounds; see {@link RoomMinutes}. Mobile computer rooms have a rule of their
 * own.
 */
final class ComputerRoomRule {
  private final JudgeInput input;
  private final Rule rule;
  private final LocalDate from;
  private final BigDecimal target;
  private final List<RoomMinutes> rooms = new ArrayList<>();

  ComputerRoomRule(JudgeInput input, Rule rule) {
    this.input = input;
    this.rule = rule;
    this.from = input.windowBegins();
    this.target = Asked.percent(rule);
    input.sites().forEach(this::add);
  }

  private void add(Site site) {
    double quorum = input.profile().parameters().seatQuorum().value();
    Map<LocalDate, SchoolDay> kept = new HashMap<>();
    site.days(from, input.date()).forEach(day -> kept.put(day.date(), day));
    for (Room room : site.inventory().rooms()) {
      if (MobileRoomRule.isMobile(room.name())) {
        continue;
      }
      RoomMinutes minutes = new RoomMinutes(site, room, quorum);
      SchoolCalendar calendar = input.calendar();
      for (LocalDate date : calendar.schoolDays(from, input.date())) {
        SchoolDay day = kept.get(date);
        if (day == null) {
          minutes.addUnknown(calendar.lessonMinutes(date));
        } else {
          minutes.add(day);
        }
      }
      rooms.add(minutes);
    }
  }

  Verdict judge() {
    VerdictBuilder verdict = new VerdictBuilder(input, rule, from).unit("%").threshold(target);
    if (rooms.isEmpty()) {
      return verdict.outcome(Outcome.NOT_APPLICABLE).because(ReasonCode.ROOMS_NONE.with()).build();
    }
    Availability sum = Availability.NONE;
    TreeSet<String> faulty = new TreeSet<>();
    for (RoomMinutes room : rooms) {
      sum = sum.plus(room.minutes());
      faulty.addAll(room.faulty());
    }
    verdict.evidence(Evidence.MEASURED).samples(sum.up() + sum.down());
    verdict.defaults("windowDays", "seatQuorum");
    if (sum.judged() == 0) {
      return verdict
          .outcome(Outcome.INSUFFICIENT_DATA)
          .because(ReasonCode.NO_LESSONS.with(from, input.date()))
          .build();
    }
    if (rooms.stream().noneMatch(RoomMinutes::watched)) {
      return verdict
          .outcome(Outcome.INSUFFICIENT_DATA)
          .because(ReasonCode.ROOMS_UNWATCHED.with(rooms.size()))
          .build();
    }
    Bounds bounds = new Bounds(sum, target);
    ReasonCode code =
        switch (bounds.state()) {
          case HOLDS -> ReasonCode.ROOMS_HOLD;
          case FAILS -> ReasonCode.ROOMS_FAIL;
          case UNKNOWN -> ReasonCode.ROOMS_UNKNOWN;
        };
    verdict
        .outcome(bounds.outcome())
        .value(bounds.low())
        .because(
            code.with(
                rooms.size(),
                bounds.lowText(),
                bounds.highText(),
                Figures.text(target),
                sum.up(),
                sum.down(),
                sum.unknown(),
                sum.planned()));
    if (!faulty.isEmpty()) {
      verdict.because(
          ReasonCode.ROOMS_FAULTY.with(
              faulty.size(), ClassNames.some(faulty), RoomMinutes.MISSED_DAYS));
    }
    if (rooms.stream().anyMatch(RoomMinutes::lineUnwatched)) {
      verdict.because(ReasonCode.ROOMS_LINE_UNWATCHED.with());
    }
    return verdict.because(ReasonCode.ROOMS_ALL_LESSONS.with()).build();
  }
}
