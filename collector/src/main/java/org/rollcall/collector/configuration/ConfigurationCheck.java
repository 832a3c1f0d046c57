package org.rollcall.collector.configuration;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rollcall.config.DataSize;
import org.rollcall.config.Default;
import org.rollcall.config.Problem;
import org.rollcall.config.Range;
import org.rollcall.config.Rest;
import org.rollcall.config.SettingsException;
import org.rollcall.config.SettingsReader;
import org.rollcall.protocol.Limits;
import org.rollcall.protocol.Subject;

/**
 * What a collector can say of a configuration before it is pushed: that it is YAML, not too long,
 * holds nothing but what may come from afar, no secret, and no network to be swept that is not
 * private. Whether each probe takes its entry only the agent can say.
 */
public final class ConfigurationCheck {
  private static final Set<String> SECRETS =
      Set.of("community", "password", "authpassword", "privacypassword", "secret", "token");

  private ConfigurationCheck() {}

  /** The sections that may come from afar, as far as a collector reads them. */
  private record Sections(
      List<Device> devices,
      @Nullable Report report,
      @Nullable LineTests lineTests,
      @Nullable PushedDiscovery discovery) {}

  private record Device(
      String subject,
      String probe,
      String address,
      @Default("60s") @Range(min = "1s", max = "24h") Duration interval,
      @Rest Map<String, String> options) {}

  private record Report(
      @Default("10s") @Range(min = "1s", max = "5m") Duration interval,
      @Default("5m") @Range(min = "10s", max = "1h") Duration sealInterval) {}

  private record LineTests(@Default("true") boolean enabled, @Nullable DataSize monthlyBytes) {}

  /**
   * Checks a configuration.
   *
   * @param name what it is called in what is reported
   * @throws SettingsException naming every problem
   */
  public static void check(String name, String yaml) throws SettingsException {
    int bytes = yaml.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > Limits.MAX_CONFIGURATION_BYTES) {
      throw new SettingsException(
          name,
          List.of(
              new Problem(
                  "(file)",
                  bytes + " bytes",
                  "it is too long to be pushed",
                  "at most " + Limits.MAX_CONFIGURATION_BYTES + " bytes in UTF-8")));
    }
    Sections sections = SettingsReader.read(name, yaml, Path.of("/"), Sections.class);
    List<Problem> problems = new ArrayList<>();
    Set<String> subjects = new HashSet<>();
    for (int i = 0; i < sections.devices().size(); i++) {
      check("devices[" + i + "]", sections.devices().get(i), subjects, problems);
    }
    if (!problems.isEmpty()) {
      throw new SettingsException(name, problems);
    }
  }

  private static void check(
      String place, Device device, Set<String> subjects, List<Problem> problems) {
    String subject = device.subject();
    if (!Subject.isValid(subject)) {
      problems.add(
          new Problem(
              place + ".subject",
              subject,
              "it is no subject",
              "write kind:name, such as terminal:c0301"));
    } else if (!subjects.add(subject)) {
      problems.add(
          new Problem(place + ".subject", subject, "it is there twice", "a subject has one probe"));
    }
    for (String key : device.options().keySet()) {
      if (SECRETS.contains(key.toLowerCase(Locale.ROOT))) {
        problems.add(
            new Problem(
                place + "." + key,
                "(secret)",
                "secrets are not pushed",
                "write credential: and the name of one in the agent's own file"));
      }
    }
  }
}
