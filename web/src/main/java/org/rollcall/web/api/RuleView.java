package org.rollcall.web.api;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.profile.Indicator;
import org.rollcall.collector.profile.Parameters.Parameter;
import org.rollcall.collector.profile.Profile;
import org.rollcall.collector.profile.Rule;
import org.rollcall.collector.profile.Rule.Origin;
import org.rollcall.collector.profile.Rule.Tightening;
import org.rollcall.collector.profile.Target;
import org.rollcall.collector.registry.School;

/** A rule as {@code /profiles} shows it; keys, units and ranges as in openapi.yaml. */
record RuleView(
    String id,
    String target,
    String targetTitle,
    String targetTitleEn,
    Rule.Level level,
    boolean headline,
    Indicator indicator,
    School.@Nullable Tier tier,
    String title,
    String titleEn,
    @Nullable String quote,
    String source,
    String sourceEn,
    String article,
    String articleEn,
    @Nullable Double threshold,
    String unit,
    boolean targetDefault,
    @Nullable Double schoolsPercent,
    List<Condition> conditions,
    List<Figure> defaults,
    @Nullable String note,
    @Nullable String noteEn,
    @Nullable Inherited inheritedFrom,
    @Nullable Tightened tightened) {

  /** What must hold. */
  record Condition(String code, String zh, String en, boolean projectDefault) {}

  /** A figure the rule is judged with beside its threshold. */
  record Figure(
      String key, String zh, String en, String value, String unit, boolean projectDefault) {}

  /** The profile that set the rule as it stands. */
  record Inherited(String profile, String version) {}

  /** What an inherited rule asked before, and why it asks more now. */
  record Tightened(
      String reason,
      String reasonEn,
      @Nullable Double threshold,
      @Nullable Double schoolsPercent,
      String article,
      String articleEn) {}

  private static final Map<String, String> UNITS =
      Map.ofEntries(
          Map.entry("windowDays", "d"),
          Map.entry("minSchoolDays", "d"),
          Map.entry("aliveSchoolDays", "d"),
          Map.entry("minAliveSchoolDays", "d"),
          Map.entry("declaredMaxAgeDays", "d"),
          Map.entry("minTransferSeconds", "s"),
          Map.entry("maxClockSkewSeconds", "s"),
          Map.entry("fullyPercent", "%"),
          Map.entry("basicallyPercent", "%"));

  /**
   * A rule of a profile.
   *
   * @param origin the profile that set the rule as it stands: where its article is
   */
  static RuleView of(Profile profile, Rule rule, Profile origin) {
    String target = Standing.target(rule.id());
    boolean headline = profile.headline().contains(rule);
    boolean pair =
        rule.indicator() == Indicator.SCHOOL_LINK || rule.indicator() == Indicator.CLASS_PLATFORM;
    boolean named = pair && Words.has("target." + target);
    Origin set = rule.origin();
    Tightening tightening = set.tightening();
    return new RuleView(
        rule.id(),
        target,
        named ? Words.zh("target." + target) : rule.title(),
        named ? Words.en("target." + target) : rule.titleEn(),
        rule.level(),
        headline,
        rule.indicator(),
        rule.tier(),
        rule.title(),
        rule.titleEn(),
        rule.quote(),
        origin.source(),
        origin.sourceEn(),
        rule.article(),
        rule.articleEn(),
        threshold(rule.target()),
        unit(rule),
        rule.targetDefault(),
        rule.schoolsPercent(),
        conditions(rule),
        figures(profile.parameters().named(), rule.indicator()),
        rule.note(),
        rule.noteEn(),
        set.profile().equals(profile.id()) ? null : new Inherited(set.profile(), set.version()),
        tightening == null ? null : tightened(tightening));
  }

  private static Tightened tightened(Tightening tightening) {
    Rule from = tightening.from();
    return new Tightened(
        tightening.reason(),
        tightening.reasonEn(),
        threshold(from.target()),
        from.schoolsPercent(),
        from.article(),
        from.articleEn());
  }

  /** The number it names, whichever it is; null where it names none. */
  private static @Nullable Double threshold(@Nullable Target target) {
    if (target == null) {
      return null;
    }
    if (target.mbps() != null) {
      return target.mbps();
    }
    if (target.percent() != null) {
      return target.percent();
    }
    return target.atLeast() != null ? target.atLeast() : target.atMost();
  }

  private static String unit(Rule rule) {
    Target target = rule.target();
    return switch (rule.indicator()) {
      case SCHOOL_LINK -> "Mbps";
      case CLASS_PLATFORM, LINE_AVAILABILITY, COMPUTER_ROOM, SERVICE -> "%";
      case STUDENTS_PER_COMPUTER -> "perComputer";
      case COMPUTERS_PER_100, MULTIMEDIA_ROOMS_PER_100 -> "per100";
      case SEATS_PER_PUPIL -> "seats";
      case MOBILE_ROOM_VISITS -> "days";
      case DECLARED -> target != null && target.percent() != null ? "%" : "";
      case PRIVATE_PATH, COEFFICIENT -> "";
    };
  }

  private static List<Condition> conditions(Rule rule) {
    List<Condition> conditions = new ArrayList<>();
    Target target = rule.target();
    if (target == null) {
      return conditions;
    }
    boolean ours = rule.targetDefault();
    if (target.medium() != null) {
      conditions.add(condition(word(target.medium()), ours));
    }
    Double mbps = target.mbps();
    if (mbps != null) {
      conditions.add(condition("speed", ours, plain(mbps)));
    }
    if (target.network() != null) {
      conditions.add(condition(word(target.network()), ours));
    }
    Double percent = target.percent();
    if (percent != null) {
      boolean classes = rule.indicator() == Indicator.CLASS_PLATFORM;
      conditions.add(condition(classes ? "classes" : "percent", ours, plain(percent)));
    }
    Double atLeast = target.atLeast();
    if (atLeast != null) {
      conditions.add(condition("at-least", ours, plain(atLeast)));
    }
    Double atMost = target.atMost();
    if (atMost != null) {
      conditions.add(condition("at-most", ours, plain(atMost)));
    }
    if (target.yes() != null) {
      conditions.add(condition("yes", ours));
    }
    Double schools = rule.schoolsPercent();
    if (schools != null) {
      conditions.add(condition("schools", false, plain(schools)));
    }
    return conditions;
  }

  private static List<Figure> figures(Map<String, Parameter> named, Indicator indicator) {
    List<String> names =
        switch (indicator) {
          case SCHOOL_LINK ->
              List.of(
                  "windowDays",
                  "throughputAllowance",
                  "minSamples",
                  "minSchoolDays",
                  "minTransferSeconds",
                  "maxUtilisation",
                  "maxClockSkewSeconds",
                  "minReachable");
          case CLASS_PLATFORM -> List.of("aliveSchoolDays", "minAliveSchoolDays");
          case LINE_AVAILABILITY, MOBILE_ROOM_VISITS -> List.of("windowDays");
          case COMPUTER_ROOM -> List.of("windowDays", "seatQuorum");
          case SERVICE -> List.of("windowDays", "minSamples", "minSchoolDays");
          case PRIVATE_PATH -> List.of("windowDays", "minSamples", "minSchoolDays", "minReachable");
          case STUDENTS_PER_COMPUTER,
              COMPUTERS_PER_100,
              SEATS_PER_PUPIL,
              MULTIMEDIA_ROOMS_PER_100,
              DECLARED ->
              List.of("declaredMaxAgeDays");
          case COEFFICIENT -> List.of();
        };
    List<Figure> figures = new ArrayList<>();
    for (String name : names) {
      Parameter parameter = named.get(name);
      if (parameter == null) {
        throw new IllegalStateException("BUG: there is no parameter " + name);
      }
      figures.add(figure(name, parameter));
    }
    return figures;
  }

  static Figure figure(String key, Parameter parameter) {
    return new Figure(
        key,
        Words.zh("figure." + key),
        Words.en("figure." + key),
        plain(parameter.value()),
        UNITS.getOrDefault(key, ""),
        parameter.projectDefault());
  }

  private static Condition condition(String code, boolean ours, String... values) {
    return new Condition(
        code, Words.zh("condition." + code, values), Words.en("condition." + code, values), ours);
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }
}
