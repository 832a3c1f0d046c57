package org.rollcall.collector.day;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.rollcall.collector.calendar.SchoolCalendar;
import org.rollcall.collector.store.ObservationStore;
import org.rollcall.protocol.v1.Observation;

/**
 * Rolls observations up into school days. Neighbouring days are read in one visit of the store,
 * which costs far less than a visit for each; memory grows with subjects and days, not with
 * observations. Any thread; blocks on the store.
 */
public final class DayRoller {
  /** Days rolled up in one visit: bounds the memory of a long re-judgement. */
  private static final int LONGEST_RUN = 31;

  private static final String GAP = "gap:";

  private final ObservationStore store;

  public DayRoller(ObservationStore store) {
    this.store = store;
  }

  /** What the school showed on each of the dates, oldest first. */
  public List<SchoolDay> roll(String school, Collection<LocalDate> dates, SchoolCalendar calendar) {
    List<SchoolDay> rolled = new ArrayList<>(dates.size());
    List<LocalDate> run = new ArrayList<>();
    for (LocalDate date : new TreeSet<>(dates)) {
      boolean next = run.isEmpty() || run.get(run.size() - 1).plusDays(1).equals(date);
      if (!next || run.size() == LONGEST_RUN) {
        rolled.addAll(rollRun(school, run, calendar));
        run.clear();
      }
      run.add(date);
    }
    if (!run.isEmpty()) {
      rolled.addAll(rollRun(school, run, calendar));
    }
    return rolled;
  }

  private List<SchoolDay> rollRun(String school, List<LocalDate> run, SchoolCalendar calendar) {
    Run days = new Run(school, run, calendar);
    Instant from = run.get(0).atStartOfDay(calendar.zone()).toInstant();
    Instant to = run.get(run.size() - 1).plusDays(1).atStartOfDay(calendar.zone()).toInstant();
    store.visit(school, from, to, (ignored, observation) -> days.add(observation));
    return days.close();
  }

  /** Days without a hole between them. */
  private static final class Run {
    private final DayTally[] tallies;
    private final long[] begins;
    private int current;

    Run(String school, List<LocalDate> dates, SchoolCalendar calendar) {
      tallies = new DayTally[dates.size()];
      begins = new long[dates.size() + 1];
      for (int i = 0; i < tallies.length; i++) {
        tallies[i] = new DayTally(school, dates.get(i), calendar);
        begins[i] = dates.get(i).atStartOfDay(calendar.zone()).toInstant().toEpochMilli();
      }
      LocalDate end = dates.get(dates.size() - 1).plusDays(1);
      begins[tallies.length] = end.atStartOfDay(calendar.zone()).toInstant().toEpochMilli();
    }

    void add(Observation observation) {
      long time = observation.getTimeMillis();
      if (time < begins[0] || time >= begins[tallies.length]) {
        return;
      }
      if (observation.getSubject().startsWith(GAP)) {
        double until = observation.getMeasuresOrDefault("untilMillis", Double.NaN);
        for (DayTally tally : tallies) {
          tally.gap(time, until > time ? (long) until : time);
        }
        return;
      }
      if (time < begins[current]) {
        current = 0;
      }
      while (time >= begins[current + 1]) {
        current++;
      }
      tallies[current].add(observation);
    }

    List<SchoolDay> close() {
      List<SchoolDay> days = new ArrayList<>(tallies.length);
      for (DayTally tally : tallies) {
        days.add(tally.close());
      }
      return days;
    }
  }
}
