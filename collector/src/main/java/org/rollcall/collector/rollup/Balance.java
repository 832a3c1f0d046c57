package org.rollcall.collector.rollup;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.declared.Amount;
import org.rollcall.collector.declared.DeclaredIndicator;
import org.rollcall.collector.declared.DeclaredValue;
import org.rollcall.collector.judge.Verdict;
import org.rollcall.collector.judge.Verdict.Outcome;
import org.rollcall.collector.profile.Indicator;
import org.rollcall.collector.profile.Profile;
import org.rollcall.collector.profile.Rule;
import org.rollcall.collector.registry.School;
import org.rollcall.collector.registry.School.Stage;

/**
 * How even a region is: the coefficients between its schools, each stage on its own, and the gaps
 * between its kinds of schools. What a school has is the count of the annual statistics in the
 * register or, where that is silent, the newest it declared.
 *
 * @param findings rooms and computers per 100 pupils, primary before junior secondary
 * @param gaps of each headline rule, by setting and by ownership
 */
public record Balance(List<Finding> findings, List<Gap> gaps) {
  private static final int PER = 100;

  public Balance {
    findings = List.copyOf(findings);
    gaps = List.copyOf(gaps);
  }

  /** What schools have more or less of. */
  public enum Figure {
    /** 每百名学生拥有网络多媒体教室. */
    MULTIMEDIA_ROOMS_PER_100("multimedia-rooms-per-100", DeclaredIndicator.MULTIMEDIA_ROOMS),
    /** 每百名学生拥有计算机台数. */
    COMPUTERS_PER_100("computers-per-100", DeclaredIndicator.COMPUTERS);

    private final String id;
    private final DeclaredIndicator declared;

    Figure(String id, DeclaredIndicator declared) {
      this.id = id;
      this.declared = declared;
    }

    /** As a profile's rule names it. */
    public String id() {
      return id;
    }

    private @Nullable BigDecimal of(
        School school, Map<DeclaredIndicator, DeclaredValue> declaredValues) {
      Integer counted =
          this == COMPUTERS_PER_100
              ? school.statistics().computers()
              : school.statistics().multimediaRooms();
      if (counted != null) {
        return BigDecimal.valueOf(counted);
      }
      Integer told = count(declared, declaredValues);
      return told == null ? null : BigDecimal.valueOf(told);
    }
  }

  /**
   * One coefficient, and what the profile asks of it.
   *
   * @param stage PRIMARY or JUNIOR
   * @param rule the rule that limits it; null when the profile has none
   * @param limit the greatest coefficient that is met; null when the profile has none
   * @param outcome NO_RULE without a limit
   */
  public record Finding(
      Figure figure,
      Stage stage,
      Coefficient coefficient,
      @Nullable String rule,
      @Nullable Double limit,
      Outcome outcome) {}

  /**
   * Computes all of it.
   *
   * @param schools of the region and below it, as they were on the day
   * @param declared what a school with this code declared by then
   * @param verdicts the verdicts of a school with this code
   */
  public static Balance of(
      Profile profile,
      Collection<School> schools,
      Function<String, Map<DeclaredIndicator, DeclaredValue>> declared,
      Function<String, ? extends Collection<Verdict>> verdicts) {
    List<Finding> findings = new ArrayList<>();
    for (Figure figure : Figure.values()) {
      StageSplit split =
          StageSplit.of(
              schools.stream().map(s -> whole(figure, s, declared.apply(s.code()))).toList());
      Coefficient primary = split.primaryCoefficient(PER, Coefficient.SMALL_TEACHING_POINT);
      Coefficient junior = split.juniorCoefficient(PER, Coefficient.SMALL_TEACHING_POINT);
      findings.add(finding(profile, figure, Stage.PRIMARY, primary));
      findings.add(finding(profile, figure, Stage.JUNIOR, junior));
    }
    List<Gap> gaps = new ArrayList<>();
    for (Rule rule : profile.headline()) {
      gaps.add(Gap.of(profile, rule, Gap.Divide.SETTING, schools, verdicts));
      gaps.add(Gap.of(profile, rule, Gap.Divide.OWNERSHIP, schools, verdicts));
    }
    return new Balance(findings, gaps);
  }

  private static StageSplit.Whole whole(
      Figure figure, School school, Map<DeclaredIndicator, DeclaredValue> declared) {
    return new StageSplit.Whole(
        school.code(),
        school.stage(),
        school.students(),
        count(DeclaredIndicator.STUDENTS_PRIMARY, declared),
        count(DeclaredIndicator.STUDENTS_JUNIOR, declared),
        count(DeclaredIndicator.STUDENTS_SENIOR, declared),
        figure.of(school, declared));
  }

  private static @Nullable Integer count(
      DeclaredIndicator indicator, Map<DeclaredIndicator, DeclaredValue> declared) {
    DeclaredValue value = declared.get(indicator);
    return value != null && value.amount() instanceof Amount.Count count
        ? Math.toIntExact(count.value())
        : null;
  }

  private static Finding finding(
      Profile profile, Figure figure, Stage stage, Coefficient coefficient) {
    Rule rule = rule(profile, figure, stage);
    Double limit = rule == null || rule.target() == null ? null : rule.asked().atMost();
    return new Finding(
        figure,
        stage,
        coefficient,
        rule == null ? null : rule.id(),
        limit,
        limit == null ? Outcome.NO_RULE : coefficient.against(BigDecimal.valueOf(limit)));
  }

  private static @Nullable Rule rule(Profile profile, Figure figure, Stage stage) {
    return profile.rules().stream()
        .filter(r -> r.indicator() == Indicator.COEFFICIENT && figure.id().equals(r.of()))
        .filter(r -> r.appliesTo().stages().isEmpty() || r.appliesTo().stages().contains(stage))
        .findFirst()
        .orElse(null);
  }
}
