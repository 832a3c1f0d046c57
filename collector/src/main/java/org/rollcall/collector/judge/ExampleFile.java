package org.rollcall.collector.judge;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.judge.Verdict.Outcome;
import org.rollcall.collector.registry.School.Medium;
import org.rollcall.collector.registry.School.Ownership;
import org.rollcall.collector.registry.School.Setting;
import org.rollcall.collector.registry.School.Stage;
import org.rollcall.collector.registry.School.Tier;
import org.rollcall.config.Default;
import org.rollcall.config.Range;

/** The example cases of a profile as they stand in {@code ID.examples.yaml}. */
record ExampleFile(List<ExampleCase> cases) {

  /**
   * What a school is and showed, and what it must be told. What is left out was not seen.
   *
   * @param reach share of probes in lessons that succeeded, in percent, whole, of a hundred probes
   *     on five school days, by the anchor's name: edu, internet, district
   * @param service the same of platforms: research, teaching, resources, integrated
   * @param path how the school enters the provincial network
   * @param classes number of classes, each with a terminal of its own
   * @param platforms how many of them are declared to have a platform
   * @param seen how many of their terminals were seen on, on ten school days; null: not looked at
   * @param declared values by the id of what is declared: yes, 12, 45/50; ending in 核定 where the
   *     bureau certified it
   * @param expect outcome by rule
   * @param because a reason's code that the verdict must hold, by rule
   */
  record ExampleCase(
      String name,
      ExampleSchool school,
      @Nullable LineTests tests,
      @Nullable Double portMbps,
      Map<String, Integer> reach,
      Map<String, Integer> service,
      @Nullable EduPath path,
      @Default("0") @Range(min = "0", max = "200") int classes,
      @Default("0") @Range(min = "0", max = "200") int platforms,
      @Nullable Integer seen,
      Map<String, String> declared,
      Map<String, Outcome> expect,
      Map<String, String> because) {}

  /**
   * The school's entry in the register.
   *
   * @param rooms networked multimedia classrooms
   * @param computers computers for teaching
   */
  record ExampleSchool(
      @Default("a") Tier tier,
      @Default("primary") Stage stage,
      @Default("public") Ownership ownership,
      @Default("town") Setting setting,
      @Default("900") int students,
      @Nullable Medium medium,
      @Nullable Double contractMbps,
      @Nullable Boolean eduNetwork,
      @Nullable Integer rooms,
      @Nullable Integer computers,
      @Nullable Integer largestClass) {}

  /** Line tests, all alike. */
  record LineTests(
      @Default("4") @Range(min = "1", max = "20") int perDay,
      @Default("5") @Range(min = "1", max = "20") int days,
      double mbps,
      @Default("10") double seconds,
      @Nullable Double utilisation,
      @Nullable Double clockSkewSeconds) {}

  /** The way into the provincial network. */
  record EduPath(@Default("true") boolean viaDistrict, @Default("false") boolean vpn) {}
}
