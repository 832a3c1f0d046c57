package org.rollcall.collector.problems;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * One thing that is broken, with everything that is not to be seen or not to work because of it.
 *
 * @param id the same as long as it lasts, and the same again when it comes back; letters, digits
 *     and {@code . _ : -}, names percent-encoded
 * @param region of the school, or that the schools share
 * @param schools codes, by code; one, or several that fell silent together
 * @param subject what is broken, as agents name it; empty: the school or its agent
 * @param params of the sentences in {@link CauseText}
 * @param since when it began, as far as it is known
 * @param known how that is known
 * @param behind what stands behind it
 * @param classes whose lessons are affected
 * @param minutesToday lesson minutes since it began, of today so far; maintenance does not count
 * @param minutesWeek the same since Monday; of several schools that of the most
 * @param impact lesson minutes since Monday times classes, added up over the schools: what causes
 *     are ordered by. A project default
 * @param planned whether all its schools are in a maintenance window now
 */
public record Cause(
    String id,
    CauseKind kind,
    String region,
    List<String> schools,
    String subject,
    Map<String, String> params,
    Instant since,
    Known known,
    Behind behind,
    int classes,
    int minutesToday,
    int minutesWeek,
    long impact,
    boolean planned) {
  /** The worst first: impact, then classes, then what is nearer to the root, then the oldest. */
  static final Comparator<Cause> WORST_FIRST =
      Comparator.comparingLong(Cause::impact)
          .reversed()
          .thenComparing(Comparator.comparingInt(Cause::classes).reversed())
          .thenComparing(Cause::kind)
          .thenComparing(Cause::since)
          .thenComparing(Cause::id);

  public Cause {
    schools = List.copyOf(schools);
    params = Map.copyOf(params);
    if (schools.isEmpty()) {
      throw new IllegalArgumentException("The cause " + id + " is of no school.");
    }
  }

  /** How it is known when something began. */
  public enum Known {
    /** An agent was last heard then. */
    LAST_HEARD,
    /** An agent was enrolled then, and nothing came. */
    ENROLLED,
    /** The first look that showed it, after one that did not. */
    FIRST_SEEN,
    /** It was so at that look already; nothing earlier is known. */
    AT_LEAST
  }

  /**
   * What stands behind a cause.
   *
   * @param count how many in all
   * @param subjects the first {@link #MOST} of them
   */
  public record Behind(int count, List<String> subjects) {
    /** How many are named. Project default. */
    public static final int MOST = 50;

    static final Behind NOTHING = new Behind(0, List.of());

    public Behind {
      subjects = List.copyOf(subjects);
      if (count < subjects.size() || subjects.size() > MOST) {
        throw new IllegalArgumentException(subjects.size() + " of " + count + " are named.");
      }
    }

    static Behind of(List<String> all) {
      return new Behind(all.size(), all.subList(0, Math.min(MOST, all.size())));
    }
  }
}
