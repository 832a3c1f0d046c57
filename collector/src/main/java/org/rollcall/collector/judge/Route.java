package org.rollcall.collector.judge;

import java.math.BigDecimal;
import java.util.List;
import org.rollcall.collector.day.SchoolDay;
import org.rollcall.collector.day.SchoolDay.PathDay;
import org.rollcall.collector.day.SchoolDay.SubjectDay;
import org.rollcall.collector.judge.Verdict.State;
import org.rollcall.collector.profile.Parameters;

/**
 * Which way the traffic to the provincial network took, by {@code path:edu}. By way of the
 * district's network counts as access; a VPN over the internet does not; a way that is neither
 * proves nothing. Checks on too few school days decide nothing.
 */
final class Route {
  private final Parameters parameters;
  private final BigDecimal needed;
  private int checks;
  private int viaDistrict;
  private int vpn;
  private int checkedDays;

  Route(List<SchoolDay> days, Parameters parameters) {
    this.parameters = parameters;
    this.needed = parameters.minReachable().exact().movePointRight(2);
    for (SchoolDay day : days) {
      SubjectDay subject = day.find("path:edu");
      PathDay path = subject == null ? null : subject.path();
      if (path != null && path.samples() > 0) {
        checks += path.samples();
        viaDistrict += path.viaDistrict();
        vpn += path.vpn();
        checkedDays += day.schoolDay() ? 1 : 0;
      }
    }
  }

  /** Whether it was checked on enough school days to decide. */
  boolean known() {
    return checkedDays >= parameters.minSchoolDays().whole();
  }

  /** Whether it was checked and nearly never was a VPN. */
  boolean isVpn() {
    return known() && !Figures.reaches(checks - vpn, checks, needed);
  }

  /** Whether it was checked and nearly always went through the district's network. */
  boolean isViaDistrict() {
    return known() && !isVpn() && Figures.reaches(viaDistrict, checks, needed);
  }

  /** What the checks say, whatever is made of it. */
  Reason reason() {
    String percent = Figures.text(needed);
    if (checks == 0) {
      return ReasonCode.ROUTE_NOT_CHECKED.with();
    }
    if (!known()) {
      return ReasonCode.ROUTE_CHECKED_SELDOM.with(
          checks, checkedDays, parameters.minSchoolDays().whole());
    }
    if (isVpn()) {
      return ReasonCode.NETWORK_FAILS_VPN.with(vpn, checks, checkedDays, percent);
    }
    return isViaDistrict()
        ? ReasonCode.ROUTE_BY_DISTRICT.with(viaDistrict, checks, checkedDays)
        : ReasonCode.NETWORK_UNKNOWN_ROUTE.with(viaDistrict, checks, checkedDays, percent);
  }

  /** What is left of a network that is reached, once its route is known. */
  Finding judge(Finding reached) {
    if (!known() || isViaDistrict()) {
      return reached.also(List.of(reason()));
    }
    return Finding.measured(
            isVpn() ? State.FAILS : State.UNKNOWN, null, reached.samples(), List.of(reason()))
        .also(reached.because());
  }
}
