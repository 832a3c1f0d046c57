package org.rollcall.collector.judge;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Every reason a verdict can have, with the parameters its sentence uses. A code is the constant's
 * name in lower case with hyphens; both never change their meaning, because verdicts keep them.
 *
 * <p>Where a code speaks of one part of a target, it begins with the part's name and what came of
 * it: {@code medium-fails}, {@code bandwidth-holds-by-tests}, {@code network-unknown-no-anchor}.
 * The parts of a school link are medium, bandwidth and network; of class coverage, classes.
 *
 * <p>A parameter that ends in {@code En} is the English form of the one without. A list is joined
 * with {@link #LIST}.
 */
enum ReasonCode {
  BASIS("article", "articleEn", "from", "to", "profile", "version", "calendar"),
  PROJECT_DEFAULTS("defaults"),
  OTHER_TIER("ruleTier", "schoolTier"),
  OTHER_SCHOOLS(),
  NO_RULE(),
  TARGET_IS_DEFAULT(),
  TEACHING_POINT(),
  STAGE_EXCLUDED("stage"),
  CALENDAR_SILENT("calendar", "date"),
  FEW_SCHOOL_DAYS("days", "needed", "from", "to"),
  NO_DATA("from", "to"),

  MEDIUM_HOLDS("medium"),
  MEDIUM_FAILS("medium", "wanted"),
  MEDIUM_UNKNOWN("wanted"),

  BANDWIDTH_HOLDS_BY_TESTS("line", "median", "needed", "target", "tests", "days"),
  BANDWIDTH_HOLDS_BY_TRAFFIC("line", "rate", "target", "samples", "days", "kept"),
  BANDWIDTH_FAILS_BY_PORT("line", "port", "target"),
  BANDWIDTH_FAILS_BY_TESTS("line", "median", "needed", "target", "tests", "days"),
  BANDWIDTH_FAILS_BY_CONTRACT("line", "median", "contract", "target", "tests", "days"),
  BANDWIDTH_UNKNOWN(
      "line", "target", "tests", "testDays", "samples", "sampleDays", "needed", "neededDays"),
  BANDWIDTH_UNKNOWN_NO_LINE(),
  CONTRACT_MET_MEASURED_NOT("contract", "median", "target"),
  TRAFFIC_ABOVE_TESTS("line", "rate", "median"),
  BANDWIDTH_HOLDS_BY_SUM("lines", "sum", "needed", "target", "tested", "count"),
  BANDWIDTH_FAILS_BY_SUM("lines", "sum", "needed", "target", "tested", "count"),
  BANDWIDTH_UNKNOWN_BY_SUM("lines", "sum", "needed", "target", "tested", "count"),
  PORT_AND_CONTRACT("line", "port", "contract"),
  PORT_ALONE("line", "port"),
  CONTRACT_ALONE("line", "contract"),
  TESTS_PASSED("line", "passed", "tests", "needed", "percent", "low"),
  LINE_PEAK("line", "rate"),
  TESTS_TOO_SHORT("line", "left", "seconds"),
  TESTS_ON_BUSY_LINE("line", "left", "used"),
  TESTS_OF_SKEWED_CLOCK("line", "left", "seconds"),
  TESTS_WITHOUT_USE("line", "tests"),
  LINE_WAS_DOWN("line", "minutes", "known"),
  LINE_DECIDES("lines", "line"),
  LINE_STANDING("line", "mediumState", "bandwidthState", "networkState"),
  CAMPUS_DECIDES("campuses", "campus"),
  CAMPUS_STANDING("campus", "mediumState", "bandwidthState", "networkState"),

  NETWORK_HOLDS("network", "ok", "all", "percent", "needed", "days"),
  NETWORK_FAILS("network", "ok", "all", "percent", "needed", "days"),
  NETWORK_UNKNOWN("network", "all", "days", "needed", "neededDays"),
  NETWORK_UNKNOWN_NO_ANCHOR(),
  NETWORK_UNKNOWN_NO_PROBE(),
  NETWORK_DECLARED_OTHERWISE("declared"),
  NETWORK_BY_DECLARED_LINE("line"),
  NETWORK_FAILS_OTHER_LINE("line"),
  NETWORK_UNKNOWN_WHICH_LINE("line"),
  NETWORK_FAILS_VPN("vpn", "checks", "days", "needed"),
  NETWORK_UNKNOWN_ROUTE("district", "checks", "days", "needed"),
  ROUTE_BY_DISTRICT("district", "checks", "days"),
  ROUTE_CHECKED_SELDOM("checks", "days", "neededDays"),
  ROUTE_NOT_CHECKED(),

  CLASSES_HOLD("equipped", "classes", "percent", "target", "from", "to", "days"),
  CLASSES_FAIL("equipped", "classes", "percent", "target", "from", "to", "days"),
  CLASSES_UNKNOWN_FEW_DAYS("equipped", "classes", "target", "days", "needed"),
  CLASSES_UNKNOWN_NO_TERMINAL("declared", "classes"),
  CLASSES_HOLD_AS_DECLARED("equipped", "classes", "percent", "target"),
  CLASSES_FAIL_AS_DECLARED("equipped", "classes", "percent", "target"),
  CLASSES_NONE("declared"),
  CLASSES_MISSING("missing", "named"),
  CLASSES_MISSING_AMONG("missing", "named"),
  CLASSES_DECLARED_MORE("declared", "equipped", "classes"),
  CLASSES_EQUIPPED("equipped", "classes", "percent"),
  CLASSES_IN_REPAIR("classes", "named", "days"),
  CLASSES_EVEN("from", "to", "days", "on"),
  CLASSES_SPREAD("from", "to", "days", "least", "most", "range", "named"),
  CLASSES_WITHOUT_WHILE_OTHERS("classes", "others", "named"),
  CLASSES_USED_LITTLE("classes", "named", "percent", "median", "days"),
  NO_AGENT("from", "to"),

  NO_LESSONS("from", "to"),
  LINE_UP_HOLDS("low", "high", "target", "up", "down", "unknown", "planned"),
  LINE_UP_FAILS("low", "high", "target", "up", "down", "unknown", "planned"),
  LINE_UP_UNKNOWN("low", "high", "target", "up", "down", "unknown", "planned"),

  ROOMS_NONE(),
  ROOMS_UNWATCHED("rooms"),
  ROOMS_HOLD("rooms", "low", "high", "target", "up", "down", "unknown", "planned"),
  ROOMS_FAIL("rooms", "low", "high", "target", "up", "down", "unknown", "planned"),
  ROOMS_UNKNOWN("rooms", "low", "high", "target", "up", "down", "unknown", "planned"),
  ROOMS_FAULTY("computers", "named", "days"),
  ROOMS_LINE_UNWATCHED(),
  ROOMS_ALL_LESSONS(),
  MOBILE_NONE(),
  MOBILE_HOLDS("named", "visits", "days", "unknown", "target"),
  MOBILE_FAILS("named", "visits", "days", "unknown", "target"),
  MOBILE_UNKNOWN("named", "visits", "days", "unknown", "target"),

  RATIO_NO_STUDENTS(),
  COUNT_UNKNOWN("thing"),
  PER_COMPUTER_HOLDS("thing", "count", "source", "students", "ratio", "target"),
  PER_COMPUTER_FAILS("thing", "count", "source", "students", "ratio", "target"),
  PER_100_HOLDS("thing", "count", "source", "students", "ratio", "target"),
  PER_100_FAILS("thing", "count", "source", "students", "ratio", "target"),
  SEATS_HOLD("seats", "pupils", "source", "target"),
  SEATS_FAIL("seats", "pupils", "source", "target"),
  COMPUTERS_REGISTERED("registered", "seen", "count"),
  COMPUTERS_DECLARED_MORE("count", "registered"),

  SERVICE_UNKNOWN_NO_PROBE("service", "from", "to"),
  SERVICE_UNKNOWN("service", "all", "days", "needed", "neededDays"),
  SERVICE_HOLDS("service", "ok", "all", "percent", "days", "target"),
  SERVICE_FAILS("service", "ok", "all", "percent", "days", "target"),
  SERVICE_RESPONSE("service", "median", "slow", "days"),
  SERVICE_CERTIFICATE("service", "days"),
  SERVICE_CERTIFICATE_EXPIRED("service", "days"),
  PATH_NOT_BY_DISTRICT(),

  COUNTY_ONLY(),
  DECLARED_BY_REGION("indicator", "indicatorEn"),
  DECLARED_ABSENT("indicator", "indicatorEn"),
  DECLARED_TOO_OLD("indicator", "indicatorEn", "amount", "asOf", "days"),
  DECLARED_NOTHING_TO_COUNT("indicator", "indicatorEn", "asOf"),
  DECLARED_HOLDS("indicator", "indicatorEn", "amount", "asOf", "asked"),
  DECLARED_FAILS("indicator", "indicatorEn", "amount", "asOf", "asked"),
  RECORDED_COUNTS("indicator", "indicatorEn", "amount", "asOf", "asked"),
  RECORDED_COUNTS_NOT("indicator", "indicatorEn", "amount", "asOf", "asked"),
  DECLARED_CERTIFIED("certificate"),
  DECLARED_NOTE("note"),
  NO_TERMINAL_ON("days"),
  NO_ROOM_ON("days"),
  MEASURED_WINS(),
  CERTIFIED_AGAINST_MEASURED();

  /** Parts the names of a list. */
  static final String LIST = "|";

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> params;

  ReasonCode(String... params) {
    this.params = List.of(params);
  }

  String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  List<String> params() {
    return params;
  }

  /** The reason with its parameters, in the order in which they are declared. */
  Reason with(Object... values) {
    if (values.length != params.size()) {
      throw new IllegalStateException(
          "BUG: the reason " + code() + " takes " + params + ", not " + List.of(values));
    }
    Map<String, String> named = new HashMap<>();
    for (int i = 0; i < values.length; i++) {
      named.put(params.get(i), values[i].toString());
    }
    return new Reason(code(), named);
  }
}
