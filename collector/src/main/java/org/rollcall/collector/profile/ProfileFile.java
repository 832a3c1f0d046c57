package org.rollcall.collector.profile;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.profile.Rule.AppliesTo;
import org.rollcall.collector.profile.Rule.Level;
import org.rollcall.config.Default;

/**
 * A profile as it is written; what it leaves out it inherits.
 *
 * @param inherits id of the profile it stands on; null for none
 * @param inheritsVersion the version of that profile it was written against; null when any will do
 * @param base holds parameters alone for others to inherit; nobody is judged by it
 */
record ProfileFile(
    String id,
    String version,
    @Nullable String inherits,
    @Nullable String inheritsVersion,
    @Default("false") boolean base,
    String title,
    String titleEn,
    @Nullable LocalDate issued,
    String source,
    String sourceEn,
    List<RuleFile> rules,
    Map<String, ParameterFile> parameters,
    @Nullable Plan plan) {

  /**
   * A rule as it is written: whole, or, with the id of an inherited rule, what differs and why.
   *
   * @param reason why an inherited rule is tightened
   */
  record RuleFile(
      String id,
      @Nullable Indicator indicator,
      @Nullable String of,
      @Nullable Level level,
      @Nullable AppliesTo appliesTo,
      @Nullable String title,
      @Nullable String titleEn,
      @Nullable String article,
      @Nullable String articleEn,
      @Nullable String quote,
      @Nullable Target target,
      @Nullable Boolean targetDefault,
      @Nullable Double schoolsPercent,
      @Nullable String floorOf,
      @Nullable String note,
      @Nullable String noteEn,
      @Nullable String reason,
      @Nullable String reasonEn) {}

  /**
   * A parameter as it is written.
   *
   * @param article where the policy gives the number, when it is not a project default
   */
  record ParameterFile(
      double value, boolean projectDefault, @Nullable String note, @Nullable String article) {}
}
