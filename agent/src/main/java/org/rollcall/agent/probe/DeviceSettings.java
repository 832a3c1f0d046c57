package org.rollcall.agent.probe;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.rollcall.config.Default;
import org.rollcall.config.Range;
import org.rollcall.config.Rest;
import org.rollcall.protocol.Subject;

/**
 * One entry of {@code devices:} in {@code agent.yaml}: who is looked at, how, where and how often.
 *
 * @param subject whom the observations are about, {@code kind:name}
 * @param probe the kind of look, such as {@code snmp} or {@code tcp}
 * @param address {@code host}, {@code host:port} or {@code [v6]:port}
 * @param interval time between two looks, 1 s to 24 h
 * @param options what else the probe wants to know, such as {@code ifName}; each kind of probe says
 *     which keys it knows
 */
public record DeviceSettings(
    String subject,
    String probe,
    String address,
    @Default("60s") @Range(min = "1s", max = "24h") Duration interval,
    @Rest Map<String, String> options) {

  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofHours(24);

  public DeviceSettings {
    if (!Subject.isValid(subject)) {
      throw new IllegalArgumentException(
          "subject '"
              + subject
              + "' is not of the form kind:name, such as link:wan or terminal:c0301");
    }
    if (probe.isBlank()) {
      throw new IllegalArgumentException("probe of " + subject + " is empty: write snmp or tcp");
    }
    Endpoint.parse(address, 1);
    if (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("interval of " + subject + " must be between 1s and 24h");
    }
    options.forEach(
        (key, value) -> {
          if (value.isBlank()) {
            throw new IllegalArgumentException(
                key + " of " + subject + " is empty: write a value or leave the key out");
          }
        });
    options = Map.copyOf(options);
  }

  /** An entry without options. */
  public DeviceSettings(String subject, String probe, String address, Duration interval) {
    this(subject, probe, address, interval, Map.of());
  }

  /** What the entry says under this key; null when it says nothing. */
  public @Nullable String option(String key) {
    return options.get(key);
  }

  /**
   * Refuses keys that the probe does not know.
   *
   * @throws IllegalArgumentException naming the keys there may be
   */
  public void knowsOnly(String... keys) {
    List<String> known = List.of(keys);
    for (String key : new TreeSet<>(options.keySet())) {
      if (!known.contains(key)) {
        throw new IllegalArgumentException(
            subject
                + " has the unknown setting '"
                + key
                + "': probe "
                + probe
                + (known.isEmpty()
                    ? " has none of its own"
                    : " knows " + String.join(", ", known)));
      }
    }
  }

  /** What stands before the colon of the subject: {@code link}, {@code terminal}, … */
  public String kind() {
    return Subject.kind(subject);
  }

  /** Leaves out the options: one may be a secret. */
  @Override
  public String toString() {
    return "DeviceSettings["
        + subject
        + ", "
        + probe
        + ", "
        + address
        + ", every "
        + interval
        + "]";
  }
}
