package org.rollcall.web.api;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.profile.Indicator;
import org.rollcall.collector.profile.Parameters.Parameter;
import org.rollcall.collector.profile.Plan;
import org.rollcall.collector.profile.Profile;
import org.rollcall.collector.profile.Rule;
import org.rollcall.collector.profile.Rule.AppliesTo;
import org.rollcall.collector.profile.Rule.Tightening;
import org.rollcall.collector.profile.Target;

/**
 * {@code GET /api/v1/profiles}: the targets of every profile in force, where each stands, what it
 * made of an inherited one, and which figures are the policy's and which ours.
 */
final class ProfilesCall implements Call {
  private final District district;

  ProfilesCall(District district) {
    this.district = district;
  }

  private record Figure(
      String key, String zh, String en, String value, String unit, boolean projectDefault) {}

  @Override
  public Object answer(Request request) {
    return district.profiles().stream().map(this::profile).toList();
  }

  private Map<String, @Nullable Object> profile(Profile profile) {
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("id", profile.id());
    answer.put("title", profile.title());
    answer.put("titleEn", profile.titleEn());
    answer.put("version", profile.version());
    answer.put("issued", profile.issued() == null ? null : profile.issued().toString());
    answer.put("source", profile.source());
    answer.put("sourceEn", profile.sourceEn());
    answer.put("inherits", profile.parents());
    answer.put("active", profile.id().equals(district.profile().id()));
    answer.put("rules", profile.rules().stream().map(rule -> rule(profile, rule)).toList());
    answer.put("defaults", figures(profile, List.of("fullyPercent", "basicallyPercent")));
    answer.put("plan", profile.plan() == null ? null : plan(profile.plan()));
    return answer;
  }

  private static Map<String, Object> plan(Plan plan) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("source", plan.source());
    answer.put("sourceEn", plan.sourceEn());
    answer.put("projectDefault", plan.projectDefault());
    answer.put(
        "points",
        plan.points().stream()
            .map(point -> Map.of("by", point.by().toString(), "percent", point.percent()))
            .toList());
    return answer;
  }

  private Map<String, @Nullable Object> rule(Profile profile, Rule rule) {
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("id", rule.id());
    answer.put("indicator", word(rule.indicator()));
    answer.put("of", rule.of());
    answer.put("level", word(rule.level()));
    answer.put("target", Standing.target(rule.id()));
    answer.put("targetTitle", before(rule.title(), "("));
    answer.put("targetTitleEn", before(rule.titleEn(), " ("));
    answer.put("tier", rule.tier());
    answer.put("appliesTo", appliesTo(rule.appliesTo()));
    answer.put("title", rule.title());
    answer.put("titleEn", rule.titleEn());
    answer.put("quote", rule.quote());
    answer.put("source", source(profile, rule));
    answer.put("article", rule.article());
    answer.put("articleEn", rule.articleEn());
    answer.put("threshold", threshold(rule.target()));
    answer.put("unit", unit(rule.target()));
    answer.put("targetDefault", rule.targetDefault());
    answer.put("schoolsPercent", rule.schoolsPercent());
    answer.put("floorOf", rule.floorOf());
    answer.put("note", rule.note());
    answer.put("noteEn", rule.noteEn());
    answer.put("origin", origin(rule));
    answer.put("conditions", TargetWords.of(rule));
    answer.put("defaults", figures(profile, parameters(rule.indicator())));
    return answer;
  }

  /** What a rule is about, without the schools it is for: the words before a bracket. */
  private static String before(String title, String bracket) {
    int at = title.indexOf(bracket);
    return at <= 0 ? title : title.substring(0, at);
  }

  private static Map<String, @Nullable Object> appliesTo(AppliesTo schools) {
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("tiers", schools.tiers());
    answer.put("stages", schools.stages());
    answer.put("ownerships", schools.ownerships());
    answer.put("settings", schools.settings());
    answer.put("minStudents", schools.minStudents());
    return answer;
  }

  /** The document in which the rule stands: its own profile's, or that of the one it is from. */
  private String source(Profile profile, Rule rule) {
    String from = rule.origin().profile();
    if (from.equals(profile.id())) {
      return profile.source();
    }
    return district.profiles().stream()
        .filter(other -> other.id().equals(from))
        .map(Profile::source)
        .findFirst()
        .orElse(from);
  }

  private static Map<String, @Nullable Object> origin(Rule rule) {
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("profile", rule.origin().profile());
    answer.put("version", rule.origin().version());
    Tightening tightening = rule.origin().tightening();
    if (tightening == null) {
      answer.put("tightens", null);
      return answer;
    }
    Map<String, @Nullable Object> from = new LinkedHashMap<>();
    from.put("profile", tightening.from().origin().profile());
    from.put("article", tightening.from().article());
    from.put("articleEn", tightening.from().articleEn());
    from.put("conditions", TargetWords.of(tightening.from()));
    from.put("reason", tightening.reason());
    from.put("reasonEn", tightening.reasonEn());
    answer.put("tightens", from);
    return answer;
  }

  private static @Nullable Double threshold(@Nullable Target target) {
    if (target == null) {
      return null;
    }
    for (Double number :
        new @Nullable Double[] {
          target.mbps(), target.percent(), target.atLeast(), target.atMost()
        }) {
      if (number != null) {
        return number;
      }
    }
    return null;
  }

  private static String unit(@Nullable Target target) {
    if (target == null) {
      return "";
    }
    return target.mbps() != null ? "Mbps" : target.percent() != null ? "%" : "";
  }

  private static List<String> parameters(Indicator indicator) {
    return switch (indicator) {
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
      case COMPUTER_ROOM -> List.of("windowDays", "minSchoolDays", "seatQuorum");
      case SERVICE -> List.of("windowDays", "minSamples", "minSchoolDays");
      case PRIVATE_PATH -> List.of("windowDays", "minSamples", "minSchoolDays", "minReachable");
      case LINE_AVAILABILITY, MOBILE_ROOM_VISITS -> List.of("windowDays", "minSchoolDays");
      case DECLARED,
          STUDENTS_PER_COMPUTER,
          COMPUTERS_PER_100,
          SEATS_PER_PUPIL,
          MULTIMEDIA_ROOMS_PER_100,
          COEFFICIENT ->
          List.of("declaredMaxAgeDays");
    };
  }

  private static List<Figure> figures(Profile profile, List<String> names) {
    Map<String, Parameter> parameters = profile.parameters().named();
    return names.stream()
        .filter(parameters::containsKey)
        .map(
            name -> {
              Parameter parameter = parameters.get(name);
              if (parameter == null) {
                throw new IllegalStateException("BUG: there is no parameter " + name);
              }
              return new Figure(
                  name,
                  Words.zh("figure." + name),
                  Words.en("figure." + name),
                  plain(parameter.value()),
                  unit(name),
                  parameter.projectDefault());
            })
        .toList();
  }

  private static String unit(String parameter) {
    if (parameter.endsWith("Days")) {
      return "d";
    }
    if (parameter.endsWith("Seconds")) {
      return "s";
    }
    return parameter.endsWith("Percent") ? "%" : "";
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }
}
