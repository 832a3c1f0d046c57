package org.rollcall.simulator.moving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.rollcall.simulator.moving.ExamplePlace.PATIENCE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.collector.audit.AuditEntry;
import org.rollcall.collector.audit.AuditLog;
import org.rollcall.collector.database.Database;
import org.rollcall.collector.database.DatabaseSettings;
import org.rollcall.parts.influx.InfluxServer;
import org.rollcall.parts.postgres.PostgresServer;
import org.rollcall.simulator.server.Child;
import org.rollcall.simulator.server.ServerFolder;

/**
 * A district moves house: from SQLite and QuestDB to PostgreSQL and InfluxDB and back, by commands
 * that are killed on the way, and by backups. Whoever asks hears the same everywhere.
 */
class MovingIT {
  private static final List<String> FLAGS = List.of("-Xmx512m");

  @TempDir private Path folder;
  private final List<Child> children = new ArrayList<>();
  private PostgresServer postgres = PostgresServer.start(true);
  private InfluxServer influx;

  @BeforeEach
  void startInflux() throws IOException, InterruptedException {
    influx = InfluxServer.start(folder.resolve("influx"), InfluxServer.Options.USUAL);
    Files.writeString(folder.resolve("password"), PostgresServer.PASSWORD + "\n");
  }

  @AfterEach
  void endAll() {
    children.forEach(Child::close);
    postgres.close();
    influx.close();
  }

  private ServerFolder place(String name) throws IOException {
    ServerFolder place =
        new ServerFolder(
            Files.createDirectory(folder.resolve(name)),
            ServerFolder.freePort(),
            ServerFolder.freePort(),
            ServerFolder.freePort());
    settings(place, "questdb", "", "rollcall");
    return place;
  }

  /**
   * @param register of PostgreSQL; empty: SQLite
   * @param database of InfluxDB, whether it is in use or not
   */
  private void settings(ServerFolder place, String kind, String register, String database)
      throws IOException {
    place.write(
        "{kind: %s, influx: {url: '%s', database: %s}}".formatted(kind, influx.url(), database));
    if (!register.isEmpty()) {
      Files.writeString(
          place.config(),
          "register: {url: '%s', user: %s, password: 'file:../password'}%n"
              .formatted(postgres.url(register), PostgresServer.USER),
          StandardOpenOption.APPEND);
    }
  }

  private Child start(ServerFolder place) throws InterruptedException {
    Child server = place.startAndAwait(FLAGS);
    children.add(server);
    return server;
  }

  private static void says(ExamplePlace place, Map<String, String> said) {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(place.verdicts()).isEqualTo(said));
  }

  @Test
  void thereAndBackAndByBackupsEverythingSaysTheSame() throws Exception {
    ExamplePlace first = ExamplePlace.fill(place("first"));
    Child server = start(first.folder());
    for (LocalDate day : ExamplePlace.days()) {
      first.publish(day);
    }
    await().atMost(PATIENCE).until(first::isMeasured);
    Map<String, String> said = settled(first);
    List<String> lists = first.lists();
    assertThat(lists.get(1)).contains("示例平湖小学");
    Path backup = folder.resolve("backup-of-files");
    first.folder().command("backup", backup.toString());
    assertThatThrownBy(() -> first.folder().command("move-store", "--to", "influx"))
        .hasMessageContaining("in use by a running server");
    server.close();

    moveAll(first.folder());
    settings(first.folder(), "influx", PostgresServer.DATABASE, "rollcall");
    server = start(first.folder());
    says(first, said);
    assertThat(moves()).containsExactly("register.move", "store.move", "store.move");
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(first.lists()).isEqualTo(lists));
    Path second = folder.resolve("backup-of-servers");
    first.folder().command("backup", second.toString());
    server.close();
    assertThat(first.folder().command("move-store", "--to", "questdb"))
        .anyMatch(line -> line.contains(" 0 of the days carried now"));

    // What was in the files goes to other databases, what was in databases to files.
    postgres.sql("postgres", "CREATE DATABASE restored OWNER " + PostgresServer.USER);
    restored("restored-databases", backup, "influx", "restored", first, said);
    restored("restored-files", second, "questdb", "", first, said);
    assertThatThrownBy(() -> restored("again", backup, "questdb", "restored", first, said))
        .hasMessageContaining("holds something already");
  }

  /** What it says when nothing is judged any more. */
  private static Map<String, String> settled(ExamplePlace place) {
    List<Map<String, String>> last = new ArrayList<>(List.of(place.verdicts()));
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(3))
        .until(
            () -> {
              Map<String, String> now = place.verdicts();
              return now.equals(last.set(0, now));
            });
    return last.get(0);
  }

  private void moveAll(ServerFolder place) throws Exception {
    killedAtTheFirstDay(place);
    assertThat(place.command("move-store", "--to", "influx"))
        .anyMatch(line -> line.contains("on both sides"));
    assertThat(place.command("move-store", "--to", "influx"))
        .anyMatch(line -> line.contains(" 0 of the days carried now"));
    place.command(
        "move-register",
        "--to",
        postgres.url(PostgresServer.DATABASE),
        "--user",
        PostgresServer.USER,
        "--password-file",
        folder.resolve("password").toString());
    Files.delete(place.data().resolve("register.sqlite"));
  }

  /** What the audit log in PostgreSQL says of the moves, newest first. */
  private List<String> moves() {
    DatabaseSettings there =
        new DatabaseSettings(
            postgres.url(PostgresServer.DATABASE), PostgresServer.USER, PostgresServer.PASSWORD, 2);
    try (Database database = Database.open(there, folder.resolve("no-file"))) {
      return new AuditLog(database.jdbi(), Clock.systemUTC())
          .list(new AuditLog.Filter("", ""), 0, 500).entries().stream()
              .map(AuditEntry::action)
              .filter(action -> action.endsWith(".move"))
              .toList();
    }
  }

  private void killedAtTheFirstDay(ServerFolder place) throws Exception {
    Child move =
        Child.start(
            "move-store",
            FLAGS,
            "org.rollcall.web.RollcallMain",
            List.of("move-store", "--to", "influx", "--config", place.config().toString()),
            folder.resolve("move-store.log"),
            line -> line.contains("copied"));
    children.add(move);
    move.awaitReady(PATIENCE);
    move.kill();
    assertThat(influx.query("SELECT count(up) FROM rollcall.raw.link")).contains("\"values\"");
  }

  private void restored(
      String name,
      Path backup,
      String kind,
      String databases,
      ExamplePlace first,
      Map<String, String> said)
      throws Exception {
    ServerFolder place = place(name);
    settings(place, kind, databases, "restored");
    Files.delete(place.data());
    place.command("restore", backup.toString());
    assertThat(Files.exists(place.data().resolve("register.sqlite")))
        .isEqualTo(databases.isEmpty());
    Child server = start(place);
    says(first.in(place), said);
    server.close();
  }
}
