package org.rollcall.collector.registry;

/**
 * A coordinate reference system in use in China. The register holds WGS-84; CGCS2000, which
 * Tianditu uses, is the same within decimetres.
 */
public enum Crs {
  WGS84,
  /** The shifted system of AMap and Tencent. */
  GCJ02,
  /** Baidu's, shifted once more. */
  BD09;

  /** Degrees east and north. */
  public record Point(double lon, double lat) {
    /** A rectangle that holds China; outside it nothing is shifted. */
    public boolean isInChina() {
      return lon >= 72.004 && lon <= 137.8347 && lat >= 0.8293 && lat <= 55.8271;
    }
  }

  /** Krasovsky 1940, the ellipsoid the shift was written for: semi-major axis in metres. */
  private static final double AXIS = 6378245.0;

  /** Its first eccentricity, squared. */
  private static final double ECCENTRICITY_SQUARED = 0.006693421622965943;

  private static final double BAIDU_PI = Math.PI * 3000.0 / 180.0;

  /** The inverse shrinks its error about a thousandfold a round; 1e-10 degrees is 0.01 mm. */
  private static final int INVERSE_ROUNDS = 5;

  /** The same place in WGS-84. */
  public Point toWgs84(Point point) {
    return switch (this) {
      case WGS84 -> point;
      case GCJ02 -> unshift(point);
      case BD09 -> unshift(unbaidu(point));
    };
  }

  /** A place given in WGS-84, in this system. */
  public Point fromWgs84(Point point) {
    return switch (this) {
      case WGS84 -> point;
      case GCJ02 -> shift(point);
      case BD09 -> baidu(shift(point));
    };
  }

  private static Point shift(Point wgs) {
    if (!wgs.isInChina()) {
      return wgs;
    }
    double x = wgs.lon() - 105.0;
    double y = wgs.lat() - 35.0;
    double phi = Math.toRadians(wgs.lat());
    double magic = 1 - ECCENTRICITY_SQUARED * Math.sin(phi) * Math.sin(phi);
    double root = Math.sqrt(magic);
    double metresNorth = AXIS * (1 - ECCENTRICITY_SQUARED) / (magic * root);
    double metresEast = AXIS / root * Math.cos(phi);
    return new Point(
        wgs.lon() + Math.toDegrees(eastMetres(x, y) / metresEast),
        wgs.lat() + Math.toDegrees(northMetres(x, y) / metresNorth));
  }

  private static double northMetres(double x, double y) {
    double metres =
        -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * Math.sqrt(Math.abs(x));
    metres += wave(20.0, 6.0, x) + wave(20.0, 2.0, x);
    metres += wave(20.0, 1.0, y) + wave(40.0, 1.0 / 3.0, y);
    return metres + wave(160.0, 1.0 / 12.0, y) + wave(320.0, 1.0 / 30.0, y);
  }

  private static double eastMetres(double x, double y) {
    double metres = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * Math.sqrt(Math.abs(x));
    metres += wave(20.0, 6.0, x) + wave(20.0, 2.0, x);
    metres += wave(20.0, 1.0, x) + wave(40.0, 1.0 / 3.0, x);
    return metres + wave(150.0, 1.0 / 12.0, x) + wave(300.0, 1.0 / 30.0, x);
  }

  private static double wave(double amplitude, double frequency, double at) {
    return amplitude * Math.sin(at * frequency * Math.PI) * 2.0 / 3.0;
  }

  /** Fixed point: what must be shifted to arrive at {@code gcj}. One step alone is 1-3 m off. */
  private static Point unshift(Point gcj) {
    Point guess = gcj;
    for (int round = 0; round < INVERSE_ROUNDS; round++) {
      Point shifted = shift(guess);
      guess =
          new Point(
              guess.lon() + gcj.lon() - shifted.lon(), guess.lat() + gcj.lat() - shifted.lat());
    }
    return guess;
  }

  private static Point baidu(Point gcj) {
    double radius = Math.hypot(gcj.lon(), gcj.lat()) + 0.00002 * Math.sin(gcj.lat() * BAIDU_PI);
    double angle = Math.atan2(gcj.lat(), gcj.lon()) + 0.000003 * Math.cos(gcj.lon() * BAIDU_PI);
    return new Point(radius * Math.cos(angle) + 0.0065, radius * Math.sin(angle) + 0.006);
  }

  private static Point unbaidu(Point bd) {
    Point guess = new Point(bd.lon() - 0.0065, bd.lat() - 0.006);
    for (int round = 0; round < INVERSE_ROUNDS; round++) {
      Point again = baidu(guess);
      guess = new Point(guess.lon() + bd.lon() - again.lon(), guess.lat() + bd.lat() - again.lat());
    }
    return guess;
  }
}
