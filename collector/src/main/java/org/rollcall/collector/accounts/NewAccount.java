package org.rollcall.collector.accounts;

import org.jspecify.annotations.Nullable;

/**
 * An account that is to be made.
 *
 * @param password null for one that is entered by its identity alone
 * @param region for a bureau or a technician, else null
 * @param school for a school, else null
 * @param mustChange whether its owner must choose another password before anything else
 * @param identity by what name a provider knows its owner, or null
 */
public record NewAccount(
    String name,
    @Nullable String password,
    Role role,
    @Nullable String region,
    @Nullable String school,
    boolean mustChange,
    @Nullable Identity identity) {

  /** With a password that its owner chose. */
  public NewAccount(
      String name, String password, Role role, @Nullable String region, @Nullable String school) {
    this(name, password, role, region, school, false, null);
  }

  /** That no provider knows. */
  public NewAccount(
      String name,
      @Nullable String password,
      Role role,
      @Nullable String region,
      @Nullable String school,
      boolean mustChange) {
    this(name, password, role, region, school, mustChange, null);
  }
}
