package org.rollcall.collector.profile;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.declared.DeclaredIndicator;
import org.rollcall.collector.profile.Rule.Level;
import org.rollcall.collector.profile.Target.Field;
import org.rollcall.collector.registry.School.Stage;

/** Finds everything in the rules of a profile that cannot be meant, each with its place. */
final class RuleCheck {
  /** The platforms a SERVICE may be: 教研通, 教学通, 资源通, 综合应用服务平台. */
  private static final Set<String> SERVICES =
      Set.of("research", "teaching", "resources", "integrated");

  /** The figures whose evenness a COEFFICIENT may ask. */
  private static final Set<String> FIGURES =
      Set.of("multimedia-rooms-per-100", "computers-per-100");

  private final List<Rule> rules;
  private final Map<String, String> places;
  private final Findings findings;

  /**
   * @param places where each rule that is to be checked stands; the others are a parent's
   */
  RuleCheck(List<Rule> rules, Map<String, String> places, Findings findings) {
    this.rules = rules;
    this.places = places;
    this.findings = findings;
  }

  void check() {
    for (Rule rule : rules) {
      String at = places.get(rule.id());
      if (at != null) {
        one(at, rule);
      }
    }
    for (int i = 0; i < rules.size(); i++) {
      for (int j = 0; j < i; j++) {
        pair(rules.get(i), rules.get(j));
      }
    }
  }

  private void one(String at, Rule rule) {
    name(at + ".id", rule.id(), findings);
    blank(at + ".article", rule.article(), "say where the policy says it");
    blank(at + ".articleEn", rule.articleEn(), "say where the policy says it");
    blank(at + ".title", rule.title(), "say what it asks");
    blank(at + ".titleEn", rule.titleEn(), "say what it asks");
    level(at, rule);
    of(at + ".of", rule);
    target(at + ".target", rule);
    marks(at, rule);
    floor(at + ".floorOf", rule);
    Double percent = rule.schoolsPercent();
    if (percent != null) {
      number(at + ".schoolsPercent", Field.PERCENT, percent);
    }
    Integer least = rule.appliesTo().minStudents();
    if (least != null && least < 1) {
      findings.add(at + ".appliesTo.minStudents", least, "it is out of range", "use 1 or more");
    }
  }

  static void name(String path, String name, Findings findings) {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
      findings.add(path, name, "it is no name", "use up to 64 of A-Z, a-z, 0-9, '.', '_' and '-'");
    }
  }

  private void blank(String path, String text, String hint) {
    if (text.isBlank()) {
      findings.add(path, "(empty)", "it is empty", hint);
    }
  }

  private void level(String at, Rule rule) {
    if (!rule.indicator().judges(rule.level())) {
      boolean county = rule.level() == Level.COUNTY;
      findings.add(
          at + ".level",
          Target.text(rule.level()),
          county
              ? words(rule) + " is found for each school"
              : words(rule) + " is a figure of a county and of no school",
          county ? "remove it, and say schoolsPercent of its schools" : "write level: county");
    }
    List<Stage> stages = rule.appliesTo().stages();
    if (rule.indicator() == Indicator.COEFFICIENT
        && !stages.equals(List.of(Stage.PRIMARY))
        && !stages.equals(List.of(Stage.JUNIOR))) {
      findings.add(
          at + ".appliesTo.stages",
          stages.stream().map(Target::text).toList(),
          "a coefficient is found for primary and for junior schools apart",
          "write stages: [primary] or stages: [junior]; mixed schools enter with that part");
    }
  }

  private void of(String path, Rule rule) {
    String of = rule.of();
    if (!rule.indicator().needsOf()) {
      if (of != null) {
        findings.add(
            path, of, "the indicator " + words(rule) + " is asked of nothing else", "remove it");
      }
      return;
    }
    if (of == null) {
      findings.add(path, "(missing)", "it must be set", "say of what " + words(rule) + " is asked");
      return;
    }
    boolean known =
        switch (rule.indicator()) {
          case SERVICE -> SERVICES.contains(of);
          case COEFFICIENT -> FIGURES.contains(of);
          default -> DeclaredIndicator.of(of) != null;
        };
    if (!known) {
      findings.add(path, of, words(rule) + " knows nothing of that name", "use " + names(rule));
    } else if (rule.indicator() == Indicator.DECLARED
        && rule.level() == Level.SCHOOL
        && !ofSchools(of)) {
      findings.add(path, of, "a region declares it, and no school", "write level: county");
    }
  }

  private static boolean ofSchools(String id) {
    DeclaredIndicator declared = DeclaredIndicator.of(id);
    return declared != null && declared.of().allows(true);
  }

  private static String names(Rule rule) {
    return switch (rule.indicator()) {
      case SERVICE -> String.join(", ", SERVICES.stream().sorted().toList());
      case COEFFICIENT -> String.join(", ", FIGURES.stream().sorted().toList());
      default -> "an indicator that may be declared, e.g. standardised-school";
    };
  }

  private void target(String at, Rule rule) {
    Target target = rule.target();
    if (target == null) {
      return;
    }
    for (Field field : Field.values()) {
      Object value = target.get(field);
      String path = at + "." + field.word();
      if (value == null && rule.indicator().needs(field)) {
        findings.add(
            path, "(missing)", "it must be set", "the indicator " + words(rule) + " needs it");
      } else if (value != null && !rule.indicator().knows(field)) {
        findings.add(
            path,
            Target.text(value),
            "the indicator " + words(rule) + " knows no such number",
            "remove it");
      } else if (value instanceof Double number) {
        number(path, field, number);
      } else if (Boolean.FALSE.equals(value)) {
        findings.add(path, false, "it can only be true", "leave the target empty to ask nothing");
      }
    }
    String of = rule.of();
    if (rule.indicator() == Indicator.DECLARED && of != null) {
      declared(at, rule, target, DeclaredIndicator.of(of));
    }
  }

  /** A target of what is declared asks one thing, and one that its values can show. */
  private void declared(String at, Rule rule, Target target, @Nullable DeclaredIndicator of) {
    int asked =
        (target.yes() == null ? 0 : 1)
            + (target.percent() == null ? 0 : 1)
            + (target.atLeast() == null ? 0 : 1);
    if (asked != 1) {
      findings.add(at, target, "it asks " + asked + " things", "ask one: yes, percent or atLeast");
    } else if (of != null) {
      boolean fits =
          switch (of.kind()) {
            case YES_NO ->
                target.yes() != null || (target.atLeast() != null && rule.level() == Level.COUNTY);
            case PAIR -> target.percent() != null;
            case COUNT, NUMBER -> target.atLeast() != null;
            case DATE -> false;
          };
      if (!fits) {
        findings.add(
            at,
            target,
            of.id() + " is declared as " + Target.text(of.kind()) + ", which cannot show that",
            "yes-no: yes; pair: percent; count or number: atLeast");
      }
    }
  }

  private void number(String path, Field field, double number) {
    double most = field == Field.PERCENT ? 100 : 1_000_000;
    if (!(number > 0 && number <= most)) {
      findings.add(
          path, Target.text(number), "it is out of range", "more than 0, at most " + (long) most);
    }
  }

  private void marks(String at, Rule rule) {
    if (rule.targetDefault() && rule.target() == null) {
      findings.add(
          at + ".targetDefault", true, "there is no target", "remove it, or set the target");
    }
    if (rule.targetDefault() && (rule.note() == null || rule.noteEn() == null)) {
      findings.add(
          at + ".note",
          "(missing)",
          "the number is ours",
          "say in note and noteEn where it is from");
    }
  }

  private void floor(String path, Rule rule) {
    String of = rule.floorOf();
    if (of == null) {
      return;
    }
    Rule above = rules.stream().filter(r -> r.id().equals(of)).findFirst().orElse(null);
    if (above == null) {
      findings.add(path, of, "there is no such rule", "name a rule of this profile");
    } else if (!sameQuestion(rule, above) || !rule.appliesTo().equals(above.appliesTo())) {
      findings.add(path, of, "it asks something else", "a floor asks less of the same schools");
    } else if (!below(rule.target(), above.target())) {
      findings.add(path, of, "it asks no more than this rule", "a floor asks less");
    }
  }

  private static boolean below(@Nullable Target floor, @Nullable Target above) {
    if (floor == null || above == null) {
      return false;
    }
    Double low = floor.atLeast();
    Double high = above.atLeast();
    Double lowPercent = floor.percent();
    Double highPercent = above.percent();
    return (low != null && high != null && low < high)
        || (lowPercent != null && highPercent != null && lowPercent < highPercent);
  }

  private static boolean sameQuestion(Rule one, Rule other) {
    return one.indicator() == other.indicator()
        && Objects.equals(one.of(), other.of())
        && one.level() == other.level();
  }

  private void pair(Rule later, Rule earlier) {
    String at = places.getOrDefault(later.id(), places.get(earlier.id()));
    if (at == null
        || !sameQuestion(later, earlier)
        || !later.appliesTo().meets(earlier.appliesTo())
        || earlier.id().equals(later.floorOf())
        || later.id().equals(earlier.floorOf())) {
      return;
    }
    String both = later.id() + " and " + earlier.id();
    if (Objects.equals(later.target(), earlier.target())) {
      findings.add(at, both, "they ask the same of the same schools", "one rule is enough");
    } else {
      findings.add(
          at,
          both,
          "they contradict each other: of some schools one asks "
              + shown(later.target())
              + ", the other "
              + shown(earlier.target()),
          "let each speak of schools of its own");
    }
  }

  private static String shown(@Nullable Target target) {
    return target == null ? "nothing" : target.toString();
  }

  private static String words(Rule rule) {
    return Target.text(rule.indicator());
  }
}
