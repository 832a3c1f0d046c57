package org.rollcall.collector.proof;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.rollcall.protocol.v1.Observation;

/**
 * What the reports tell of the place an agent was plugged in: the addresses they came from, the
 * ways its traffic took, the ports it read. Not thread-safe.
 */
final class Whereabouts {
  /** Of each kind so many are told. */
  private static final int MOST = 20;

  private final Map<String, Source> sources = new TreeMap<>();
  private final Map<String, Way> ways = new TreeMap<>();
  private final Map<String, Port> ports = new TreeMap<>();

  /**
   * An address that reports came from, as the collector saw it.
   *
   * @param from the first of them, milliseconds since 1970
   */
  record Source(String address, int reports, long from, long to) {
    Source and(Source other) {
      return new Source(
          address, reports + other.reports, Math.min(from, other.from), Math.max(to, other.to));
    }
  }

  /**
   * Which way traffic took.
   *
   * @param seen how often it was looked at
   * @param viaDistrict how often it went through the district's network
   * @param vpn how often through a tunnel
   * @param fewestHops routers that answered; 0 where none was told
   */
  record Way(String subject, int seen, int viaDistrict, int vpn, int fewestHops, int mostHops) {
    Way and(Way other) {
      return new Way(
          subject,
          seen + other.seen,
          viaDistrict + other.viaDistrict,
          vpn + other.vpn,
          Math.min(fewestHops, other.fewestHops),
          Math.max(mostHops, other.mostHops));
    }
  }

  /** A port that was read, and the least and most speed it told, bit/s. */
  record Port(String subject, int seen, double slowest, double fastest) {
    Port and(Port other) {
      return new Port(
          subject,
          seen + other.seen,
          Math.min(slowest, other.slowest),
          Math.max(fastest, other.fastest));
    }
  }

  void source(String address, long millis) {
    String told = address.isEmpty() ? "?" : address;
    sources.merge(told, new Source(told, 1, millis, millis), Source::and);
  }

  void add(String site, Observation seen) {
    String subject = site + ' ' + seen.getSubject();
    if (seen.getSubject().startsWith("path:")) {
      int hops = (int) seen.getMeasuresOrDefault("hops", 0);
      int district = (int) seen.getMeasuresOrDefault("viaDistrict", 0);
      int vpn = (int) seen.getMeasuresOrDefault("vpn", 0);
      ways.merge(subject, new Way(subject, 1, district, vpn, hops, hops), Way::and);
    } else if (seen.getSubject().startsWith("link:")
        && seen.containsMeasures("speedBitsPerSecond")) {
      double speed = seen.getMeasuresOrThrow("speedBitsPerSecond");
      ports.merge(subject, new Port(subject, 1, speed, speed), Port::and);
    }
  }

  /** The addresses, those with most reports first. */
  List<Source> sources() {
    List<Source> all = new ArrayList<>(sources.values());
    all.sort(Comparator.comparingInt(Source::reports).reversed().thenComparing(Source::address));
    return all;
  }

  List<Source> mostSources() {
    return sources().stream().limit(MOST).toList();
  }

  List<Way> ways() {
    return ways.values().stream().limit(MOST).toList();
  }

  List<Port> ports() {
    return ports.values().stream().limit(MOST).toList();
  }
}
