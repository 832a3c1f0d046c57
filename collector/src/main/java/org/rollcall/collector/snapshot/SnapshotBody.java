package org.rollcall.collector.snapshot;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a snapshot holds. Days are ISO-8601 texts, times too; enums are their names; rates are 0 to
 * 1 and percentages say so. The order of all lists is fixed, so that the same facts give the same
 * JSON.
 *
 * @param format {@value #FORMAT} now
 * @param calendar version of the calendars
 * @param at the day
 * @param from first day of what is counted over a span: use, operation, maintenance
 * @param regions the region itself and what lies below it, parents first; of a school, its region
 * @param county findings of the rules that judge a region alone; none for a school
 * @param plan null without one, and for a school
 * @param declared what the region declares itself
 * @param overrides every place where a person's word stands instead of what was measured
 */
public record SnapshotBody(
    int format,
    Unit unit,
    ProfileFact profile,
    String calendar,
    String at,
    String from,
    long registerRevision,
    List<RuleFact> rules,
    List<ParameterFact> parameters,
    List<RegionFact> regions,
    List<SchoolFact> schools,
    List<CountyFact> county,
    List<EvennessFact> evenness,
    List<GapFact> gaps,
    @Nullable PlanFact plan,
    List<DeclaredFact> declared,
    List<OverrideFact> overrides,
    List<MeasureFact> measures) {
  /** Number of this form. */
  public static final int FORMAT = 1;

  /**
   * What it is of.
   *
   * @param path names from the topmost region down to this
   */
  public record Unit(
      String code, String name, boolean school, @Nullable String level, List<String> path) {}

  /**
   * @param versions id and version, and the parents'
   */
  public record ProfileFact(
      String id,
      String version,
      String versions,
      String title,
      @Nullable String issued,
      String source) {}

  /**
   * @param indicator what it asks about
   * @param of of what, where the indicator needs it
   * @param asked its target in words; null where nothing says what is enough
   * @param projectDefault whether the target is ours
   * @param schoolsPercent share of schools that achieves it; null: the profile's
   */
  public record RuleFact(
      String id,
      String title,
      String article,
      @Nullable String quote,
      String indicator,
      @Nullable String of,
      boolean county,
      boolean headline,
      List<String> tiers,
      @Nullable String asked,
      boolean projectDefault,
      @Nullable Double schoolsPercent) {}

  /** A number the judge needs beside the targets. */
  public record ParameterFact(String name, double value, boolean projectDefault) {}

  /**
   * @param schools open schools in it and below it
   * @param met schools that meet every headline target
   * @param inScope schools of which a headline target speaks
   */
  public record RegionFact(
      String code,
      String name,
      String level,
      @Nullable String parent,
      int schools,
      int met,
      int inScope,
      List<SummaryFact> summaries) {}

  /** How the schools of a region stand under one rule. */
  public record SummaryFact(
      String rule,
      int inScope,
      int met,
      int notMet,
      int insufficient,
      int notApplicable,
      @Nullable Double rateLow,
      @Nullable Double rateHigh,
      String conclusion,
      @Nullable Long unitsMet,
      @Nullable Long units,
      boolean measured,
      boolean declared,
      boolean certified) {}

  /** What a rule that judges the region alone found. */
  public record CountyFact(
      String rule,
      String outcome,
      String evidence,
      @Nullable Double value,
      @Nullable Double threshold,
      String unit,
      long part,
      long whole,
      List<String> missing) {}

  /** A coefficient of variation between schools. */
  public record EvennessFact(
      String figure,
      String stage,
      int schools,
      long students,
      @Nullable String mean,
      @Nullable String deviation,
      @Nullable String coefficient,
      @Nullable String rule,
      @Nullable Double limit,
      String outcome,
      String note,
      List<String> leftOut) {}

  /** One side of a comparison. */
  public record GapFact(
      String rule,
      String divide,
      String side,
      int inScope,
      int met,
      int insufficient,
      @Nullable Double rateLow,
      @Nullable Double rateHigh,
      long classesMet,
      long classes) {}

  /**
   * @param points in time
   * @param actual percent of schools; null without schools
   */
  public record PlanFact(
      String source,
      boolean projectDefault,
      List<PlanPoint> points,
      int schools,
      int met,
      int planned,
      @Nullable String actual,
      @Nullable String deviation,
      int missingNow) {}

  /** One step of a plan. */
  public record PlanPoint(String by, int percent) {}

  /**
   * A declared value.
   *
   * @param value as people write it
   * @param entered when somebody entered it; null where that is not known
   */
  public record DeclaredFact(
      String indicator,
      String title,
      String value,
      String asOf,
      String note,
      @Nullable String certificate,
      @Nullable String entered) {}

  /**
   * Where a person's word stands instead of a measurement, or changed what it counts.
   *
   * @param kind CERTIFIED, DECLARED, REGISTER, OBJECTION, MAINTENANCE
   * @param unit code of the school or region
   * @param what of it
   * @param who an account, a command's user or a certificate; empty where nobody wrote it down
   * @param when a time or a day
   * @param why empty where nobody said
   */
  public record OverrideFact(
      String kind, String unit, String what, String who, String when, String why) {}

  /**
   * One row of what is to be put right.
   *
   * @param origin TASK, SELF_CHECK, REQUEST, or whatever else brings rows
   * @param item what of: a self-check item's name or a rule's id
   * @param problem empty where the verdicts of the item say it
   * @param rules the rules whose verdicts tell whether it is put right
   * @param firstDeadline of a task whose deadline was moved; else null
   */
  public record MeasureFact(
      String origin,
      String school,
      String item,
      String problem,
      List<String> rules,
      String person,
      String measure,
      @Nullable String deadline,
      @Nullable String firstDeadline,
      String state) {}
}
