package org.rollcall.collector.archive;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.rollcall.collector.store.ObservationStore;

/**
 * Carries every observation from one store to another, day by day of UTC. A day of a school that is
 * the same in both already is passed over, so a move that was cut short is simply begun again. What
 * was carried is read back and compared. Nothing is removed from either store, and nobody else may
 * write to them meanwhile. The caller's thread.
 */
public final class StoreMove {
  private final ObservationStore from;
  private final ObservationStore to;
  private final Consumer<String> progress;

  /**
   * @param schoolDays days of schools that hold anything
   * @param copied how many of these were not there yet
   * @param rows observations in all
   * @param digest of all rows, the same in both stores: 64 hexadecimal digits
   */
  public record Moved(long schoolDays, long copied, long rows, String digest) {}

  /** The two stores differ after the copying: which school's day, and how. */
  public static final class DiffersException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DiffersException(String message) {
      super(message);
    }
  }

  /** The target would drop what is carried to it; the message says from when on it keeps. */
  public static final class TooOldException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooOldException(String message) {
      super(message);
    }
  }

  /**
   * @param progress is told a sentence for each day
   */
  public StoreMove(ObservationStore from, ObservationStore to, Consumer<String> progress) {
    this.from = from;
    this.to = to;
    this.progress = progress;
  }

  /**
   * @throws TooOldException if the target drops what is as old as the oldest day of the source
   * @throws DiffersException if a school's day is not the same afterwards, such as when the target
   *     holds rows that the source does not
   */
  public Moved move() {
    from.settle();
    to.settle();
    RowDigest all = new RowDigest();
    long schoolDays = 0;
    long copied = 0;
    NavigableSet<LocalDate> days = new TreeSet<>(from.days());
    String fault = days.isEmpty() ? "" : tooOld(to, days.first());
    if (!fault.isEmpty()) {
      throw new TooOldException(fault);
    }
    days.addAll(to.days());
    for (LocalDate day : days) {
      NavigableSet<String> different = different(day);
      if (!different.isEmpty()) {
        RowBatch batch = new RowBatch(to::write);
        different.forEach(school -> visit(from, school, day, batch::add));
        batch.flush();
        to.settle();
      }
      NavigableSet<String> schools = new TreeSet<>(from.schools(day));
      for (String school : schools) {
        all.add(compared(school, day));
      }
      schoolDays += schools.size();
      copied += different.size();
      progress.accept(
          day + ": " + schools.size() + " schools, " + different.size() + " of them copied");
    }
    return new Moved(schoolDays, copied, all.count(), all.hex());
  }

  private NavigableSet<String> different(LocalDate day) {
    NavigableSet<String> different = new TreeSet<>();
    NavigableSet<String> schools = from.schools(day);
    for (String school : to.schools(day)) {
      if (!schools.contains(school)) {
        throw differs(school, day, new RowDigest(), digest(to, school, day));
      }
    }
    for (String school : schools) {
      if (!digest(from, school, day).sameAs(digest(to, school, day))) {
        different.add(school);
      }
    }
    return different;
  }

  private RowDigest compared(String school, LocalDate day) {
    RowDigest here = digest(from, school, day);
    RowDigest there = digest(to, school, day);
    if (!here.sameAs(there)) {
      throw differs(school, day, here, there);
    }
    return here;
  }

  private static DiffersException differs(
      String school, LocalDate day, RowDigest here, RowDigest there) {
    return new DiffersException(
        "School "
            + school
            + " differs on "
            + day
            + " (UTC): "
            + here.count()
            + " rows in the source, "
            + there.count()
            + " in the target"
            + (here.count() == there.count() ? ", with other content" : "")
            + ". The target must be empty, or hold only what came from this source.");
  }

  /** Why a store will not keep observations of that day; empty when it will. */
  static String tooOld(ObservationStore store, LocalDate day) {
    Instant kept = store.keptSince();
    if (!day.atStartOfDay(ZoneOffset.UTC).toInstant().isBefore(kept)) {
      return "";
    }
    return "There are observations of "
        + day
        + ", and the target keeps none from before "
        + kept
        + ": set store.influx.keep.raw longer, or to 0d for ever; in QuestDB's folder, remove the"
        + " file kept-since.";
  }

  private static RowDigest digest(ObservationStore store, String school, LocalDate day) {
    RowDigest digest = new RowDigest();
    visit(store, school, day, digest::add);
    return digest;
  }

  static void visit(
      ObservationStore store, String school, LocalDate day, ObservationStore.Visitor visitor) {
    Instant begin = day.atStartOfDay(ZoneOffset.UTC).toInstant();
    store.visit(school, begin, day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant(), visitor);
  }
}
