package org.rollcall.collector.registry;

import org.jspecify.annotations.Nullable;

/**
 * A school's entry in the register.
 *
 * @param code the school's identifier: text, leading zeros kept
 * @param region code of the township (9 digits) or, where there is none, the county or city
 * @param students pupils enrolled, counts only
 * @param lon degrees east, WGS-84
 * @param lat degrees north, WGS-84
 * @param contractMbps what the line's contract promises, in 10^6 bit/s; null if not declared
 * @param eduNetwork whether the school declares its line to enter the provincial education network
 */
public record School(
    String code,
    String name,
    String nameEn,
    String region,
    Stage stage,
    Tier tier,
    Ownership ownership,
    Setting setting,
    int students,
    int teachers,
    int classes,
    @Nullable Double lon,
    @Nullable Double lat,
    @Nullable Medium medium,
    @Nullable String isp,
    @Nullable Double contractMbps,
    @Nullable Boolean eduNetwork) {

  /** Education stage and kind of school; the CSV value is the lower-case name. */
  public enum Stage {
    PRIMARY,
    JUNIOR,
    NINE_YEAR,
    COMBINED,
    TWELVE_YEAR,
    SENIOR,
    TEACHING_POINT,
    SPECIAL
  }

  /**
   * Which target applies: A town-centre schools and above, B other independent schools, C teaching
   * points, which never enter the ratios of A and B.
   */
  public enum Tier {
    A,
    B,
    C
  }

  public enum Ownership {
    PUBLIC,
    PRIVATE
  }

  public enum Setting {
    URBAN,
    TOWN,
    RURAL
  }

  public enum Medium {
    FIBRE,
    WIRED,
    WIRELESS
  }
}
