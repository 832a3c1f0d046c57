package org.rollcall.web.api;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.profile.Indicator;
import org.rollcall.collector.profile.Parameters;
import org.rollcall.collector.profile.Parameters.Parameter;
import org.rollcall.collector.profile.Profile;
import org.rollcall.collector.profile.Rule;
import org.rollcall.collector.profile.Target;

/**
 * {@code GET /api/v1/profiles}: the targets, with what of their figures is the policy's and what is
 * ours.
 */
final class ProfilesCall implements Call {
  private final District district;

  ProfilesCall(District district) {
    this.district = district;
  }

  private record Condition(String code, String zh, String en, boolean projectDefault) {}

  private record Figure(
      String key, String zh, String en, String value, String unit, boolean projectDefault) {}

  @Override
  public Object answer(Request request) {
    Profile profile = district.profile();
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("id", profile.id());
    answer.put("title", profile.title());
    answer.put("titleEn", profile.titleEn());
    answer.put("version", profile.version());
    answer.put("issued", profile.issued());
    answer.put("active", true);
    answer.put("rules", profile.rules().stream().map(rule -> rule(profile, rule)).toList());
    Parameters p = profile.parameters();
    answer.put(
        "defaults",
        List.of(
            figure("fullyPercent", p.fullyPercent(), "%"),
            figure("basicallyPercent", p.basicallyPercent(), "%")));
    return List.of(answer);
  }

  private static Map<String, @Nullable Object> rule(Profile profile, Rule rule) {
    String target = Standing.target(rule.id());
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("id", rule.id());
    answer.put("target", target);
    answer.put("targetTitle", Words.zh("target." + target));
    answer.put("targetTitleEn", Words.en("target." + target));
    answer.put("tier", rule.tier());
    answer.put("title", rule.title());
    answer.put("titleEn", rule.titleEn());
    answer.put("quote", rule.quote());
    answer.put("source", profile.source());
    answer.put("article", rule.article());
    boolean line = rule.indicator() == Indicator.SCHOOL_LINK;
    answer.put("threshold", threshold(rule, line));
    answer.put("unit", line ? "Mbps" : "%");
    answer.put("conditions", conditions(rule));
    answer.put("defaults", figures(profile.parameters(), line));
    return answer;
  }

  private static @Nullable Double threshold(Rule rule, boolean line) {
    Target target = rule.target();
    if (target == null) {
      return null;
    }
    if (line) {
      return target.mbps();
    }
    return target.percent();
  }

  private static List<Condition> conditions(Rule rule) {
    List<Condition> conditions = new ArrayList<>();
    Target target = rule.target();
    if (target == null) {
      return conditions;
    }
    if (target.medium() != null) {
      conditions.add(condition(word(target.medium())));
    }
    Double mbps = target.mbps();
    if (mbps != null) {
      conditions.add(condition("speed", plain(mbps)));
    }
    if (target.network() != null) {
      conditions.add(condition(word(target.network())));
    }
    Double percent = target.percent();
    if (percent != null) {
      conditions.add(condition("percent", plain(percent)));
    }
    return conditions;
  }

  private static List<Figure> figures(Parameters p, boolean line) {
    if (!line) {
      return List.of(
          figure("aliveSchoolDays", p.aliveSchoolDays(), "d"),
          figure("minAliveSchoolDays", p.minAliveSchoolDays(), "d"));
    }
    return List.of(
        figure("windowDays", p.windowDays(), "d"),
        figure("throughputAllowance", p.throughputAllowance(), ""),
        figure("minSamples", p.minSamples(), ""),
        figure("minSchoolDays", p.minSchoolDays(), "d"),
        figure("minTransferSeconds", p.minTransferSeconds(), "s"),
        figure("maxUtilisation", p.maxUtilisation(), ""),
        figure("minReachable", p.minReachable(), ""));
  }

  private static Condition condition(String code, String... values) {
    return new Condition(
        code, Words.zh("condition." + code, values), Words.en("condition." + code, values), false);
  }

  private static Figure figure(String key, Parameter parameter, String unit) {
    return new Figure(
        key,
        Words.zh("figure." + key),
        Words.en("figure." + key),
        plain(parameter.value()),
        unit,
        parameter.projectDefault());
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }
}
