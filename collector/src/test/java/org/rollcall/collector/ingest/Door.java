package org.rollcall.collector.ingest;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.database.RegisterHome;
import org.rollcall.collector.identity.Agents;
import org.rollcall.collector.identity.Redemption;
import org.rollcall.collector.identity.ServerIdentity;
import org.rollcall.collector.intake.Capacity;
import org.rollcall.collector.intake.Intake;
import org.rollcall.collector.store.MemoryStore;
import org.rollcall.collector.store.ObservationStore;
import org.rollcall.protocol.AgentKey;
import org.rollcall.protocol.AgentToken;

/** The MQTT door with everything real behind it except the store, which is in memory. */
final class Door implements AutoCloseable {
  final MemoryStore memory = new MemoryStore();
  final Database database;
  final Agents agents;
  final ServerIdentity identity;
  final Intake intake;
  final MqttIngest ingest;

  Door(Path folder) throws IOException {
    this(RegisterHome.SQLITE, folder);
  }

  Door(RegisterHome home, Path folder) throws IOException {
    this(
        home,
        folder,
        new MqttSettings.Limits(15_000, 0, 15_000, Duration.ofMinutes(1), Duration.ofMinutes(10)),
        null);
  }

  Door(Path folder, MqttSettings.Limits limits) throws IOException {
    this(RegisterHome.SQLITE, folder, limits, null);
  }

  /**
   * @param other a store to use instead of the one in memory, or null
   */
  Door(RegisterHome home, Path folder, MqttSettings.Limits limits, @Nullable ObservationStore other)
      throws IOException {
    database = home.open(folder);
    addSchool(database.jdbi(), "00701", "旗城第一小学");
    agents = new Agents(database.jdbi(), Clock.systemUTC(), new SecureRandom());
    identity = ServerIdentity.open(folder, List.of("localhost", "127.0.0.1"), Clock.systemUTC());
    intake =
        new Intake(other == null ? memory : other, List.of(), Clock.systemUTC(), Capacity.DEFAULT);
    ingest =
        new MqttIngest(
            new MqttSettings(
                new MqttSettings.Tls("127.0.0.1", 0),
                new MqttSettings.Plain(true, "127.0.0.1", 0),
                limits),
            identity,
            agents,
            intake,
            Clock.systemUTC());
    intake.start();
    ingest.start();
  }

  static void addSchool(Jdbi jdbi, String code, String name) {
    jdbi.useTransaction(
        handle -> {
          handle.execute(
              "INSERT INTO region (code, name, name_en, level)"
                  + " VALUES ('460000', '海南省', 'Hainan', 'PROVINCE') ON CONFLICT DO NOTHING");
          handle.execute(
              "INSERT INTO school (code, name, name_en, region, stage, tier, ownership, setting,"
                  + " students, teachers, classes)"
                  + " VALUES (?, ?, 'School', '460000', 'PRIMARY', 'A', 'PUBLIC', 'TOWN', 1, 1, 1)",
              code,
              name);
        });
  }

  /** A new agent of the school. */
  AgentKey enrolled() {
    AgentKey key = AgentKey.generate();
    String code = agents.issueCode("00701", Duration.ofHours(1));
    Redemption done = agents.redeem(code, key.publicKey(), AgentToken.issue(key, Instant.now()));
    if (!(done instanceof Redemption.Enrolled)) {
      throw new AssertionError("not enrolled: " + done);
    }
    return key;
  }

  @Override
  public void close() {
    ingest.close();
    intake.close();
    database.close();
  }
}
