package org.rollcall.collector.profile;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.config.Problem;
import org.rollcall.config.SettingsException;
import org.rollcall.config.SettingsReader;

/**
 * Targets as data, as they stand in {@code config/targets/*.yaml}. What the policy says and what
 * this project had to decide are told apart: a {@link Parameters.Parameter} marked {@code
 * projectDefault} is ours and is printed so.
 *
 * @param id short and stable, e.g. GD-2010-18
 * @param version changes whenever anything in the file changes
 * @param issued when the policy was issued
 */
public record Profile(
    String id,
    String version,
    String title,
    String titleEn,
    LocalDate issued,
    String source,
    String sourceEn,
    List<Rule> rules,
    Parameters parameters) {

  public Profile {
    rules = List.copyOf(rules);
  }

  /**
   * Reads a profile.
   *
   * @throws SettingsException naming everything that is wrong with it
   */
  public static Profile read(Path yaml) throws SettingsException {
    Profile profile = SettingsReader.read(yaml, Profile.class);
    List<Problem> problems = ProfileCheck.problems(profile);
    if (!problems.isEmpty()) {
      throw new SettingsException(yaml.toString(), problems);
    }
    return profile;
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
}
