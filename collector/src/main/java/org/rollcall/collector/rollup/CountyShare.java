package org.rollcall.collector.rollup;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.rollup.RegionSummary.Conclusion;

/**
 * How many counties achieved a target: the official figure of a city and a province beside their
 * pooled schools (formulas 5.3, last lines). The letter's unit is the county (信18号·一「以县(市、区)为单位」).
 *
 * @param counties codes by what each county reached, in ascending order; conclusions no county
 *     reached are absent
 */
public record CountyShare(Map<Conclusion, List<String>> counties) {

  public CountyShare {
    Map<Conclusion, List<String>> copy = new EnumMap<>(Conclusion.class);
    counties.forEach((conclusion, codes) -> copy.put(conclusion, codes.stream().sorted().toList()));
    counties = Collections.unmodifiableMap(copy);
  }

  static CountyShare of(Map<String, Conclusion> byCounty) {
    Map<Conclusion, List<String>> counties = new EnumMap<>(Conclusion.class);
    new TreeMap<>(byCounty)
        .forEach(
            (code, conclusion) ->
                counties.computeIfAbsent(conclusion, c -> new ArrayList<>()).add(code));
    return new CountyShare(counties);
  }

  /** Counties that fully or basically achieved it. */
  public int achieved() {
    return count(Conclusion.FULLY) + count(Conclusion.BASICALLY);
  }

  /** Counties that have a school in scope. */
  public int inScope() {
    return achieved() + count(Conclusion.NOT_ACHIEVED) + count(Conclusion.UNDECIDED);
  }

  /** achieved / inScope, 0 to 1; null when no county is in scope. */
  public @Nullable Double rateLow() {
    return inScope() == 0 ? null : (double) achieved() / inScope();
  }

  /** (achieved + undecided) / inScope, 0 to 1; null when no county is in scope. */
  public @Nullable Double rateHigh() {
    int most = achieved() + count(Conclusion.UNDECIDED);
    return inScope() == 0 ? null : (double) most / inScope();
  }

  private int count(Conclusion conclusion) {
    return counties.getOrDefault(conclusion, List.of()).size();
  }
}
