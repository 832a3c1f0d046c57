package org.rollcall.web.api;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.rollcall.collector.judge.Verdict;
import org.rollcall.collector.registry.Region;
import org.rollcall.collector.registry.Register;
import org.rollcall.collector.registry.School;

/**
 * How many schools of each region are disputed under each headline rule and each target. Disputes
 * are rare, so each is counted for its region and every one above. Immutable; any thread.
 */
final class Disputes {
  private final Map<String, Map<String, Integer>> byRegion;

  private Disputes(Map<String, Map<String, Integer>> byRegion) {
    this.byRegion = byRegion;
  }

  static Disputes of(View view) {
    Register register = view.part();
    Map<String, Map<String, Integer>> byRegion = new HashMap<>();
    for (School school : register.schools()) {
      Set<String> names = new LinkedHashSet<>();
      for (Verdict verdict : view.standing(school).verdicts()) {
        if (verdict.disputed()) {
          names.add(verdict.rule());
          names.add(Standing.target(verdict.rule()));
        }
      }
      if (!names.isEmpty()) {
        for (Region region : register.breadcrumb(school.region())) {
          Map<String, Integer> own =
              byRegion.computeIfAbsent(region.code(), code -> new HashMap<>());
          names.forEach(name -> own.merge(name, 1, Integer::sum));
        }
      }
    }
    return new Disputes(byRegion);
  }

  /** Schools of the region, and below it, that are disputed under a headline rule or a target. */
  int count(String region, String ruleOrTarget) {
    return byRegion.getOrDefault(region, Map.of()).getOrDefault(ruleOrTarget, 0);
  }
}
