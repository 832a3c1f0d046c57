package org.rollcall.collector.registry;

import org.jspecify.annotations.Nullable;

/**
 * An administrative division.
 *
 * @param code GB/T 2260 and GB/T 10114: 6 digits for province, city and county, 9 for a township
 * @param parent code of the region it lies in; null for the root
 */
public record Region(
    String code, String name, String nameEn, Level level, @Nullable String parent) {

  public enum Level {
    PROVINCE,
    CITY,
    COUNTY,
    TOWNSHIP
  }
}
