package org.rollcall.collector.profile;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.rollcall.collector.profile.Parameters.Parameter;
import org.rollcall.collector.profile.Target.Field;
import org.rollcall.config.Problem;

/** Finds everything in a profile that cannot be meant, each with its place. */
final class ProfileCheck {
  private final Profile profile;
  private final List<Problem> problems = new ArrayList<>();

  private ProfileCheck(Profile profile) {
    this.profile = profile;
  }

  static List<Problem> problems(Profile profile) {
    ProfileCheck check = new ProfileCheck(profile);
    check.head();
    check.rules();
    check.parameters();
    return check.problems;
  }

  private void head() {
    name("id", profile.id());
    if (profile.version().isBlank()) {
      problem("version", profile.version(), "it is empty", "verdicts name it; e.g. \"1\"");
    }
    if (profile.rules().isEmpty()) {
      problem("rules", "[]", "there is no rule", "give at least one");
    }
  }

  private void name(String path, String name) {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
      problem(path, name, "it is no name", "use up to 64 of A-Z, a-z, 0-9, '.', '_' and '-'");
    }
  }

  private void rules() {
    Set<String> ids = new HashSet<>();
    Set<String> meant = new HashSet<>();
    for (int i = 0; i < profile.rules().size(); i++) {
      Rule rule = profile.rules().get(i);
      String at = "rules[" + i + "]";
      name(at + ".id", rule.id());
      if (!ids.add(rule.id())) {
        problem(at + ".id", rule.id(), "another rule has this id", "give each rule its own");
      }
      if (!meant.add(rule.indicator() + " " + rule.of() + " " + rule.appliesTo())) {
        problem(
            at,
            rule.id(),
            "another rule asks the same of the same schools",
            "one target for each, so that they cannot contradict each other");
      }
      if (rule.article().isBlank()) {
        problem(at + ".article", rule.article(), "it is empty", "say where the policy says it");
      }
      of(at + ".of", rule);
      target(at + ".target", rule);
      Double percent = rule.schoolsPercent();
      if (percent != null) {
        number(at + ".schoolsPercent", Field.PERCENT, percent);
      }
    }
  }

  private void of(String path, Rule rule) {
    String of = rule.of();
    if (rule.indicator().needsOf() && of == null) {
      problem(path, "(missing)", "it must be set", "say of what " + words(rule) + " is asked");
    } else if (!rule.indicator().needsOf() && of != null) {
      problem(path, of, "the indicator " + words(rule) + " is asked of nothing else", "remove it");
    }
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
        problem(path, "(missing)", "it must be set", "the indicator " + words(rule) + " needs it");
      } else if (value != null && !rule.indicator().knows(field)) {
        problem(path, value, "the indicator " + words(rule) + " knows no such number", "remove it");
      } else if (value instanceof Double number) {
        number(path, field, number);
      }
    }
  }

  private void number(String path, Field field, double number) {
    double most = field == Field.PERCENT ? 100 : 1_000_000;
    if (!(number > 0 && number <= most)) {
      problem(path, number, "it is out of range", "more than 0, at most " + (long) most);
    }
  }

  private static String words(Rule rule) {
    return rule.indicator().name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private void parameters() {
    Parameters p = profile.parameters();
    whole("windowDays", p.windowDays(), 1, 366);
    share("throughputAllowance", p.throughputAllowance());
    whole("minSamples", p.minSamples(), 1, 20);
    whole("minSchoolDays", p.minSchoolDays(), 1, 100);
    range("minTransferSeconds", p.minTransferSeconds(), 0, 3600);
    share("maxUtilisation", p.maxUtilisation());
    range("maxClockSkewSeconds", p.maxClockSkewSeconds(), 0, 3600);
    share("minReachable", p.minReachable());
    whole("aliveSchoolDays", p.aliveSchoolDays(), 1, 100);
    whole("minAliveSchoolDays", p.minAliveSchoolDays(), 1, 100);
    share("seatQuorum", p.seatQuorum());
    whole("declaredMaxAgeDays", p.declaredMaxAgeDays(), 1, 3660);
    range("fullyPercent", p.fullyPercent(), 1, 100);
    range("basicallyPercent", p.basicallyPercent(), 1, 100);
    if (p.basicallyPercent().value() > p.fullyPercent().value()) {
      problem(
          "parameters.basicallyPercent",
          p.basicallyPercent().value(),
          "it is above fullyPercent",
          "basically achieved asks less than fully achieved");
    }
    if (p.minAliveSchoolDays().value() > p.aliveSchoolDays().value()) {
      problem(
          "parameters.minAliveSchoolDays",
          p.minAliveSchoolDays().value(),
          "it is above aliveSchoolDays, so no class could ever be judged",
          "use at most " + p.aliveSchoolDays().whole());
    }
  }

  private void whole(String name, Parameter parameter, int min, int max) {
    if (parameter.value() != Math.rint(parameter.value())) {
      problem("parameters." + name, parameter.value(), "it is no whole number", "e.g. " + min);
    }
    range(name, parameter, min, max);
  }

  private void share(String name, Parameter parameter) {
    if (!(parameter.value() > 0)) {
      problem("parameters." + name, parameter.value(), "it is not above 0", "e.g. 0.9");
    }
    range(name, parameter, 0, 1);
  }

  private void range(String name, Parameter parameter, int min, int max) {
    if (!(parameter.value() >= min && parameter.value() <= max)) {
      problem(
          "parameters." + name,
          parameter.value(),
          "it is out of range",
          "use " + min + " to " + max);
    }
  }

  private void problem(String path, Object value, String reason, String hint) {
    problems.add(new Problem(path, value.toString(), reason, hint));
  }
}
