package org.rollcall.collector.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.database.OnBothDatabases;
import org.rollcall.collector.database.RegisterHome;

@OnBothDatabases
class AgentConfigurationsTest {
  @Parameter RegisterHome home = RegisterHome.SQLITE;

  private static final Instant NOW = Instant.parse("2026-11-20T08:00:00Z");

  @TempDir Path folder;
  private Database database;
  private AgentConfigurations configurations;

  @BeforeEach
  void open() {
    database = home.open(folder);
    configurations = new AgentConfigurations(database, () -> NOW);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void theNewestHoldsAndTheHistoryIsKept() {
    assertThat(configurations.current("a-one")).isNull();
    assertThat(configurations.revision()).isZero();
    long first = configurations.set("a-one", "devices: []\n", "wang");
    long other = configurations.set("a-two", "devices: []\n", "wang");
    long second = configurations.set("a-one", "", "li");
    assertThat(List.of(first, other, second)).containsExactly(1L, 2L, 3L);
    assertThat(configurations.current("a-one"))
        .isEqualTo(new AgentConfiguration("a-one", second, "", NOW, "li", null, null));
    assertThat(configurations.history("a-one"))
        .extracting(AgentConfiguration::revision)
        .containsExactly(second, first);
    assertThat(configurations.newerThan(first))
        .extracting(AgentConfiguration::agent)
        .containsExactly("a-two", "a-one");
  }

  @Test
  void whatAnAgentSaysOfARevisionIsKeptWithIt() {
    long first = configurations.set("a-one", "devices: []\n", "wang");
    long second = configurations.set("a-one", "devices: [", "wang");
    configurations.answered("a-one", first, null);
    configurations.answered("a-one", second, "line 1\u001b[31m\nline 2");
    configurations.answered("a-two", first, "not its own");
    assertThat(configurations.history("a-one"))
        .extracting(AgentConfiguration::answered, AgentConfiguration::problem)
        .containsExactly(tuple(NOW, "line 1[31m\nline 2"), tuple(NOW, null));
    configurations.answered("a-one", second, null);
    assertThat(configurations.history("a-one").get(0).problem()).as("it thought better").isNull();
  }

  @Test
  void whatAnotherProcessChangesIsPushed() {
    configurations.set("a-one", "devices: []\n", "wang");
    List<String> told = new CopyOnWriteArrayList<>();
    try (ConfigurationPush push =
            new ConfigurationPush(
                configurations, (agent, message) -> told.add(agent + " " + message.getRevision()));
        Database command = home.open(folder)) {
      push.start();
      AgentConfigurations other = new AgentConfigurations(command, () -> NOW);
      other.set("a-one", "devices: []\n", "li");
      other.set("a-two", "devices: []\n", "li");
      await().untilAsserted(() -> assertThat(told).containsExactly("a-one 2", "a-two 3"));
    }
  }
}
