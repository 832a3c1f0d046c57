package org.rollcall.collector.accounts;

import org.jspecify.annotations.Nullable;

/**
 * An account that is to be made.
 *
 * @param region for a bureau or a technician, else null
 * @param school for a school, else null
 * @param mustChange whether its owner must choose another password before anything else
 */
public record NewAccount(
    String name,
    String password,
    Role role,
    @Nullable String region,
    @Nullable String school,
    boolean mustChange) {

  /** With a password that its owner chose. */
  public NewAccount(
      String name, String password, Role role, @Nullable String region, @Nullable String school) {
    this(name, password, role, region, school, false);
  }
}
