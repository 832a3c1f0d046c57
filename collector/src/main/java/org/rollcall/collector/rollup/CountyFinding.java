package org.rollcall.collector.rollup;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.judge.Verdict.Evidence;
import org.rollcall.collector.judge.Verdict.Outcome;

/**
 * What a rule that judges the region alone says of it.
 *
 * @param value what was found, in {@code unit}; null when nothing was
 * @param threshold what is asked, in {@code unit}; null where there is no number, or none is set
 * @param unit {@code %}, {@code schools}, or empty
 * @param part what counts: schools, or n of a pooled n/N
 * @param whole of how many: schools in scope, or N; 0 when the region declares it itself
 * @param missing schools in scope of which it is not known
 */
public record CountyFinding(
    String rule,
    Outcome outcome,
    Evidence evidence,
    @Nullable Double value,
    @Nullable Double threshold,
    String unit,
    long part,
    long whole,
    List<String> missing) {

  public CountyFinding {
    missing = List.copyOf(missing);
  }
}
