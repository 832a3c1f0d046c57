package org.rollcall.collector.day;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.rollcall.collector.intake.IntakeListener;
import org.rollcall.collector.store.ObservationStore.SchoolReport;
import org.rollcall.protocol.v1.Gap;
import org.rollcall.protocol.v1.Observation;
import org.rollcall.protocol.v1.Report;

/**
 * Which days of which schools have data that is in the store but not yet in their roll-up. The
 * intake's writer thread marks, the judging thread takes; both for microseconds.
 *
 * <p>Bounded without an overflow: one bit for each day the intake accepts ({@link #FIRST} to
 * tomorrow), under half a kilobyte for each school of the register. Nothing is written here,
 * because a disk write on the writer thread would delay every acknowledgement. What a crash loses
 * is found again: see {@code JudgeService}, which after an unclean end rolls up every day that a
 * verdict of today may rest on.
 */
public final class DirtyDays implements IntakeListener {
  /** The earliest day of an accepted observation. */
  static final LocalDate FIRST = LocalDate.of(2020, 1, 1);

  /** Days from {@link #FIRST} to the end of 2099; what is later is no date the intake accepts. */
  private static final int DAYS = 80 * 366;

  private static final int FIRST_DAY = (int) FIRST.toEpochDay();

  private final ZoneId zone;
  private final Map<String, BitSet> dirty = new HashMap<>();

  /** The day last marked in: most observations of a batch lie in it. Writer thread only. */
  private long dayBegins;

  private long dayEnds;
  private int dayIndex;

  public DirtyDays(ZoneId zone) {
    this.zone = zone;
  }

  @Override
  public void stored(List<SchoolReport> batch) {
    synchronized (dirty) {
      for (SchoolReport entry : batch) {
        mark(dirty.computeIfAbsent(entry.school(), s -> new BitSet()), entry.report());
      }
    }
  }

  private void mark(BitSet days, Report report) {
    for (Observation observation : report.getObservationsList()) {
      days.set(dayOf(observation.getTimeMillis()));
    }
    for (Gap gap : report.getGapsList()) {
      int from = dayOf(gap.getFromMillis());
      days.set(from, Math.max(from, dayOf(gap.getToMillis())) + 1);
    }
  }

  private int dayOf(long millis) {
    if (millis < dayBegins || millis >= dayEnds) {
      LocalDate date = LocalDate.ofInstant(Instant.ofEpochMilli(millis), zone);
      dayBegins = date.atStartOfDay(zone).toInstant().toEpochMilli();
      dayEnds = date.plusDays(1).atStartOfDay(zone).toInstant().toEpochMilli();
      dayIndex = Math.max(0, Math.min(DAYS - 1, (int) date.toEpochDay() - FIRST_DAY));
    }
    return dayIndex;
  }

  /** Marks every day of a span, both ends inclusive. Any thread. */
  public void mark(Collection<String> schools, LocalDate from, LocalDate to) {
    int begin = Math.max(0, (int) from.toEpochDay() - FIRST_DAY);
    int end = Math.min(DAYS, (int) to.toEpochDay() - FIRST_DAY + 1);
    synchronized (dirty) {
      for (String school : schools) {
        dirty.computeIfAbsent(school, s -> new BitSet()).set(begin, Math.max(begin, end));
      }
    }
  }

  /** Takes everything that is marked: by school code, its days oldest first. */
  public Map<String, List<LocalDate>> take() {
    Map<String, BitSet> taken;
    synchronized (dirty) {
      taken = new TreeMap<>(dirty);
      dirty.clear();
    }
    Map<String, List<LocalDate>> days = new TreeMap<>();
    taken.forEach(
        (school, bits) -> {
          List<LocalDate> dates = new ArrayList<>(bits.cardinality());
          bits.stream().forEach(bit -> dates.add(FIRST.plusDays(bit)));
          if (!dates.isEmpty()) {
            days.put(school, dates);
          }
        });
    return days;
  }

  /** Schools with a marked day. */
  public int schools() {
    synchronized (dirty) {
      return dirty.size();
    }
  }
}
