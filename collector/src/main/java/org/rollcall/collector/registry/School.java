package org.rollcall.collector.registry;

import org.jdbi.v3.core.mapper.Nested;
import org.jdbi.v3.core.mapper.reflect.JdbiConstructor;
import org.jspecify.annotations.Nullable;

/**
 * A school's entry in the register, as it is on one date. A campus (校区) of a school with several
 * has an entry of its own.
 *
 * @param code the school's identifier: text, leading zeros kept
 * @param region code of the township (9 digits) or, where there is none, the county or city
 * @param students pupils enrolled, counts only; with teachers and classes: of the whole school with
 *     its campuses, or in a campus's entry of that campus alone
 * @param lon degrees east, WGS-84
 * @param lat degrees north, WGS-84
 * @param contractMbps what the line's contract promises, in 10^6 bit/s; null if not declared
 * @param eduNetwork whether the school declares its line to enter the provincial education network
 * @param campusOf code of the main school if this is one of its further campuses, else null. A
 *     campus has devices and agents and is no school in any list or ratio
 * @param planYear the year in which it is planned to reach the targets; null if not planned
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
    @Nullable Boolean eduNetwork,
    Status status,
    @Nullable String campusOf,
    @Nullable Integer planYear,
    @Nested Statistics statistics) {

  @JdbiConstructor
  public School {}

  /** An open school of one site, of which the statistics say nothing. */
  public School(
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
    this(
        code,
        name,
        nameEn,
        region,
        stage,
        tier,
        ownership,
        setting,
        students,
        teachers,
        classes,
        lon,
        lat,
        medium,
        isp,
        contractMbps,
        eduNetwork,
        Status.OPEN,
        null,
        null,
        Statistics.NONE);
  }

  /**
   * Counts of the annual statistics (教育事业统计) that nothing here can count.
   *
   * @param largestClass pupils in the largest class
   * @param multimediaRooms networked multimedia classrooms (网络多媒体教室)
   * @param computers computers for teaching
   */
  public record Statistics(
      @Nullable Integer largestClass,
      @Nullable Integer multimediaRooms,
      @Nullable Integer computers) {
    public static final Statistics NONE = new Statistics(null, null, null);
  }

  /** Whether it is an open school and no campus of another: only such are in lists and ratios. */
  public boolean counts() {
    return status == Status.OPEN && campusOf == null;
  }

  /** The same in another region. */
  School in(String other) {
    return new School(
        code,
        name,
        nameEn,
        other,
        stage,
        tier,
        ownership,
        setting,
        students,
        teachers,
        classes,
        lon,
        lat,
        medium,
        isp,
        contractMbps,
        eduNetwork,
        status,
        campusOf,
        planYear,
        statistics);
  }

  /** Its life (在办, 停办, 撤并). */
  public enum Status {
    OPEN,
    /** For good: it stays in what was reported before, and is in nothing from then on. */
    CLOSED,
    /** For a while: as closed in lists and ratios, but its agents are still looked after. */
    SUSPENDED
  }

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
