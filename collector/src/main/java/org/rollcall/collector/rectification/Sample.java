package org.rollcall.collector.rectification;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * Schools of a region drawn by lot (随机抽查), and what was found there.
 *
 * @param seed what they were drawn with, see {@link Draw}
 * @param of how many schools the region had on that day
 * @param schools in the order they were drawn
 */
public record Sample(
    long id,
    String region,
    String seed,
    int of,
    LocalDate date,
    String account,
    Instant at,
    List<Drawn> schools) {
  /** Characters of a seed. Project default. */
  public static final int LONGEST_SEED = 64;

  /** Schools of a sample. Project default. */
  public static final int MOST = 100;

  public Sample {
    schools = List.copyOf(schools);
    if (schools.isEmpty() || schools.size() > Math.min(of, MOST)) {
      throw new IllegalArgumentException(schools.size() + " schools drawn of " + of);
    }
  }

  /** What was found; the names are those of the API. */
  public enum Found {
    NOT_YET,
    AS_SHOWN,
    DIFFERS
  }

  /**
   * One school that was drawn.
   *
   * @param note may be empty
   * @param account who entered what was found; empty before
   */
  public record Drawn(String school, Found found, String note, String account) {}
}
