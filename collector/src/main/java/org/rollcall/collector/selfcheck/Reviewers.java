package org.rollcall.collector.selfcheck;

import java.util.EnumSet;
import java.util.Set;
import org.rollcall.collector.accounts.Role;
import org.rollcall.collector.accounts.Viewer;
import org.rollcall.collector.registry.Region;
import org.rollcall.collector.registry.Register;
import org.rollcall.collector.selfcheck.SelfCheck.State;

/** Who may take which step of a sheet. Stateless. */
public final class Reviewers {
  private Reviewers() {}

  /**
   * What a sheet may become by this caller.
   *
   * @param viewer somebody who sees the sheet's school
   * @param from what the sheet is now
   * @return empty when it is not for the caller to decide
   */
  public static Set<State> steps(Viewer viewer, Register register, State from) {
    Set<State> steps = EnumSet.noneOf(State.class);
    for (State to : State.values()) {
      if (from.leadsTo(to) && may(viewer, register, from)) {
        steps.add(to);
      }
    }
    return steps;
  }

  private static boolean may(Viewer viewer, Register register, State from) {
    if (viewer.role() == Role.ADMINISTRATOR) {
      return true;
    }
    return switch (from) {
      case DRAFT, RETURNED -> viewer.role() == Role.SCHOOL;
      // Whoever sees the school by a region sees it by its township or one above.
      case SUBMITTED -> viewer.role() == Role.BUREAU || viewer.role() == Role.TECHNICIAN;
      case TOWNSHIP_PASSED, COUNTY_PASSED ->
          viewer.role() == Role.BUREAU && aboveTownships(viewer, register);
      case FILED -> false;
    };
  }

  private static boolean aboveTownships(Viewer viewer, Register register) {
    String code = viewer.regionCode();
    Region region = code == null ? null : register.region(code);
    return region != null && region.level() != Region.Level.TOWNSHIP;
  }
}
