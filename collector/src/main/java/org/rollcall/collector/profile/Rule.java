package org.rollcall.collector.profile;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.registry.School;
import org.rollcall.collector.registry.School.Ownership;
import org.rollcall.collector.registry.School.Setting;
import org.rollcall.collector.registry.School.Stage;
import org.rollcall.collector.registry.School.Tier;
import org.rollcall.config.Default;

/**
 * One target of the policy.
 *
 * @param id unique in the profile, e.g. XXT-A
 * @param of what {@code indicator} is asked of, where it needs it: a declared indicator's id, a
 *     platform's name, or the figure whose evenness is asked
 * @param level who is judged by it
 * @param appliesTo the schools it speaks of
 * @param article where the policy says it
 * @param quote the policy's words; null where the rule has none
 * @param target what must be reached; null where the policy sets no number: NO_RULE
 * @param schoolsPercent share of schools, 0 to 100, that achieves it for a region; null: the
 *     profile's {@code fullyPercent} and {@code basicallyPercent}
 */
public record Rule(
    String id,
    Indicator indicator,
    @Nullable String of,
    @Default("school") Level level,
    AppliesTo appliesTo,
    String title,
    String titleEn,
    String article,
    String articleEn,
    @Nullable String quote,
    @Nullable Target target,
    @Nullable Double schoolsPercent) {

  /** Who is judged. */
  public enum Level {
    /** Each school; a region by the share of its schools. */
    SCHOOL,
    /** The region alone; a school merely counts towards it or does not. */
    COUNTY
  }

  /**
   * Which schools; an empty list means any.
   *
   * @param tiers without them A and B: teaching points are judged only where a rule names them
   */
  public record AppliesTo(
      List<Tier> tiers, List<Stage> stages, List<Ownership> ownerships, List<Setting> settings) {
    public AppliesTo {
      tiers = tiers.isEmpty() ? List.of(Tier.A, Tier.B) : List.copyOf(tiers);
      stages = List.copyOf(stages);
      ownerships = List.copyOf(ownerships);
      settings = List.copyOf(settings);
    }
  }

  /** Whether it speaks of schools like this one. */
  public boolean speaksOf(School school) {
    return appliesTo.tiers().contains(school.tier())
        && any(appliesTo.stages(), school.stage())
        && any(appliesTo.ownerships(), school.ownership())
        && any(appliesTo.settings(), school.setting());
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
