package org.rollcall.simulator.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.agent.enrolment.AgentIdentity;
import org.rollcall.agent.enrolment.Enrolment;
import org.rollcall.agent.enrolment.IdentityFolder;
import org.rollcall.agent.uplink.NetworkThreads;
import org.rollcall.collector.store.questdb.QuestDbStore;
import org.rollcall.protocol.AgentKey;
import org.rollcall.protocol.EnrolmentCode;
import org.rollcall.protocol.v1.Observation;
import org.rollcall.simulator.district.District;
import org.rollcall.simulator.district.RegisterFiles;
import org.rollcall.simulator.server.Child;
import org.rollcall.simulator.server.ServerFolder;
import org.rollcall.simulator.server.ServerFolder.Command;

/**
 * kill -9 of the server and of agents under load: whatever an agent's spool took is in the store
 * exactly once.
 */
class KillIT {
  private static final List<String> FLAGS = List.of("-Xmx512m");
  private static final int SCHOOLS = 3;
  private static final int ENOUGH = 20_000;
  private static final Duration LIMIT = Duration.ofMinutes(8);

  @TempDir private Path folder;
  private final District district = District.of(3, SCHOOLS);
  private final List<Child> agents = new ArrayList<>();
  private ServerFolder place = new ServerFolder(Path.of(""), 0, 0, 0);
  private Child server;

  @BeforeEach
  void serverWithEnrolledAgents() throws Exception {
    place = new ServerFolder(folder, ServerFolder.freePort(), ServerFolder.freePort(), 0);
    place.write();
    RegisterFiles.write(district, List.of(), folder, LocalDate.of(2026, 3, 1));
    List<List<String>> answers =
        place.commands(
            List.of(
                Command.of("import", "regions", folder.resolve("regions.csv").toString()),
                Command.of("import", "schools", folder.resolve("schools.csv").toString()),
                Command.of("agents", "code", "--region", District.ROOT)));
    server = place.startAndAwait(FLAGS);
    try (NetworkThreads network = new NetworkThreads(1)) {
      network.start();
      Enrolment enrolment = new Enrolment(network, Clock.systemUTC(), true);
      for (String line : answers.get(2)) {
        if (line.contains(",RC1-")) {
          String[] cells = line.split(",", 2);
          AgentKey key = AgentKey.generate();
          AgentIdentity identity = enrolment.enrol(EnrolmentCode.parse(cells[1]), key);
          assertThat(identity.school()).isEqualTo(cells[0]);
          Files.createDirectories(data(cells[0]));
          new IdentityFolder(data(cells[0])).keep(identity, key);
        }
      }
    }
  }

  @AfterEach
  void endAll() {
    agents.forEach(Child::close);
    server.close();
  }

  @Test
  void whatSpoolsTookIsStoredOnceThoughTheServerIsKilled() throws Exception {
    district.schools().forEach(school -> agents.add(startAgent(school.code())));
    for (int kill = 1; kill <= 3; kill++) {
      int lines = kill * ENOUGH / 5;
      String first = district.schools().get(0).code();
      await().atMost(LIMIT).until(() -> journal(first).size() >= lines);
      server.kill();
      server = place.startAndAwait(FLAGS);
    }
    drainAndCompare();
  }

  @Test
  void whatSpoolsTookIsStoredOnceThoughAgentsAndServerAreKilled() throws Exception {
    district.schools().forEach(school -> agents.add(startAgent(school.code())));
    for (int kill = 1; kill <= 3; kill++) {
      int lines = kill * ENOUGH / 5;
      for (int i = 0; i < SCHOOLS; i++) {
        String code = district.schools().get(i).code();
        await().atMost(LIMIT).until(() -> journal(code).size() >= lines);
        agents.get(i).kill();
        if (i == kill - 1) {
          server.kill();
          server = place.startAndAwait(FLAGS);
        }
        agents.set(i, startAgent(code));
      }
    }
    drainAndCompare();
  }

  private void drainAndCompare() throws Exception {
    for (Child agent : agents) {
      agent.awaitReady(LIMIT);
    }
    agents.forEach(Child::close);
    server.close();
    try (QuestDbStore store = new QuestDbStore(place.data().resolve("observations"), false)) {
      store.start();
      store.settle();
      for (var school : district.schools()) {
        Map<String, Integer> stored = stored(store, school.code());
        assertThat(stored.values()).as("stored twice").allMatch(times -> times == 1);
        List<String> spooled = journal(school.code());
        assertThat(spooled).hasSizeGreaterThanOrEqualTo(ENOUGH);
        assertThat(spooled).as("lost").allMatch(stored::containsKey);
      }
    }
  }

  private static Map<String, Integer> stored(QuestDbStore store, String school) {
    Map<String, Integer> stored = new HashMap<>();
    Instant now = Instant.now();
    store.visit(
        school,
        now.minus(Duration.ofDays(1)),
        now.plus(Duration.ofDays(1)),
        (code, seen) -> stored.merge(keyOf(seen), 1, Integer::sum));
    return stored;
  }

  private static String keyOf(Observation seen) {
    return seen.getSubject() + " " + seen.getTimeMillis();
  }

  private Child startAgent(String school) {
    return Child.start(
        "agent",
        List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
        JournalingAgentMain.class.getName(),
        List.of(data(school).toString(), String.valueOf(ENOUGH)),
        folder.resolve("agent-" + school + ".log"),
        line -> line.equals(JournalingAgentMain.DRAINED));
  }

  private Path data(String school) {
    return folder.resolve("agent-" + school);
  }

  /** Whole lines of what the agent says its spool took. */
  private List<String> journal(String school) throws IOException {
    Path file = data(school).resolve(JournalingAgentMain.JOURNAL);
    if (!Files.exists(file)) {
      return List.of();
    }
    String text = Files.readString(file, StandardCharsets.UTF_8);
    return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
  }
}
