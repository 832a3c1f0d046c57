package org.rollcall.collector.judge;

import java.util.Map;
import java.util.TreeMap;

/**
 * One reason of a verdict: a stable code and what fills its sentence, which {@code ReasonText} says
 * in Chinese or English.
 *
 * @param code e.g. port-below-target
 * @param params numbers and names already formatted without units, in key order
 */
public record Reason(String code, Map<String, String> params) {
  public Reason {
    params = java.util.Collections.unmodifiableMap(new TreeMap<>(params));
  }
}
