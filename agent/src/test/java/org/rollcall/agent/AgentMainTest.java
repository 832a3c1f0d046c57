package org.rollcall.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.config.SettingsReader;

class AgentMainTest {
  @TempDir private Path folder;
  private final StringWriter said = new StringWriter();
  private final StringWriter complained = new StringWriter();

  @Test
  void everythingWrongInTheSettingsIsSaidAtOnce() throws IOException {
    Path config = folder.resolve("agent.yaml");
    Files.writeString(
        config,
        """
        datta: here
        spool:
          maxSize: 10KiB
          sync: soon
        report:
          interval: 3h
        uplink:
          retryFrom: 10m
          retryTo: 1m
        devices:
          - subject: wan
            probe: snmp
            address: 192.0.2.1
          - probe: snmp
            address: 192.0.2.1
        """);

    assertThat(run("--config", config.toString())).isEqualTo(1);
    assertThat(
            complained
                .toString()
                .replace(folder.toString(), "FOLDER")
                .replaceAll("known here: .*", "known here: …"))
        .isEqualTo(golden("wrong-settings.txt"));
    assertThat(said.toString()).isEmpty();
  }

  @Test
  void theSettingsThatComeWithTheAgentAreGood() throws Exception {
    Path root = Path.of(Objects.requireNonNull(System.getProperty("rollcall.root")));
    AgentSettings settings =
        SettingsReader.read(root.resolve("config/agent.yaml"), AgentSettings.class);

    assertThat(settings.data()).isEqualTo(root.resolve(".rollcall/agent"));
    assertThat(settings.devices()).isEmpty();
  }

  @Test
  void anAgentThatIsNotEnrolledSaysHowToEnrol() throws IOException {
    Path config = folder.resolve("agent.yaml");
    Files.writeString(config, "data: data\n");

    assertThat(run("--config", config.toString())).isEqualTo(1);
    assertThat(complained.toString()).contains("agent enrol CODE").doesNotContain("\tat ");
  }

  @Test
  void whereNoAgentRunsItsStatusSaysSo() throws IOException {
    Path config = folder.resolve("agent.yaml");
    Files.writeString(config, "status: {port: " + LocalPort.tcp() + "}\n");

    assertThat(run("status", "--config", config.toString())).isEqualTo(1);
    assertThat(complained.toString()).startsWith("No agent answers on 127.0.0.1:").hasLineCount(1);

    Files.writeString(config, "status: {enabled: false}\n");
    assertThat(run("status", "--config", config.toString())).isEqualTo(1);
    assertThat(complained.toString()).contains("no status page");
  }

  @Test
  void aDamagedCodeIsRefusedInOneSentence() {
    assertThat(run("enrol", "RC1-nonsense")).isEqualTo(1);
    assertThat(complained.toString().lines()).hasSize(1);
    assertThat(complained.toString()).contains("copy the whole line once more");
  }

  @Test
  void aMissingSettingsFileIsNamed() {
    assertThat(run("--config", "/nowhere/agent.yaml")).isEqualTo(1);
    assertThat(complained.toString()).contains("/nowhere/agent.yaml").doesNotContain("\tat ");
  }

  @Test
  void wrongUsageEndsWithTwo() {
    assertThat(run("--no-such-option")).isEqualTo(2);
    assertThat(run("enrol")).isEqualTo(2);
  }

  @Test
  void helpEndsWithZero() {
    assertThat(run("--help")).isZero();
    assertThat(said.toString()).contains("enrol");
  }

  private int run(String... args) {
    return AgentMain.run(
        args,
        new PrintWriter(said, true),
        new PrintWriter(complained, true),
        new CountDownLatch(0));
  }

  private static String golden(String name) throws IOException {
    try (InputStream in = AgentMainTest.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
