package org.rollcall.collector.alerts;

import java.time.Duration;
import java.util.Locale;

/** What rules may ask of. The names stand in rule files in small letters with hyphens. */
public enum SignalKind {
  /** Minutes since nearly all schools fell silent. */
  EVERYBODY_SILENT(Unit.MINUTES, Fresh.ALWAYS),
  /** Minutes since schools of several ISPs in one township fell silent together. */
  AREA_SILENT(Unit.MINUTES, Fresh.ALWAYS),
  /** Minutes since several schools of one ISP fell silent together. */
  ISP_SILENT(Unit.MINUTES, Fresh.ALWAYS),
  /** Minutes since a school's agents were last heard, from 10 on. */
  SCHOOL_SILENT(Unit.MINUTES, Fresh.ALWAYS),
  /** Minutes since an agent was enrolled that has never reported. */
  NEVER_HEARD(Unit.MINUTES, Fresh.ALWAYS),
  /** Minutes for which a line's port has been down. */
  LINE_DOWN(Unit.MINUTES, Fresh.LIVE),
  /** Minutes for which the internet or a network of education has not answered. */
  NETWORK_DOWN(Unit.MINUTES, Fresh.LIVE),
  /** Minutes for which a platform has not answered as it should. */
  SERVICE_DOWN(Unit.MINUTES, Fresh.LIVE),
  /** Minutes for which a switch has not answered. */
  SWITCH_DOWN(Unit.MINUTES, Fresh.LIVE),
  /** Minutes for which a terminal or projector has said that something in it is broken. */
  DEVICE_FAULT(Unit.MINUTES, Fresh.HOUR),
  /** Minutes for which a device is there and cannot be asked. */
  DEVICE_UNREADABLE(Unit.MINUTES, Fresh.HOUR),
  /** Per cent of a computer room's seats that do not say that they are broken. */
  ROOM_SEATS(Unit.PERCENT, Fresh.HOUR),
  /** Minutes since one agent of a school was heard whose other agents are. */
  AGENT_SILENT(Unit.MINUTES, Fresh.ALWAYS),
  /** Minutes since an agent was held because its key was seen in two places. */
  AGENT_HELD(Unit.MINUTES, Fresh.ALWAYS),
  /** Seconds by which an agent's clock is off, either way. */
  CLOCK_SKEW(Unit.SECONDS, Fresh.LIVE),
  /** Reports that wait in an agent's spool. */
  SPOOL_WAITING(Unit.REPORTS, Fresh.LIVE),
  /** Days until the certificate of a platform expires; negative after. */
  CERTIFICATE_DAYS(Unit.DAYS, Fresh.DAY),
  /** Hours for which a projector's oldest lamp has burnt. */
  LAMP_HOURS(Unit.HOURS, Fresh.DAY),
  /** School days in a row on which every test of a line was below the target. */
  LINE_SLOW_DAYS(Unit.DAYS, Fresh.DAYS),
  /** School days in a row on which no terminal of a class was up while its school was seen. */
  CLASS_UNSEEN_DAYS(Unit.DAYS, Fresh.DAYS),
  /** Days until the contract of a school's line ends; negative after. */
  CONTRACT_DAYS(Unit.DAYS, Fresh.ALWAYS),
  /**
   * Percentage points by which a region will miss the next step of its plan, if it goes on as in
   * the last weeks.
   */
  PLAN_SHORTFALL(Unit.POINTS, Fresh.ALWAYS),
  /**
   * Percentage points by which one side of a divide of a county's schools, urban and rural or
   * public and private, surely leads another in a headline target.
   */
  GAP_POINTS(Unit.POINTS, Fresh.ALWAYS),
  /** A county's coefficient between its schools (差异系数), in per cent of the profile's limit. */
  COEFFICIENT_PERCENT(Unit.PERCENT, Fresh.ALWAYS),
  /**
   * Days since schools last met, on the same day, a headline target that they fail now; three years
   * back.
   */
  TARGET_LOST_DAYS(Unit.DAYS, Fresh.ALWAYS),
  /** Days until a milestone of a county that is not done; negative after. From 60 on. */
  MILESTONE_DAYS(Unit.DAYS, Fresh.ALWAYS),
  /** Minutes for which the store has taken nothing. */
  STORE_REFUSING(Unit.MINUTES, Fresh.ALWAYS);

  /** In what values are counted. */
  public enum Unit {
    SECONDS,
    MINUTES,
    HOURS,
    DAYS,
    PERCENT,
    POINTS,
    REPORTS
  }

  /** How old what a signal rests on may be to raise anything. Project defaults. */
  private static final class Fresh {
    static final Duration LIVE = Duration.ofMinutes(10);
    static final Duration HOUR = Duration.ofHours(1);
    static final Duration DAY = Duration.ofDays(1);
    static final Duration DAYS = Duration.ofDays(4);
    static final Duration ALWAYS = Duration.ofDays(36_500);
  }

  private final Unit unit;
  private final Duration fresh;

  SignalKind(Unit unit, Duration fresh) {
    this.unit = unit;
    this.fresh = fresh;
  }

  /** As rule files name it: {@code line-down}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public Unit unit() {
    return unit;
  }

  /** What was seen longer ago is no news: it raises nothing and ends nothing. */
  Duration fresh() {
    return fresh;
  }

  /** Whether this server is at fault, so that nothing can be said of schools meanwhile. */
  boolean isOwn() {
    return this == EVERYBODY_SILENT || this == STORE_REFUSING;
  }

  /** Whether nothing at all is seen of its schools meanwhile. */
  boolean isSilence() {
    return this == EVERYBODY_SILENT
        || this == AREA_SILENT
        || this == ISP_SILENT
        || this == SCHOOL_SILENT
        || this == NEVER_HEARD;
  }
}
