package org.rollcall.web.api;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.profile.Parameters;
import org.rollcall.collector.profile.Profile;
import org.rollcall.collector.profile.Rule;

/**
 * {@code GET /api/v1/profiles}: every profile that schools are judged by, the active one first,
 * with what of their figures is the policy's and what is ours.
 */
final class ProfilesCall implements Call {
  private final District district;

  ProfilesCall(District district) {
    this.district = district;
  }

  private record Answer(
      String id,
      String title,
      String titleEn,
      String version,
      @Nullable String issued,
      boolean active,
      String source,
      String sourceEn,
      List<Profile.Parent> parents,
      List<RuleView> rules,
      List<RuleView.Figure> defaults) {}

  @Override
  public Object answer(Request request) {
    String active = district.profile().id();
    List<Profile> profiles = district.profiles();
    return profiles.stream().map(p -> answer(p, profiles, p.id().equals(active))).toList();
  }

  private static Answer answer(Profile profile, List<Profile> profiles, boolean active) {
    Parameters p = profile.parameters();
    LocalDate issued = profile.issued();
    return new Answer(
        profile.id(),
        profile.title(),
        profile.titleEn(),
        profile.version(),
        issued == null ? null : issued.toString(),
        active,
        profile.source(),
        profile.sourceEn(),
        profile.parents(),
        profile.rules().stream()
            .map(rule -> RuleView.of(profile, rule, origin(profile, rule, profiles)))
            .toList(),
        List.of(
            RuleView.figure("fullyPercent", p.fullyPercent()),
            RuleView.figure("basicallyPercent", p.basicallyPercent())));
  }

  /** The profile that set the rule; the one that holds it where that is not loaded by itself. */
  private static Profile origin(Profile profile, Rule rule, List<Profile> profiles) {
    return profiles.stream()
        .filter(one -> one.id().equals(rule.origin().profile()))
        .findFirst()
        .orElse(profile);
  }
}
