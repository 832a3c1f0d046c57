package org.rollcall.collector.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.config.Problem;
import org.rollcall.config.SettingsException;

class ProfileTest {
  private static final Path SHIPPED =
      Path.of(System.getProperty("rollcall.root"), "config", "targets", "GD-2010-18.yaml");

  @TempDir Path folder;

  private SettingsException refused(String from, String to) throws Exception {
    String text = Files.readString(SHIPPED);
    assertThat(text).contains(from);
    Path file = Files.writeString(folder.resolve("x.yaml"), text.replace(from, to));
    return catchThrowableOfType(SettingsException.class, () -> Profile.read(file));
  }

  @Test
  void theShippedProfileHoldsTheLettersNumbers() throws Exception {
    Profile profile = Profile.read(SHIPPED);
    assertThat(profile.rules())
        .extracting(Rule::id)
        .containsExactly("XXT-A", "XXT-B", "BBT-A", "BBT-B");
    assertThat(profile.rules())
        .allMatch(rule -> rule.article().startsWith("信18号·二("))
        .allMatch(rule -> rule.quote() != null);
    assertThat(profile.parameters().basicallyPercent().projectDefault()).isTrue();
    assertThat(profile.parameters().throughputAllowance().projectDefault()).isTrue();
  }

  @Test
  void anUnknownIndicatorIsRefused() throws Exception {
    assertThat(refused("indicator: school-link", "indicator: school-mood").problems())
        .extracting(Problem::path)
        .containsExactly("rules[0].indicator", "rules[1].indicator");
  }

  @Test
  void anUnknownKeyIsRefused() throws Exception {
    assertThat(refused("    quote: 其他", "    qoute: 其他").problems())
        .extracting(Problem::path)
        .containsExactly("rules[1].qoute", "rules[3].qoute");
  }

  @Test
  void contradictionsAreNamedAllAtOnce() throws Exception {
    Path file = folder.resolve("x.yaml");
    Files.writeString(
        file,
        Files.readString(SHIPPED)
            .replace("target: { percent: 60 }", "target: { percent: 160, mbps: 4 }")
            .replace("id: XXT-B", "id: XXT-A")
            .replace("minReachable: { value: 0.95", "minReachable: { value: 95")
            .replace("windowDays: { value: 30", "windowDays: { value: 30.5"));
    SettingsException refused =
        catchThrowableOfType(SettingsException.class, () -> Profile.read(file));
    assertThat(refused.problems())
        .extracting(Problem::path)
        .containsExactlyInAnyOrder(
            "rules[1].id",
            "rules[3].target.mbps",
            "rules[3].target.percent",
            "parameters.minReachable",
            "parameters.windowDays");
  }
}
