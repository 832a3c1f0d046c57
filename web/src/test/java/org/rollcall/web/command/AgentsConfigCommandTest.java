package org.rollcall.web.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.collector.Collector;
import org.rollcall.collector.configuration.AgentConfiguration;
import org.rollcall.collector.configuration.AgentConfigurations;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.identity.Agents;
import org.rollcall.protocol.AgentKey;
import org.rollcall.protocol.AgentToken;

class AgentsConfigCommandTest {
  private static final Path EXAMPLES =
      Path.of(System.getProperty("rollcall.root"), "config", "examples");
  private static final String SCHOOL = "2144990001";

  @TempDir Path folder;
  private Path config;
  private String agent;
  private String foreign;

  @BeforeEach
  void enrol() throws IOException {
    config = folder.resolve("server.yaml");
    Files.writeString(config, "data: data\ncalendar: calendars\ntargets: targets\n");
    for (String kind : new String[] {"schools", "classes", "devices"}) {
      String file = EXAMPLES.resolve(kind + ".csv").toString();
      assertThat(Commands.run("import", kind, file, "--config", config.toString())).isZero();
    }
    AgentKey key = AgentKey.generate();
    agent = key.agentId();
    try (Database database = open()) {
      Agents agents = new Agents(database.jdbi(), Clock.systemUTC(), new SecureRandom());
      agents.redeem(
          agents.issueCode(SCHOOL, Duration.ofHours(1)),
          key.publicKey(),
          AgentToken.issue(key, Instant.now()));
      foreign = agents.addForeign(SCHOOL).userName();
    }
  }

  private Database open() {
    return Database.open(Collector.registerFile(folder.resolve("data")));
  }

  private int run(String of, String... option) {
    String[] line = new String[5 + option.length];
    line[0] = "agents";
    line[1] = "config";
    line[2] = of;
    line[3] = "--config";
    line[4] = config.toString();
    System.arraycopy(option, 0, line, 5, option.length);
    return Commands.run(line);
  }

  private AgentConfiguration current() {
    try (Database database = open()) {
      AgentConfiguration current =
          new AgentConfigurations(database, Clock.systemUTC()).current(agent);
      if (current == null) {
        throw new AssertionError("nothing was set");
      }
      return current;
    }
  }

  @Test
  void theRegistersDevicesAreSetAndTakenBack() {
    assertThat(run(agent)).isZero();
    assertThat(run(agent, "--from-register")).isZero();
    assertThat(current().yaml())
        .startsWith("devices:\n")
        .contains("subject: \"link:wan\"", "ifName: \"GE0/0/1\"", "subject: \"terminal:一(1)\"");
    assertThat(current().setBy()).isNotBlank();
    assertThat(run(agent, "--show")).isZero();
    assertThat(run(agent, "--clear")).isZero();
    assertThat(current().yaml()).isEmpty();
    assertThat(current().revision()).isEqualTo(2);
    assertThat(run(agent)).isZero();
  }

  @Test
  void aFileIsCheckedBeforeItIsSet() throws IOException {
    Path file = folder.resolve("pushed.yaml");
    Files.writeString(file, "uplink: {tls: false}\n");
    assertThat(run(agent, "--file", file.toString())).isEqualTo(1);
    Files.writeString(file, "devices: []\n");
    assertThat(run(agent, "--file", file.toString())).isZero();
    assertThat(current().yaml()).isEqualTo("devices: []\n");
    assertThat(run(agent, "--file", folder.resolve("none").toString())).isEqualTo(1);
  }

  @Test
  void onlyAnAgentOfOursTakesOne() {
    assertThat(run("a-nobody", "--clear")).isEqualTo(1);
    assertThat(run(foreign, "--clear")).isEqualTo(1);
    assertThat(run(agent, "--clear", "--from-register")).isEqualTo(2);
    assertThat(Commands.run("agents", "revoke", agent, "--config", config.toString())).isZero();
    assertThat(run(agent, "--clear")).isEqualTo(1);
  }

  @Test
  void aHeldAgentIsListedAndReleased() {
    String[] release = {"agents", "release", agent, "--config", config.toString()};
    assertThat(Commands.run(release)).as("not held").isEqualTo(1);
    try (Database database = open()) {
      new Agents(database.jdbi(), Clock.systemUTC(), new SecureRandom())
          .hold(agent, "/10.1.0.9:5 /10.2.0.9:6");
    }
    assertThat(Commands.run("agents", "list", "--config", config.toString())).isZero();
    assertThat(Commands.run(release)).isZero();
    try (Database database = open()) {
      assertThat(
              new Agents(database.jdbi(), Clock.systemUTC(), new SecureRandom())
                  .list().stream().filter(entry -> entry.held() != null))
          .isEmpty();
    }
  }
}
