package org.rollcall.collector.profile;

import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.registry.School;
import org.rollcall.collector.registry.School.Ownership;
import org.rollcall.collector.registry.School.Setting;
import org.rollcall.collector.registry.School.Stage;
import org.rollcall.collector.registry.School.Tier;

/**
 * One target of the policy, with everything it inherits.
 *
 * @param id unique in the profile, e.g. XXT-A
 * @param of what {@code indicator} is asked of, where it needs it: a declared indicator's id, a
 *     platform's name, or the figure whose evenness is asked
 * @param level who is judged by it
 * @param appliesTo the schools it speaks of; of a coefficient exactly one of the stages primary and
 *     junior, and a mixed school enters with that part of it
 * @param article where the policy says it
 * @param quote the policy's words; null where the rule has none
 * @param target what must be reached; null where nothing says what is enough: NO_RULE
 * @param targetDefault whether the target is this project's or a bureau's own choice, because the
 *     policy gives no number; shown as a project default
 * @param schoolsPercent share of schools, 0 to 100, that achieves it for a region; null: the
 *     profile's {@code fullyPercent} and {@code basicallyPercent}
 * @param floorOf the rule whose weaker form for single units this is; both are judged
 * @param note what a reader must know of it, e.g. where a number that is ours comes from
 */
public record Rule(
    String id,
    Indicator indicator,
    @Nullable String of,
    Level level,
    AppliesTo appliesTo,
    String title,
    String titleEn,
    String article,
    String articleEn,
    @Nullable String quote,
    @Nullable Target target,
    boolean targetDefault,
    @Nullable Double schoolsPercent,
    @Nullable String floorOf,
    @Nullable String note,
    @Nullable String noteEn,
    Origin origin) {

  /** Who is judged. */
  public enum Level {
    /** Each school; a region by the share of its schools. */
    SCHOOL,
    /**
     * The region alone; a school merely counts towards it or does not. Of what is declared, a
     * target of {@code yes} asks the region itself, or, with {@code schoolsPercent}, so many of its
     * schools; a {@code percent} asks the sum over its schools (n/N pooled); {@code atLeast} so
     * many schools, or so much, in all.
     */
    COUNTY
  }

  /**
   * Which profile set the rule as it stands.
   *
   * @param version the profile's
   * @param tightening what it made of an inherited rule; null where it is the first to set it
   */
  public record Origin(String profile, String version, @Nullable Tightening tightening) {}

  /**
   * Why an inherited rule asks more than it did.
   *
   * @param from the rule as the parent has it
   */
  public record Tightening(Rule from, String reason, String reasonEn) {}

  /**
   * Which schools; an empty list means any.
   *
   * @param tiers without them A and B: teaching points are judged only where a rule names them
   * @param minStudents smaller schools are not spoken of; null when size does not matter
   */
  public record AppliesTo(
      List<Tier> tiers,
      List<Stage> stages,
      List<Ownership> ownerships,
      List<Setting> settings,
      @Nullable Integer minStudents) {

    /** All schools that count as such. */
    static final AppliesTo ANY = new AppliesTo(List.of(), List.of(), List.of(), List.of(), null);

    public AppliesTo {
      tiers = tiers.isEmpty() ? List.of(Tier.A, Tier.B) : List.copyOf(tiers);
      stages = List.copyOf(stages);
      ownerships = List.copyOf(ownerships);
      settings = List.copyOf(settings);
    }

    /** Whether it speaks of every school of which the other does. */
    boolean covers(AppliesTo other) {
      Integer least = other.minStudents;
      return tiers.containsAll(other.tiers)
          && covers(stages, other.stages)
          && covers(ownerships, other.ownerships)
          && covers(settings, other.settings)
          && (minStudents == null || (least != null && minStudents <= least));
    }

    private static <T> boolean covers(List<T> named, List<T> others) {
      return named.isEmpty() || (!others.isEmpty() && named.containsAll(others));
    }

    /** Whether there may be schools of which both speak. */
    boolean meets(AppliesTo other) {
      return meets(tiers, other.tiers)
          && meets(stages, other.stages)
          && meets(ownerships, other.ownerships)
          && meets(settings, other.settings);
    }

    private static <T> boolean meets(List<T> named, List<T> others) {
      return named.isEmpty() || others.isEmpty() || !Collections.disjoint(named, others);
    }
  }

  /**
   * Whether it speaks of schools like this one. Teaching points, senior secondary and
   * special-education schools are spoken of only where the rule names them.
   */
  public boolean speaksOf(School school) {
    boolean named =
        switch (school.stage()) {
          case TEACHING_POINT -> appliesTo.tiers().contains(Tier.C);
          case SENIOR, SPECIAL -> appliesTo.stages().contains(school.stage());
          case PRIMARY, JUNIOR, NINE_YEAR, COMBINED, TWELVE_YEAR -> true;
        };
    Integer least = appliesTo.minStudents();
    return named
        && appliesTo.tiers().contains(school.tier())
        && any(appliesTo.stages(), school.stage())
        && any(appliesTo.ownerships(), school.ownership())
        && any(appliesTo.settings(), school.setting())
        && (least == null || school.students() >= least);
  }

  private static <T> boolean any(List<T> named, T one) {
    return named.isEmpty() || named.contains(one);
  }

  /** The one tier it speaks of; null when there are several. */
  public @Nullable Tier tier() {
    return appliesTo.tiers().size() == 1 ? appliesTo.tiers().get(0) : null;
  }

  /** Its target, where it is known to have one. */
  public Target asked() {
    if (target == null) {
      throw new IllegalStateException("BUG: the rule " + id + " sets no number");
    }
    return target;
  }
}
