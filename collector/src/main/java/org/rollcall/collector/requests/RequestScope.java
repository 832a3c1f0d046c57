package org.rollcall.collector.requests;

import org.jspecify.annotations.Nullable;
import org.rollcall.collector.accounts.Viewer;

/**
 * Whose requests are asked for. The query itself keeps to it.
 *
 * @param region of this region and below; empty for every region
 * @param school of this school and its campuses; empty for every school
 */
public record RequestScope(String region, String school) {

  /**
   * What an account sees.
   *
   * @param region narrower than the account's own, and inside it; null for all of it
   * @throws IllegalArgumentException for the public, which sees none
   */
  public static RequestScope of(Viewer viewer, @Nullable String region) {
    return switch (viewer.role()) {
      case PUBLIC -> throw new IllegalArgumentException("The public sees no requests.");
      case SCHOOL -> new RequestScope("", known(viewer.schoolCode()));
      case ADMINISTRATOR -> new RequestScope(region == null ? "" : region, "");
      case BUREAU, TECHNICIAN ->
          new RequestScope(region == null ? known(viewer.regionCode()) : region, "");
    };
  }

  private static String known(@Nullable String code) {
    if (code == null || code.isEmpty()) {
      throw new IllegalArgumentException("An account without a scope sees no requests.");
    }
    return code;
  }
}
