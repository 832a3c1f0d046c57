package org.rollcall.collector.accounts;

/** What an account is for; what it may see follows from the role and its scope. */
public enum Role {
  /** Runs the system; sees everything. */
  ADMINISTRATOR(Scope.EVERYTHING),
  /** Reads its region. */
  BUREAU(Scope.REGION),
  /** Operates its region: agents, devices, alerts. */
  TECHNICIAN(Scope.REGION),
  /** Reads its own school. */
  SCHOOL(Scope.SCHOOL),
  /** Anyone, without an account: what the bureau has opened of a region. */
  PUBLIC(Scope.REGION);

  /** What bounds a role's view. */
  enum Scope {
    EVERYTHING,
    REGION,
    SCHOOL
  }

  private final Scope scope;

  Role(Scope scope) {
    this.scope = scope;
  }

  Scope scope() {
    return scope;
  }

  /** Whether it may see where devices are on the campus network and how they are watched. */
  public boolean seesAddresses() {
    return this != PUBLIC;
  }

  /** Whether it may enrol agents, acknowledge alerts and change devices within its scope. */
  public boolean operates() {
    return this == ADMINISTRATOR || this == TECHNICIAN;
  }
}
