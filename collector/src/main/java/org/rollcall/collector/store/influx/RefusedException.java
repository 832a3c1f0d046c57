package org.rollcall.collector.store.influx;

import java.io.IOException;

/** InfluxDB answered, and not with what was asked for. */
final class RefusedException extends IOException {
  private static final long serialVersionUID = 1L;

  static final int UNAUTHORIZED = 401;
  static final int FORBIDDEN = 403;
  static final int TOO_LARGE = 413;
  static final int BAD_REQUEST = 400;

  private final int status;

  /**
   * @param status of HTTP; 200 when a statement was answered with an error
   * @param said InfluxDB's own words, for people only
   */
  RefusedException(int status, String said) {
    super("InfluxDB answers " + status + ": " + said);
    this.status = status;
  }

  int status() {
    return status;
  }
}
