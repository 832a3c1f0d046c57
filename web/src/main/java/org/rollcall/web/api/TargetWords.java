package org.rollcall.web.api;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.profile.Rule;
import org.rollcall.collector.profile.Target;

/** What a rule asks, in words of both languages. */
final class TargetWords {
  /**
   * One thing that must hold.
   *
   * @param projectDefault whether its number is ours and not the policy's
   */
  record Condition(String code, String zh, String en, boolean projectDefault) {}

  private TargetWords() {}

  /** All that must hold; where nothing is configured, that. */
  static List<Condition> of(Rule rule) {
    List<Condition> conditions = new ArrayList<>();
    Target target = rule.target();
    boolean ours = rule.targetDefault();
    if (target == null) {
      conditions.add(condition("no-target", false));
    } else {
      String indicator = word(rule.indicator());
      if (target.medium() != null) {
        conditions.add(condition(word(target.medium()), ours));
      }
      number(conditions, "speed", target.mbps(), ours);
      if (target.network() != null) {
        conditions.add(condition(word(target.network()), ours));
      }
      number(conditions, "percent-" + indicator, target.percent(), ours);
      number(conditions, "least-" + indicator, target.atLeast(), ours);
      number(conditions, "most-" + indicator, target.atMost(), ours);
      if (target.yes() != null) {
        conditions.add(condition("yes-" + indicator, ours));
      }
    }
    number(conditions, "schools", rule.schoolsPercent(), false);
    return conditions;
  }

  private static void number(
      List<Condition> conditions, String code, @Nullable Double number, boolean ours) {
    if (number != null) {
      String plain = BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
      conditions.add(condition(code, ours, plain));
    }
  }

  private static Condition condition(String code, boolean ours, String... values) {
    return new Condition(
        code, Words.zh("condition." + code, values), Words.en("condition." + code, values), ours);
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
