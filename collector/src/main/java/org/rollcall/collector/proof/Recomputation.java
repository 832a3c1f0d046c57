package org.rollcall.collector.proof;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rollcall.collector.calendar.SchoolCalendar;
import org.rollcall.collector.day.DayRoller;
import org.rollcall.collector.day.MaintenanceWindow;
import org.rollcall.collector.day.SchoolDay;
import org.rollcall.collector.evidence.EvidenceReports;
import org.rollcall.collector.judge.Judge;
import org.rollcall.collector.judge.JudgeInput;
import org.rollcall.collector.judge.Site;
import org.rollcall.collector.judge.Verdict;
import org.rollcall.collector.profile.Profile;
import org.rollcall.protocol.v1.EvidenceRecord;
import org.rollcall.protocol.v1.Observation;
import org.rollcall.protocol.v1.Report;

/**
 * From records to verdicts: what a proof says follows from this, when it is made and when it is
 * checked. A pure function of facts, calendar, profile, date and records. Not thread-safe; used
 * once.
 */
final class Recomputation {
  private final Facts facts;
  private final SchoolCalendar calendar;
  private final Profile profile;
  private final LocalDate date;
  private final SentObservations observations;
  private final AgentChains chains = new AgentChains();
  private final LineLook lines = new LineLook();
  private final Whereabouts where = new Whereabouts();
  private final StandingLook standings;
  private long count;

  /** What came of it. */
  record Result(
      List<Verdict> verdicts,
      List<AgentChain> agents,
      List<Check> checks,
      Whereabouts where,
      long observations) {}

  Recomputation(Facts facts, SchoolCalendar calendar, Profile profile, LocalDate date) {
    this.facts = facts;
    this.calendar = calendar;
    this.profile = profile;
    this.date = date;
    this.observations = new SentObservations(calendar.zone());
    this.standings =
        new StandingLook(
            firstDay().atStartOfDay(calendar.zone()).toInstant().toEpochMilli(),
            date.plusDays(1).atStartOfDay(calendar.zone()).toInstant().toEpochMilli());
  }

  /** The first day the verdicts may rest on. */
  LocalDate firstDay() {
    return JudgeInput.firstDay(calendar, profile, date);
  }

  /**
   * Takes a record, in the order of the log.
   *
   * @throws IOException if it holds no report
   */
  void add(EvidenceRecord record) throws IOException {
    if (record.hasStanding()) {
      chains.standing(record.getAgent(), record.getStanding());
      standings.add(record.getAgent(), record.getStanding());
      return;
    }
    Report report = EvidenceReports.of(record);
    if (report == null) {
      throw new IOException("A record of " + record.getAgent() + " holds nothing.");
    }
    byte[] bytes = (record.hasReport() ? record.getReport() : record.getJsonReport()).toByteArray();
    if (!chains.add(record.getAgent(), report, bytes)) {
      return;
    }
    standings.add(record, report);
    where.source(record.getSource(), record.getReceivedMillis());
    observations.add(record.getSchool(), report);
    for (Observation seen : report.getObservationsList()) {
      count++;
      lines.add(record.getSchool(), seen);
      where.add(record.getSchool(), seen);
    }
  }

  Result close() {
    List<Site> sites = new ArrayList<>();
    for (Facts.Entry entry : facts.sites()) {
      sites.add(new Site(entry.school(), entry.inventory(), days(entry)));
    }
    List<Verdict> verdicts =
        Judge.judge(
            new JudgeInput(
                sites.get(0),
                sites.subList(1, sites.size()),
                facts.values(),
                calendar,
                profile,
                date));
    List<AgentChain> agents = chains.close();
    List<Check> checks = new ArrayList<>(standings.close(agents, where));
    checks.addAll(lines.close());
    return new Result(verdicts, agents, checks, where, count);
  }

  private List<SchoolDay> days(Facts.Entry entry) {
    List<MaintenanceWindow> windows = entry.maintenance();
    DayRoller roller =
        new DayRoller(
            observations,
            (school, from, to) ->
                windows.stream()
                    .filter(w -> w.from().isBefore(to) && w.to().isAfter(from))
                    .toList());
    List<LocalDate> dates = firstDay().datesUntil(date.plusDays(1)).toList();
    Map<LocalDate, SchoolDay> days = new LinkedHashMap<>();
    // One by one, so that memory holds one day's observations.
    for (LocalDate day : dates) {
      roller
          .roll(entry.school().code(), List.of(day), calendar)
          .forEach(rolled -> days.put(rolled.date(), rolled));
    }
    return List.copyOf(days.values());
  }
}
