package org.rollcall.simulator.moving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.parts.postgres.PostgresServer;
import org.rollcall.simulator.server.Child;
import org.rollcall.simulator.server.ServerFolder;

/** A server as it is shipped on PostgreSQL, with reports from mosquitto's client. */
class RegisterInPostgresIT {
  private static final List<String> FLAGS = List.of("-Xmx512m");
  @TempDir private Path folder;
  private final List<Child> servers = new ArrayList<>();
  private PostgresServer postgres = PostgresServer.start(true);

  @BeforeEach
  void passwordFile() throws IOException {
    Files.writeString(folder.resolve("password"), PostgresServer.PASSWORD + "\n");
  }

  @AfterEach
  void endAll() {
    servers.forEach(Child::close);
    postgres.close();
  }

  private ServerFolder emptyPlace(String name, boolean inPostgres) throws IOException {
    ServerFolder place =
        new ServerFolder(
            Files.createDirectory(folder.resolve(name)),
            ServerFolder.freePort(),
            ServerFolder.freePort(),
            ServerFolder.freePort());
    place.write();
    if (inPostgres) {
      usePostgres(place);
    }
    return place;
  }

  private void usePostgres(ServerFolder place) throws IOException {
    Files.writeString(
        place.config(),
        "register: {url: '%s', user: %s, password: 'file:../password'}%n"
            .formatted(postgres.url(PostgresServer.DATABASE), PostgresServer.USER),
        StandardOpenOption.APPEND);
  }

  private Child start(ServerFolder place) throws InterruptedException {
    Child server = place.startAndAwait(FLAGS);
    servers.add(server);
    return server;
  }

  /** One line for mosquitto's client: a report as JSON. */
  private static String line(ExamplePlace place, LocalDate day) throws IOException {
    return JsonFormat.printer().omittingInsignificantWhitespace().print(place.report(day)) + "\n";
  }

  /** A client that stays connected and publishes each line it is given. */
  private Process connected(ExamplePlace place, Path said) throws IOException {
    return new ProcessBuilder(
            "stdbuf",
            "-oL",
            "mosquitto_pub",
            "-h",
            "127.0.0.1",
            "-p",
            String.valueOf(place.folder().plainPort()),
            "-d",
            "-u",
            place.user(),
            "-P",
            place.password(),
            "-q",
            "1",
            "-t",
            "rollcall/v1/" + place.user() + "/report",
            "-l")
        .redirectErrorStream(true)
        .redirectOutput(said.toFile())
        .start();
  }

  private static void say(Process client, ExamplePlace place, LocalDate day) throws IOException {
    client.getOutputStream().write(line(place, day).getBytes(StandardCharsets.UTF_8));
    client.getOutputStream().flush();
  }

  @Test
  void theServerTakesReportsWhilePostgresqlIsDeadAndJudgesThemWhenItIsBack() throws Exception {
    ExamplePlace place = ExamplePlace.fill(emptyPlace("killed", true));
    Child server = start(place.folder());
    Path said = folder.resolve("client.txt");
    Process client = connected(place, said);
    try {
      say(client, place, ExamplePlace.days().get(0));
      await().atMost(ExamplePlace.PATIENCE).until(() -> place.isMeasured());
      String verdicts = "/api/v1/schools/" + ExamplePlace.SCHOOL + "/verdicts";
      String before = place.body(verdicts);

      postgres.kill();
      await()
          .atMost(ExamplePlace.PATIENCE)
          .untilAsserted(
              () -> {
                HttpResponse<String> ready = place.get("/readyz");
                assertThat(ready.statusCode()).isEqualTo(503);
                assertThat(ready.body()).contains("register").contains("DOWN");
              });
      HttpResponse<String> school = place.get("/api/v1/schools/" + ExamplePlace.SCHOOL);
      assertThat(school.statusCode()).isEqualTo(503);
      assertThat(school.body()).contains("register-unavailable");
      for (LocalDate day : ExamplePlace.days().subList(1, ExamplePlace.DAYS)) {
        say(client, place, day);
      }
      await()
          .atMost(ExamplePlace.PATIENCE)
          .until(
              () -> Files.readString(said).contains("received PUBACK (Mid: " + ExamplePlace.DAYS));

      postgres.startAgain();
      await().atMost(ExamplePlace.PATIENCE).until(() -> place.get("/readyz").statusCode() == 200);
      await().atMost(ExamplePlace.PATIENCE).until(() -> !place.body(verdicts).equals(before));
      assertThat(server.isAlive()).isTrue();
      assertThat(Files.readString(place.folder().folder().resolve("server.log")))
          .doesNotContain(PostgresServer.PASSWORD);
    } finally {
      client.destroy();
    }
  }
}
