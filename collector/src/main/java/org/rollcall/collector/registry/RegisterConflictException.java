package org.rollcall.collector.registry;

import java.time.LocalDate;

/**
 * A change that would leave a school or a region in a region that is not there on some date, e.g.
 * because it was merged into another. Nothing was changed.
 */
public final class RegisterConflictException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;
  private final String region;
  private final LocalDate date;

  RegisterConflictException(String code, String region, LocalDate date) {
    super(code + " would lie in the region " + region + ", which is not there on " + date + ".");
    this.code = code;
    this.region = region;
    this.date = date;
  }

  /** The school or region that would hang in the air. */
  public String code() {
    return code;
  }

  /** The region that is not there. */
  public String region() {
    return region;
  }

  /** The first date on which it is not. */
  public LocalDate date() {
    return date;
  }
}
