package org.rollcall.collector.rollup;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.declared.Amount;
import org.rollcall.collector.declared.DeclaredIndicator;
import org.rollcall.collector.declared.DeclaredValue;
import org.rollcall.collector.declared.DeclaredValue.Grade;
import org.rollcall.collector.judge.Verdict;
import org.rollcall.collector.judge.Verdict.Evidence;
import org.rollcall.collector.judge.Verdict.Outcome;
import org.rollcall.collector.profile.Indicator;
import org.rollcall.collector.profile.Profile;
import org.rollcall.collector.profile.Rule;
import org.rollcall.collector.profile.Target;
import org.rollcall.collector.registry.School;

/**
 * The rules that judge a region alone, over the schools in it (formulas 5.6):
 *
 * <ul>
 *   <li>so many of a hundred schools: those that count, of those the rule speaks of;
 *   <li>n/N declared by each school: Σn/ΣN, not the mean of the schools' shares;
 *   <li>at least so many: schools that say yes, or the sum of their counts;
 *   <li>what the region declares itself;
 *   <li>the coefficient of variation, as {@link Balance} computes it.
 * </ul>
 *
 * <p>A school that is not known leaves the rule undecided wherever it could still turn it. Pure.
 */
public final class CountyRules {
  private final Profile profile;
  private final Collection<School> schools;
  private final Function<String, Map<DeclaredIndicator, DeclaredValue>> declared;
  private final Function<String, ? extends Collection<Verdict>> verdicts;

  /**
   * @param schools of the region and below it, as they were on the day
   * @param declared what a school or region with this code had declared by then
   * @param verdicts the verdicts of a school with this code
   */
  public CountyRules(
      Profile profile,
      Collection<School> schools,
      Function<String, Map<DeclaredIndicator, DeclaredValue>> declared,
      Function<String, ? extends Collection<Verdict>> verdicts) {
    this.profile = profile;
    this.schools = schools;
    this.declared = declared;
    this.verdicts = verdicts;
  }

  /** One finding for each rule of county level, in the profile's order. */
  public List<CountyFinding> of(String region) {
    List<CountyFinding> findings = new ArrayList<>();
    Balance balance = null;
    for (Rule rule : profile.rules()) {
      if (rule.level() != Rule.Level.COUNTY) {
        continue;
      }
      if (rule.indicator() == Indicator.COEFFICIENT) {
        balance = balance == null ? Balance.of(profile, schools, declared, verdicts) : balance;
        findings.add(coefficient(rule, balance));
      } else {
        findings.add(finding(rule, region));
      }
    }
    return findings;
  }

  private CountyFinding finding(Rule rule, String region) {
    DeclaredIndicator indicator = rule.of() == null ? null : DeclaredIndicator.of(rule.of());
    if (rule.indicator() == Indicator.DECLARED && indicator != null) {
      if (indicator.of() == DeclaredIndicator.Of.REGION) {
        return ofRegion(rule, declared.apply(region).get(indicator));
      }
      if (indicator.kind() == DeclaredIndicator.Kind.PAIR && rule.schoolsPercent() == null) {
        return pooled(rule, indicator);
      }
      if (rule.schoolsPercent() == null) {
        return sum(rule, indicator);
      }
    }
    return share(rule);
  }

  /** How many of the schools that the rule speaks of count towards it. */
  private CountyFinding share(Rule rule) {
    long counting = 0;
    long inScope = 0;
    boolean measured = false;
    List<String> missing = new ArrayList<>();
    for (School school : schools) {
      if (!rule.speaksOf(school)) {
        continue;
      }
      Verdict verdict = verdict(rule, school);
      Outcome outcome = verdict == null ? Outcome.INSUFFICIENT_DATA : verdict.outcome();
      if (outcome == Outcome.NOT_APPLICABLE) {
        continue;
      }
      inScope++;
      counting += outcome == Outcome.MET ? 1 : 0;
      measured |= verdict != null && verdict.evidence() == Evidence.MEASURED;
      if (outcome == Outcome.INSUFFICIENT_DATA || outcome == Outcome.NO_RULE) {
        missing.add(school.code());
      }
    }
    Double asked = rule.schoolsPercent();
    Outcome outcome = Outcome.NO_RULE;
    if (inScope == 0) {
      outcome = Outcome.NOT_APPLICABLE;
    } else if (asked != null && rule.target() != null) {
      boolean reached = reaches(counting, inScope, asked);
      boolean may = reaches(counting + missing.size(), inScope, asked);
      outcome = reached ? Outcome.MET : may ? Outcome.INSUFFICIENT_DATA : Outcome.NOT_MET;
    }
    Evidence evidence = measured ? Evidence.MEASURED : Evidence.DECLARED;
    Double value = percent(counting, inScope);
    return new CountyFinding(
        rule.id(), outcome, evidence, value, asked, "%", counting, inScope, missing);
  }

  private @Nullable Verdict verdict(Rule rule, School school) {
    for (Verdict verdict : verdicts.apply(school.code())) {
      if (verdict.profile().equals(profile.id()) && verdict.rule().equals(rule.id())) {
        return verdict;
      }
    }
    return null;
  }

  /** Σn/ΣN over the schools; one that declares nothing leaves it undecided. */
  private CountyFinding pooled(Rule rule, DeclaredIndicator indicator) {
    long part = 0;
    long whole = 0;
    boolean any = false;
    List<String> missing = new ArrayList<>();
    for (School school : schools) {
      if (rule.speaksOf(school)) {
        any = true;
        if (amount(school.code(), indicator) instanceof Amount.Pair pair) {
          part += pair.part();
          whole += pair.whole();
        } else {
          missing.add(school.code());
        }
      }
    }
    Target target = rule.target();
    Double asked = target == null ? null : target.percent();
    Outcome outcome = Outcome.NO_RULE;
    if (!any || (whole == 0 && missing.isEmpty())) {
      outcome = Outcome.NOT_APPLICABLE;
    } else if (asked != null && !missing.isEmpty()) {
      outcome = Outcome.INSUFFICIENT_DATA;
    } else if (asked != null) {
      outcome = reaches(part, whole, asked) ? Outcome.MET : Outcome.NOT_MET;
    }
    Double value = percent(part, whole);
    return new CountyFinding(
        rule.id(), outcome, Evidence.DECLARED, value, asked, "%", part, whole, missing);
  }

  /** Schools that say yes, or the sum of what they count. */
  private CountyFinding sum(Rule rule, DeclaredIndicator indicator) {
    long sum = 0;
    long inScope = 0;
    List<String> missing = new ArrayList<>();
    for (School school : schools) {
      if (!rule.speaksOf(school)) {
        continue;
      }
      inScope++;
      Amount amount = amount(school.code(), indicator);
      if (amount instanceof Amount.YesNo yesNo) {
        sum += yesNo.yes() ? 1 : 0;
      } else if (amount instanceof Amount.Count count) {
        sum += count.value();
      } else {
        missing.add(school.code());
      }
    }
    Target target = rule.target();
    Double asked = target == null ? null : target.atLeast();
    Outcome outcome = Outcome.NO_RULE;
    if (inScope == 0) {
      outcome = Outcome.NOT_APPLICABLE;
    } else if (asked != null && sum >= asked) {
      outcome = Outcome.MET;
    } else if (asked != null) {
      outcome = missing.isEmpty() ? Outcome.NOT_MET : Outcome.INSUFFICIENT_DATA;
    }
    String unit = indicator.kind() == DeclaredIndicator.Kind.YES_NO ? "schools" : "";
    return new CountyFinding(
        rule.id(), outcome, Evidence.DECLARED, (double) sum, asked, unit, sum, inScope, missing);
  }

  private @Nullable Amount amount(String unit, DeclaredIndicator indicator) {
    DeclaredValue value = declared.apply(unit).get(indicator);
    return value == null ? null : value.amount();
  }

  private CountyFinding ofRegion(Rule rule, @Nullable DeclaredValue value) {
    Target target = rule.target();
    Double asked = target == null ? null : target.atLeast();
    Double found = null;
    Outcome outcome = Outcome.NO_RULE;
    if (value != null && value.amount() instanceof Amount.Quantity quantity) {
      found = quantity.value().doubleValue();
    } else if (value != null && value.amount() instanceof Amount.Count count) {
      found = (double) count.value();
    }
    if (target != null && value == null) {
      outcome = Outcome.INSUFFICIENT_DATA;
    } else if (target != null && value != null) {
      boolean holds =
          value.amount() instanceof Amount.YesNo yesNo
              ? yesNo.yes()
              : asked == null || (found != null && found >= asked);
      outcome = holds ? Outcome.MET : Outcome.NOT_MET;
    }
    boolean certified = value != null && value.grade() == Grade.CERTIFIED;
    Evidence evidence = certified ? Evidence.CERTIFIED : Evidence.DECLARED;
    return new CountyFinding(rule.id(), outcome, evidence, found, asked, "", 0, 0, List.of());
  }

  private static CountyFinding coefficient(Rule rule, Balance balance) {
    for (Balance.Finding finding : balance.findings()) {
      if (rule.id().equals(finding.rule())) {
        Coefficient computed = finding.coefficient();
        BigDecimal value = computed.coefficient();
        return new CountyFinding(
            rule.id(),
            finding.outcome(),
            Evidence.DECLARED,
            value == null ? null : value.doubleValue(),
            finding.limit(),
            "",
            computed.used().size(),
            computed.used().size() + computed.left().size(),
            computed.left().stream()
                .filter(left -> left.why().isMissing())
                .map(LeftOut::school)
                .toList());
      }
    }
    throw new IllegalStateException("BUG: no coefficient for the rule " + rule.id());
  }

  private static boolean reaches(long part, long whole, double percent) {
    BigDecimal asked = BigDecimal.valueOf(percent).multiply(BigDecimal.valueOf(whole));
    return BigDecimal.valueOf(part).movePointRight(2).compareTo(asked) >= 0;
  }

  /** Rounded down to hundredths, so that 59.99 % is never shown as 60. */
  private static @Nullable Double percent(long part, long whole) {
    return whole == 0
        ? null
        : BigDecimal.valueOf(part)
            .movePointRight(2)
            .divide(BigDecimal.valueOf(whole), 2, RoundingMode.DOWN)
            .doubleValue();
  }
}
