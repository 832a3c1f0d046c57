package org.rollcall.collector.judge;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.rollcall.collector.judge.Verdict.Outcome;
import org.rollcall.collector.profile.Rule;
import org.rollcall.collector.profile.Rule.AppliesTo;
import org.rollcall.collector.registry.School;
import org.rollcall.collector.registry.School.Stage;
import org.rollcall.collector.registry.School.Tier;

/**
 * Says of one school on one date what each rule of a profile says: a pure function, so that the
 * same input gives the same verdicts, to the byte. Sources: the profile's articles; how a number is
 * measured is told in {@link LineBandwidth}, {@link Reach} and {@link ClassRule}.
 */
public final class Judge {
  /** In no ratio of the policy, whatever their tier: shown for reference. */
  private static final Set<Stage> OUT_OF_SCOPE = EnumSet.of(Stage.SENIOR, Stage.SPECIAL);

  private Judge() {}

  /** One verdict for each rule of the profile, in its order. */
  public static List<Verdict> judge(JudgeInput input) {
    List<Verdict> verdicts = new ArrayList<>(input.profile().rules().size());
    for (Rule rule : input.profile().rules()) {
      verdicts.add(judge(input, rule));
    }
    return verdicts;
  }

  private static Verdict judge(JudgeInput input, Rule rule) {
    School school = input.school();
    AppliesTo schools = rule.appliesTo();
    boolean teachingPoint = school.tier() == Tier.C || school.stage() == Stage.TEACHING_POINT;
    if (teachingPoint && !schools.tiers().contains(Tier.C)) {
      return notApplicable(input, rule, ReasonCode.TEACHING_POINT.with());
    }
    if (OUT_OF_SCOPE.contains(school.stage()) && !schools.stages().contains(school.stage())) {
      return notApplicable(input, rule, ReasonCode.STAGE_EXCLUDED.with(school.stage()));
    }
    if (!schools.tiers().contains(school.tier())) {
      return notApplicable(
          input, rule, ReasonCode.OTHER_TIER.with(list(schools.tiers()), school.tier()));
    }
    if (!rule.speaksOf(school)) {
      return notApplicable(input, rule, ReasonCode.OTHER_SCHOOLS.with());
    }
    if (rule.target() == null) {
      return new VerdictBuilder(input, rule, input.windowBegins())
          .outcome(Outcome.NO_RULE)
          .because(ReasonCode.NO_RULE.with())
          .build();
    }
    return switch (rule.indicator()) {
      case SCHOOL_LINK -> new LinkRule(input, rule).judge();
      case CLASS_PLATFORM -> new ClassRule(input, rule).judge();
      case LINE_AVAILABILITY -> new AvailabilityRule(input, rule).judge();
      case COMPUTER_ROOM -> new ComputerRoomRule(input, rule).judge();
      case STUDENTS_PER_COMPUTER, COMPUTERS_PER_100, SEATS_PER_PUPIL, MULTIMEDIA_ROOMS_PER_100 ->
          new RatioRule(input, rule).judge();
      case MOBILE_ROOM_VISITS -> new MobileRoomRule(input, rule).judge();
      case SERVICE -> new ServiceRule(input, rule).judge();
      case PRIVATE_PATH -> new PrivatePathRule(input, rule).judge();
      case DECLARED -> new DeclaredRule(input, rule).judge();
      case COEFFICIENT -> notApplicable(input, rule, ReasonCode.COUNTY_ONLY.with());
    };
  }

  private static String list(List<Tier> tiers) {
    return tiers.stream().map(Tier::name).collect(Collectors.joining(ReasonCode.LIST));
  }

  private static Verdict notApplicable(JudgeInput input, Rule rule, Reason reason) {
    return new VerdictBuilder(input, rule, input.windowBegins())
        .outcome(Outcome.NOT_APPLICABLE)
        .because(reason)
        .build();
  }
}
