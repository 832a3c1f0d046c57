package org.rollcall.collector.judge;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.registry.School;
import org.rollcall.config.Problem;
import org.rollcall.config.SettingsException;
import org.rollcall.config.SettingsReader;

/**
 * Targets as data, as they stand in {@code config/targets/*.yaml}. What the policy says and what
 * this project had to decide are told apart: a {@link Parameter} marked {@code projectDefault} is
 * ours and is printed so.
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

  /** What a rule asks about. */
  public enum Indicator {
    /** The school's line: speed, medium and the network it reaches (校校通). */
    SCHOOL_LINK,
    /** Share of classes with a multimedia platform in them (班班通). */
    CLASS_PLATFORM
  }

  /** The network a line must reach. */
  public enum Network {
    PROVINCIAL_EDU,
    INTERNET
  }

  /**
   * One target of the policy.
   *
   * @param id unique in the profile, e.g. XXT-A
   * @param tier the schools it speaks of
   * @param article where the policy says it
   * @param quote the policy's words
   */
  public record Rule(
      String id,
      Indicator indicator,
      School.Tier tier,
      String title,
      String titleEn,
      String article,
      String articleEn,
      String quote,
      Target target) {}

  /**
   * The numbers of a target; which of them are meant depends on the indicator.
   *
   * @param mbps at least so many 10^6 bit/s
   * @param medium the medium it must be; null when any will do
   * @param percent at least so many of a hundred
   */
  public record Target(
      @Nullable Double mbps,
      School.@Nullable Medium medium,
      @Nullable Network network,
      @Nullable Integer percent) {}

  /**
   * A number the judge needs beside the target.
   *
   * @param projectDefault whether it is ours and not the policy's
   */
  public record Parameter(double value, boolean projectDefault, @Nullable String note) {
    int whole() {
      return (int) value;
    }

    /** The number as it is written, not its nearest binary fraction: 0.95 is 0.95. */
    public BigDecimal exact() {
      return BigDecimal.valueOf(value);
    }
  }

  /**
   * Everything beside the targets.
   *
   * @param windowDays days a school-link verdict looks back, its own included
   * @param throughputAllowance share of the target that a test must show
   * @param minSamples tests, rates or probes a finding needs
   * @param minSchoolDays distinct school days they must lie on
   * @param minTransferSeconds a shorter line test is not valid
   * @param maxUtilisation a line test is valid below this use of the line by others, 0 to 1
   * @param minReachable share of probes in lessons that must succeed, 0 to 1
   * @param aliveSchoolDays a terminal counts when seen on within so many school days
   * @param minAliveSchoolDays school days of data before a class may be called missing
   * @param fullyPercent share of schools that means fully achieved
   * @param basicallyPercent share of schools that means basically achieved
   */
  public record Parameters(
      Parameter windowDays,
      Parameter throughputAllowance,
      Parameter minSamples,
      Parameter minSchoolDays,
      Parameter minTransferSeconds,
      Parameter maxUtilisation,
      Parameter minReachable,
      Parameter aliveSchoolDays,
      Parameter minAliveSchoolDays,
      Parameter fullyPercent,
      Parameter basicallyPercent) {}
}
