package org.rollcall.agent.probe;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.rollcall.config.Default;
import org.rollcall.config.Range;
import org.rollcall.protocol.Subject;

/**
 * One entry of {@code devices:} in {@code agent.yaml}: who is looked at, how, where and how often.
 *
 * @param subject whom the observations are about, {@code kind:name}
 * @param probe the kind of look, such as {@code snmp} or {@code tcp}
 * @param address {@code host}, {@code host:port} or {@code [v6]:port}
 * @param ifName which interface of the device a {@code link:} is, by ifName (or ifDescr); null for
 *     anything else
 * @param community this device's own SNMP community, a secret; null: the one of the {@code snmp}
 *     section
 * @param interval time between two looks, 1 s to 24 h
 */
public record DeviceSettings(
    String subject,
    String probe,
    String address,
    @Nullable String ifName,
    @Nullable String community,
    @Default("60s") @Range(min = "1s", max = "24h") Duration interval) {

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
    if (ifName != null && ifName.isBlank()) {
      throw new IllegalArgumentException(
          "ifName of " + subject + " is empty: write the interface's name as the device shows it");
    }
    if (community != null && community.isEmpty()) {
      throw new IllegalArgumentException(
          "community of "
              + subject
              + " is empty: leave the key out to use the one of the snmp section");
    }
    if (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("interval of " + subject + " must be between 1s and 24h");
    }
  }

  /** What stands before the colon of the subject: {@code link}, {@code terminal}, … */
  public String kind() {
    return Subject.kind(subject);
  }

  /** Leaves out the community: it is a secret. */
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
