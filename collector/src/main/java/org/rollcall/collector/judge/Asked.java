package org.rollcall.collector.judge;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.profile.Rule;

/** What a rule asks, where the profile's check made sure that it does. */
final class Asked {
  private Asked() {}

  static BigDecimal percent(Rule rule) {
    return number(rule, rule.asked().percent());
  }

  static BigDecimal atLeast(Rule rule) {
    return number(rule, rule.asked().atLeast());
  }

  static BigDecimal atMost(Rule rule) {
    return number(rule, rule.asked().atMost());
  }

  private static BigDecimal number(Rule rule, @Nullable Double number) {
    if (number == null) {
      throw new IllegalStateException("BUG: the rule " + rule.id() + " names no number");
    }
    return BigDecimal.valueOf(number);
  }

  static String of(Rule rule) {
    String of = rule.of();
    if (of == null) {
      throw new IllegalStateException("BUG: the rule " + rule.id() + " does not say of what");
    }
    return of;
  }
}
