package org.rollcall.agent.probe;

import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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
 * @param interval time between two looks, 1 s to 24 h; null: {@link #DEFAULT_INTERVAL}
 */
public record DeviceSettings(
    String subject,
    String probe,
    String address,
    @Nullable String ifName,
    @Nullable String community,
    @Nullable Duration interval) {

  public static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(60);

  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofHours(24);
  private static final Pattern SUBJECT =
      Pattern.compile("[a-z][a-z0-9]{0,15}:[\\p{L}0-9._-]{1,64}");

  public DeviceSettings {
    if (!SUBJECT.matcher(subject).matches()) {
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
    if (interval != null && (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0)) {
      throw new IllegalArgumentException("interval of " + subject + " must be between 1s and 24h");
    }
  }

  /** What stands before the colon of the subject: {@code link}, {@code terminal}, … */
  public String kind() {
    return subject.substring(0, subject.indexOf(':'));
  }

  public Duration pollInterval() {
    return interval == null ? DEFAULT_INTERVAL : interval;
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
        + pollInterval()
        + "]";
  }
}
