package org.rollcall.collector.judge;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.rollcall.collector.day.SchoolDay;
import org.rollcall.collector.day.SchoolDay.SubjectDay;
import org.rollcall.collector.judge.Verdict.Evidence;
import org.rollcall.collector.judge.Verdict.Outcome;
import org.rollcall.collector.profile.Rule;
import org.rollcall.collector.registry.Device;

/**
 * 流动电脑室 (B08): on how many school days of the window a mobile computer room's machines were seen on
 * at this site. They stand in spaces whose name begins with {@value #PREFIX}.
 */
final class MobileRoomRule {
  static final String PREFIX = "mobile:";

  private final JudgeInput input;
  private final Rule rule;
  private final LocalDate from;

  MobileRoomRule(JudgeInput input, Rule rule) {
    this.input = input;
    this.rule = rule;
    this.from = input.windowBegins();
  }

  static boolean isMobile(String space) {
    return space.startsWith(PREFIX);
  }

  Verdict judge() {
    BigDecimal target = Asked.atLeast(rule);
    VerdictBuilder verdict = new VerdictBuilder(input, rule, from).unit("days").threshold(target);
    TreeSet<String> machines = new TreeSet<>();
    TreeSet<String> rooms = new TreeSet<>();
    for (Device device : input.inventory().devicesOf("pc")) {
      if (isMobile(device.space())) {
        machines.add(device.subject());
        rooms.add(device.space().substring(PREFIX.length()));
      }
    }
    if (machines.isEmpty()) {
      return verdict.outcome(Outcome.NOT_APPLICABLE).because(ReasonCode.MOBILE_NONE.with()).build();
    }
    List<SchoolDay> days = input.daysFrom(from).stream().filter(SchoolDay::schoolDay).toList();
    int visits = (int) days.stream().filter(day -> isVisit(day, machines)).count();
    int observed = (int) days.stream().filter(day -> !day.subjects().isEmpty()).count();
    boolean holds = BigDecimal.valueOf(visits).compareTo(target) >= 0;
    int unknown = input.calendar().schoolDays(from, input.date()).size() - observed;
    boolean might = BigDecimal.valueOf((long) visits + unknown).compareTo(target) >= 0;
    ReasonCode code =
        holds
            ? ReasonCode.MOBILE_HOLDS
            : might ? ReasonCode.MOBILE_UNKNOWN : ReasonCode.MOBILE_FAILS;
    return verdict
        .outcome(holds ? Outcome.MET : might ? Outcome.INSUFFICIENT_DATA : Outcome.NOT_MET)
        .evidence(Evidence.MEASURED)
        .value(BigDecimal.valueOf(visits))
        .samples(observed)
        .defaults("windowDays")
        .because(code.with(ClassNames.some(rooms), visits, observed, unknown, Figures.text(target)))
        .build();
  }

  private static boolean isVisit(SchoolDay day, Set<String> machines) {
    for (String machine : machines) {
      SubjectDay subject = day.find(machine);
      if (subject != null && subject.up() > 0) {
        return true;
      }
    }
    return false;
  }
}
