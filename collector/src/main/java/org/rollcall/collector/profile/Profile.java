package org.rollcall.collector.profile;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.rollcall.config.SettingsException;

/**
 * Targets as data, with everything inherited put in. What the policy says and what this project had
 * to decide are told apart: a {@link Parameters.Parameter} marked {@code projectDefault}, or a rule
 * marked {@code targetDefault}, is ours and is printed so.
 *
 * @param id short and stable, e.g. GD-2010-18; the file's name without its ending
 * @param version changes whenever anything in the file changes
 * @param parents the profiles it stands on, nearest first
 * @param base holds parameters alone for others to inherit; nobody is judged by it
 * @param issued when the policy was issued; null when that is not known
 * @param rules those of the parents first, in their order
 * @param plan the schedule it is followed by; null when there is none
 */
public record Profile(
    String id,
    String version,
    List<Parent> parents,
    boolean base,
    String title,
    String titleEn,
    @Nullable LocalDate issued,
    String source,
    String sourceEn,
    List<Rule> rules,
    Parameters parameters,
    @Nullable Plan plan) {

  /** A profile this one stands on. */
  public record Parent(String id, String version) {}

  public Profile {
    parents = List.copyOf(parents);
    rules = List.copyOf(rules);
  }

  /**
   * Reads a profile and those it inherits, which lie beside it.
   *
   * @throws SettingsException naming everything that is wrong with it
   */
  public static Profile read(Path yaml) throws SettingsException {
    return ProfileFolder.readOne(yaml);
  }

  /** The rule with this id. */
  public @Nullable Rule rule(String ruleId) {
    return rules.stream().filter(r -> r.id().equals(ruleId)).findFirst().orElse(null);
  }

  /**
   * The targets that a school's mark on the map stands for: its line and its classes (校校通, 班班通), or
   * every target of schools where the profile has neither.
   */
  public List<Rule> headline() {
    List<Rule> ofSchools = rules.stream().filter(r -> r.level() == Rule.Level.SCHOOL).toList();
    List<Rule> headline =
        ofSchools.stream()
            .filter(
                r ->
                    r.indicator() == Indicator.SCHOOL_LINK
                        || r.indicator() == Indicator.CLASS_PLATFORM)
            .toList();
    return headline.isEmpty() ? ofSchools : headline;
  }

  /** Its id and version and its parents': {@code GD-LONGGANG-2011 1 < GD-2010-18 1}. */
  public String versions() {
    return id
        + " "
        + version
        + parents.stream()
            .map(p -> " < " + p.id() + " " + p.version())
            .collect(Collectors.joining());
  }
}
