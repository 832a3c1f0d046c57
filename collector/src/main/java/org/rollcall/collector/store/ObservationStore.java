package org.rollcall.collector.store;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.NavigableSet;
import org.jspecify.annotations.Nullable;
import org.rollcall.protocol.v1.Observation;
import org.rollcall.protocol.v1.Report;

/**
 * Where observations live. An observation is keyed by (school, subject, time): writing it twice
 * changes nothing, and the last writing wins. If two writings of one observation differ in what
 * they carry, whether a measure or a reason that only the earlier one had remains is the store's
 * affair. Numbers are finite: a report that {@code ReportCheck} faults must not come here. Defined
 * by {@code ObservationStoreContract}, which every implementation passes.
 *
 * <p>{@link #write} is called by one thread at a time; the queries by any number.
 */
public interface ObservationStore extends AutoCloseable {
  /** How many observations one {@link #range} may hold: two years of one a minute. */
  int MAX_RANGE = 1_100_000;

  /**
   * Why this store could never hold the report, as a stable code such as {@code too-many-kinds}, or
   * null when it can. Cheap: asked for every report before it is queued, on any thread. A report
   * that is not refused has its kinds and measures reserved, so that writing it cannot fail for
   * want of them.
   */
  @Nullable String refuses(Report report);

  /**
   * Stores every observation and gap of the batch. When this returns, all of it survives the death
   * of the process (and a power cut, if the store was opened to sync).
   *
   * @throws StoreUnavailableException if nothing may be acknowledged; the same batch may be written
   *     again later
   * @throws IllegalArgumentException if a report of the batch is one that {@link #refuses} names;
   *     nothing of the batch is acknowledged, and it must not be written again
   */
  void write(List<SchoolReport> batch);

  /**
   * What one subject showed, oldest first.
   *
   * @param from inclusive
   * @param to exclusive
   * @throws IllegalArgumentException past {@link #MAX_RANGE} observations: ask for a shorter span
   */
  List<Observation> range(String school, String subject, Instant from, Instant to);

  /**
   * Visits everything one school showed in a span: grouped by subject, oldest first within a
   * subject. Gaps come as subject {@code gap:AGENT}.
   */
  void visit(String school, Instant from, Instant to, Visitor visitor);

  /**
   * Visits what one school's subjects of one kind showed in a span, in the same order as {@link
   * #visit}.
   *
   * @param kind what stands before the colon of a subject: {@code gap}
   */
  default void visitKind(String school, String kind, Instant from, Instant to, Visitor visitor) {
    String begin = kind + ":";
    visit(
        school,
        from,
        to,
        (at, observation) -> {
          if (observation.getSubject().startsWith(begin)) {
            visitor.row(at, observation);
          }
        });
  }

  /**
   * Visits the newest observation of every subject of every school seen since then.
   *
   * @param since inclusive
   */
  void latest(Instant since, Visitor visitor);

  /** The days, in UTC, of which anything is kept. Reads an index or all times: not for pages. */
  NavigableSet<LocalDate> days();

  /**
   * The schools that showed anything on a day.
   *
   * @param day in UTC
   */
  NavigableSet<String> schools(LocalDate day);

  /**
   * What one measure of one subject did in equal steps, as {@link Series} divides them. A store
   * that keeps only coarser figures of what is long past answers from those where the single
   * observations are gone.
   *
   * @throws IllegalArgumentException past {@link #MAX_RANGE} observations or {@link
   *     Series#MAX_POINTS} steps
   */
  default List<Point> series(String school, String subject, String measure, Steps steps) {
    List<Observation> seen = range(school, subject, steps.from(), steps.to());
    return Series.of(seen, measure, steps.from(), steps.to(), steps.step());
  }

  /**
   * From when on every single observation is here. What is earlier may be gone: a day that begins
   * before this must not be rolled up from here again. {@link Instant#EPOCH} where all is kept for
   * ever.
   */
  default Instant keptSince() {
    return Instant.EPOCH;
  }

  /**
   * Asks as little as tells whether questions are answered now; for readiness.
   *
   * @throws StoreUnavailableException if they are not; the sentence says why
   */
  default void check() {
    latest(Instant.parse("2200-01-01T00:00:00Z"), (school, newest) -> {});
  }

  /** Waits until all that was written is visible to queries. For tests and orderly shutdowns. */
  void settle();

  @Override
  void close();

  /** Receives rows; the observation is the receiver's to keep. */
  @FunctionalInterface
  interface Visitor {
    void row(String school, Observation observation);
  }

  /**
   * Equal steps of a span.
   *
   * @param from inclusive
   * @param to exclusive
   * @param step at least 1 ms
   */
  record Steps(Instant from, Instant to, Duration step) {}

  /** A report with the school its agent is bound to. */
  record SchoolReport(String school, Report report) {}
}
