package org.rollcall.web.api;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.profile.Parameters;
import org.rollcall.collector.profile.Profile;

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
    return district.profiles().stream().map(p -> answer(p, p.id().equals(active))).toList();
  }

  private static Answer answer(Profile profile, boolean active) {
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
        profile.rules().stream().map(rule -> RuleView.of(profile, rule)).toList(),
        List.of(
            RuleView.figure("fullyPercent", p.fullyPercent()),
            RuleView.figure("basicallyPercent", p.basicallyPercent())));
  }
}
