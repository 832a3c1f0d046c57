package org.rollcall.collector.day;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.rollcall.collector.calendar.SchoolCalendar;
import org.rollcall.collector.store.GapObservation;
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

  /** A loss that began earlier than this before a day is not looked for: a spool holds days. */
  static final int GAPS_BACK_DAYS = 60;

  private static final String GAP = GapObservation.KIND + ':';

  private final Source source;
  private final Maintenance maintenance;

  /** Where the observations come from: a store, or what was kept of them elsewhere. */
  public interface Source {
    /** Visits what one school showed in a span, as {@link ObservationStore#visit} does. */
    void visit(String school, Instant from, Instant to, ObservationStore.Visitor visitor);

    /** Visits what was lost of one school's, as {@link ObservationStore#visitKind} does. */
    void visitGaps(String school, Instant from, Instant to, ObservationStore.Visitor visitor);

    /** From when on every observation is here. */
    Instant keptSince();
  }

  /** A store's observations. */
  private record Stored(ObservationStore store) implements Source {
    @Override
    public void visit(String school, Instant from, Instant to, ObservationStore.Visitor visitor) {
      store.visit(school, from, to, visitor);
    }

    @Override
    public void visitGaps(
        String school, Instant from, Instant to, ObservationStore.Visitor visitor) {
      store.visitKind(school, GapObservation.KIND, from, to, visitor);
    }

    @Override
    public Instant keptSince() {
      return store.keptSince();
    }
  }

  /** Tells a school's maintenance windows that touch a span. */
  @FunctionalInterface
  public interface Maintenance {
    /** A school without any. */
    Maintenance NONE = (school, from, to) -> List.of();

    List<MaintenanceWindow> of(String school, Instant from, Instant to);
  }

  public DayRoller(ObservationStore store, Maintenance maintenance) {
    this(new Stored(store), maintenance);
  }

  public DayRoller(Source source, Maintenance maintenance) {
    this.source = source;
    this.maintenance = maintenance;
  }

  /**
   * What the school showed on each of the dates, oldest first. A date whose observations the store
   * no longer keeps is left out: what was kept of it stays as it is.
   */
  public List<SchoolDay> roll(String school, Collection<LocalDate> dates, SchoolCalendar calendar) {
    List<SchoolDay> rolled = new ArrayList<>(dates.size());
    List<LocalDate> run = new ArrayList<>();
    Instant kept = source.keptSince();
    for (LocalDate date : new TreeSet<>(dates)) {
      if (date.atStartOfDay(calendar.zone()).toInstant().isBefore(kept)) {
        continue;
      }
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
    Instant from = run.get(0).atStartOfDay(calendar.zone()).toInstant();
    Instant to = run.get(run.size() - 1).plusDays(1).atStartOfDay(calendar.zone()).toInstant();
    Run days = new Run(school, run, calendar, maintenance.of(school, from, to));
    Instant gapsFrom = from.minus(Duration.ofDays(GAPS_BACK_DAYS));
    // All gaps first: they bound what the looks before them speak for.
    source.visitGaps(school, gapsFrom, to, (ignored, gap) -> days.gap(gap));
    source.visit(school, from, to, (ignored, observation) -> days.add(observation));
    return days.close();
  }

  /** Days without a hole between them. */
  private static final class Run {
    private final DayTally[] tallies;
    private final long[] begins;
    private int current;

    Run(
        String school,
        List<LocalDate> dates,
        SchoolCalendar calendar,
        List<MaintenanceWindow> windows) {
      tallies = new DayTally[dates.size()];
      begins = new long[dates.size() + 1];
      for (int i = 0; i < tallies.length; i++) {
        tallies[i] = new DayTally(school, dates.get(i), calendar, windows);
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

    /** A loss may have begun before these days and may end after them. */
    void gap(Observation gap) {
      long time = gap.getTimeMillis();
      double until = gap.getMeasuresOrDefault(GapObservation.UNTIL_MILLIS, Double.NaN);
      for (DayTally tally : tallies) {
        tally.gap(time, until > time ? (long) until : time);
      }
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
