package org.rollcall.collector.judge;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.declared.Amount;
import org.rollcall.collector.declared.DeclaredIndicator;
import org.rollcall.collector.declared.DeclaredIndicator.Of;
import org.rollcall.collector.declared.DeclaredValue;
import org.rollcall.collector.judge.Verdict.Evidence;
import org.rollcall.collector.judge.Verdict.Outcome;
import org.rollcall.collector.profile.Rule;
import org.rollcall.collector.profile.Rule.Level;
import org.rollcall.collector.profile.Target;

/**
 * What a school declares and nothing can measure: a yes, a count, so many of so many, a number.
 * Without a number in the rule a yes, one at least, or all of them are asked. Where a measurement
 * contradicts the declaration, the measurement wins, unless the county certified the value with a
 * file. Of a rule that is the county's alone a school merely counts towards it or not.
 */
final class DeclaredRule {
  private final JudgeInput input;
  private final Rule rule;
  private final DeclaredIndicator indicator;
  private final VerdictBuilder verdict;

  DeclaredRule(JudgeInput input, Rule rule) {
    this.input = input;
    this.rule = rule;
    DeclaredIndicator known = DeclaredIndicator.of(Asked.of(rule));
    if (known == null) {
      throw new IllegalStateException(
          "BUG: the rule " + rule.id() + " asks for " + rule.of() + ", which nobody can declare");
    }
    this.indicator = known;
    this.verdict = new VerdictBuilder(input, rule, input.windowBegins());
  }

  Verdict judge() {
    String zh = DeclaredFigure.title(indicator, true);
    String en = DeclaredFigure.title(indicator, false);
    if (indicator.of() == Of.REGION) {
      return verdict
          .outcome(Outcome.NOT_APPLICABLE)
          .because(ReasonCode.DECLARED_BY_REGION.with(zh, en))
          .build();
    }
    verdict.defaults("declaredMaxAgeDays");
    DeclaredFigure figure = DeclaredFigure.of(input, indicator);
    DeclaredValue value = figure.value();
    if (value == null) {
      verdict.outcome(Outcome.INSUFFICIENT_DATA).because(figure.remarks());
      return verdict.because(ReasonCode.DECLARED_ABSENT.with(zh, en)).build();
    }
    Asking asking = asking(value.amount());
    if (asking == null) {
      return verdict
          .outcome(Outcome.NOT_APPLICABLE)
          .evidence(figure.evidence())
          .because(ReasonCode.DECLARED_NOTHING_TO_COUNT.with(zh, en, value.asOf()))
          .because(figure.remarks())
          .build();
    }
    boolean counts = asking.holds();
    verdict
        .outcome(counts ? Outcome.MET : Outcome.NOT_MET)
        .evidence(figure.evidence())
        .value(asking.value())
        .threshold(asking.threshold())
        .unit(asking.unit())
        .samples(1);
    Reason doubt = counts ? DeclaredDoubt.of(input, indicator) : null;
    if (doubt != null) {
      doubted(doubt, figure);
    }
    verdict.because(code(counts).with(zh, en, value.amount().text(), value.asOf(), asking.text()));
    verdict.because(figure.remarks());
    if (!value.note().isBlank()) {
      verdict.because(ReasonCode.DECLARED_NOTE.with(value.note()));
    }
    return verdict.build();
  }

  private void doubted(Reason doubt, DeclaredFigure figure) {
    verdict.because(doubt);
    if (figure.evidence() == Evidence.CERTIFIED) {
      verdict.because(ReasonCode.CERTIFIED_AGAINST_MEASURED.with());
    } else {
      verdict
          .outcome(Outcome.NOT_MET)
          .evidence(Evidence.MEASURED)
          .disputed(true)
          .because(ReasonCode.MEASURED_WINS.with());
    }
  }

  private ReasonCode code(boolean counts) {
    if (rule.level() == Level.COUNTY) {
      return counts ? ReasonCode.RECORDED_COUNTS : ReasonCode.RECORDED_COUNTS_NOT;
    }
    return counts ? ReasonCode.DECLARED_HOLDS : ReasonCode.DECLARED_FAILS;
  }

  /**
   * A declared amount against what is asked.
   *
   * @param threshold null where a yes or a date is asked
   */
  private record Asking(
      boolean holds, @Nullable BigDecimal value, @Nullable BigDecimal threshold, String unit) {

    String text() {
      if (threshold == null) {
        return "ANY";
      }
      return "≥ " + Figures.text(threshold) + (unit.isEmpty() ? "" : " " + unit);
    }
  }

  /** Null for so many of none. */
  private @Nullable Asking asking(Amount amount) {
    Target target = rule.asked();
    Double atLeast = target.atLeast();
    Double percent = target.percent();
    if (amount instanceof Amount.YesNo answer) {
      return new Asking(answer.yes(), null, null, "");
    }
    if (amount instanceof Amount.Day) {
      return new Asking(true, null, null, "");
    }
    if (amount instanceof Amount.Pair pair) {
      if (pair.whole() == 0) {
        return null;
      }
      BigDecimal asked = BigDecimal.valueOf(percent == null ? 100 : percent);
      return new Asking(
          Figures.reaches(pair.part(), pair.whole(), asked),
          Figures.percent(pair.part(), pair.whole()),
          asked,
          "%");
    }
    BigDecimal found =
        amount instanceof Amount.Count count
            ? BigDecimal.valueOf(count.value())
            : ((Amount.Quantity) amount).value();
    BigDecimal asked = BigDecimal.valueOf(atLeast == null ? 1 : atLeast);
    return new Asking(found.compareTo(asked) >= 0, found, asked, "");
  }
}
