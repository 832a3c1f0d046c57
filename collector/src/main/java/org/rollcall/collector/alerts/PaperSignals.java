package org.rollcall.collector.alerts;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.rollcall.collector.declared.DeclaredIndicator;
import org.rollcall.collector.declared.DeclaredValue;
import org.rollcall.collector.declared.DeclaredValues;
import org.rollcall.collector.milestones.Milestone;
import org.rollcall.collector.milestones.Milestones;
import org.rollcall.collector.registry.Region;
import org.rollcall.collector.registry.Register;
import org.rollcall.collector.registry.Registry;
import org.rollcall.collector.registry.School;

/**
 * What stands in books: ends of contracts, dates that are near or past. Contracts once a day, dates
 * once a minute. One thread; blocks on the database.
 */
final class PaperSignals {
  private static final int AT_ONCE = 400;

  /** Project default. */
  private static final int OVERDUE_DAYS = 365;

  /** What somebody marks as done is over so soon. Project default. */
  private static final Duration DATES_EVERY = Duration.ofMinutes(1);

  private final DeclaredValues declared;
  private final Milestones milestones;
  private LocalDate looked = LocalDate.EPOCH;
  private Instant lookedAt = Instant.EPOCH;
  private List<Signal> dates = List.of();
  private List<Signal> found = List.of();

  PaperSignals(DeclaredValues declared, Milestones milestones) {
    this.declared = declared;
    this.milestones = milestones;
  }

  List<Signal> of(Register register, Instant now) {
    LocalDate today = LocalDate.ofInstant(now, Registry.ZONE);
    if (!today.equals(looked)) {
      List<Signal> signals = new ArrayList<>();
      contracts(register, today, now, signals);
      found = List.copyOf(signals);
      looked = today;
    }
    if (lookedAt.plus(DATES_EVERY).isBefore(now)) {
      dates = dates(register, now);
      lookedAt = now;
    }
    return Stream.concat(found.stream(), dates.stream()).toList();
  }

  /**
   * What is not done, from {@link Milestone#SOON_DAYS} days before to {@value #OVERDUE_DAYS} days
   * after. What is older stands on the page; nobody has to be reminded of it every day.
   */
  private List<Signal> dates(Register register, Instant now) {
    LocalDate today = milestones.today();
    List<Signal> signals = new ArrayList<>();
    List<Region> counties =
        register.regions().stream().filter(each -> each.level() == Region.Level.COUNTY).toList();
    for (Milestone each : milestones.of(register, counties)) {
      Milestone.Standing standing = each.standing(today);
      boolean late =
          standing == Milestone.Standing.OVERDUE && each.daysLeft(today) >= -OVERDUE_DAYS;
      if (standing == Milestone.Standing.SOON || late) {
        signals.add(
            new Signal(
                SignalKind.MILESTONE_DAYS,
                SignalKind.MILESTONE_DAYS.id()
                    + "."
                    + each.region()
                    + "."
                    + each.id()
                    + "."
                    + each.due(),
                each.region(),
                List.of(),
                "",
                each.daysLeft(today),
                each.due().minusDays(Milestone.SOON_DAYS).atStartOfDay(Registry.ZONE).toInstant(),
                now,
                Map.of(
                    "title", each.title(),
                    "titleen", each.titleEn(),
                    "due", each.due().toString()),
                0,
                0,
                false,
                Set.of()));
      }
    }
    return signals;
  }

  private void contracts(Register register, LocalDate today, Instant now, List<Signal> signals) {
    List<School> schools = register.sites();
    for (int i = 0; i < schools.size(); i += AT_ONCE) {
      List<School> some = schools.subList(i, Math.min(schools.size(), i + AT_ONCE));
      Map<String, Map<DeclaredIndicator, DeclaredValue>> values =
          declared.of(some.stream().map(School::code).toList(), today);
      for (School school : some) {
        DeclaredValue ends =
            values.getOrDefault(school.code(), Map.of()).get(DeclaredIndicator.CONTRACT_END);
        if (ends != null) {
          LocalDate end = LocalDate.parse(ends.amount().text());
          signals.add(
              Signal.of(
                  SignalKind.CONTRACT_DAYS,
                  school.region(),
                  school.code(),
                  "",
                  (double) ChronoUnit.DAYS.between(today, end),
                  now,
                  now,
                  Map.of("date", end.toString())));
        }
      }
    }
  }
}
