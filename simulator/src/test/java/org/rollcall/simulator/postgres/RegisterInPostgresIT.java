package org.rollcall.simulator.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.parts.postgres.PostgresServer;
import org.rollcall.protocol.v1.Observation;
import org.rollcall.protocol.v1.Report;
import org.rollcall.simulator.server.Child;
import org.rollcall.simulator.server.ServerFolder;
import org.rollcall.simulator.server.ServerFolder.Command;

/**
 * Servers as they are shipped, filled from the example files by the shipped commands, with reports
 * from mosquitto's client: one on SQLite, one on PostgreSQL.
 */
class RegisterInPostgresIT {
  private static final Pattern WORD = Pattern.compile("[^\\s,]+");
  private static final List<String> FLAGS = List.of("-Xmx512m");
  private static final Path EXAMPLES =
      Path.of(System.getProperty("rollcall.root", "..")).resolve("config/examples");
  private static final String SCHOOL = "2144990001";
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int DAYS = 5;

  @TempDir private Path folder;
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Child> servers = new ArrayList<>();
  private PostgresServer postgres = PostgresServer.start(true);

  /** A server's place and a login for its first school. */
  private record Place(ServerFolder folder, String user, String password) {}

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

  private Place filledPlace(String name, boolean inPostgres) throws Exception {
    ServerFolder place = emptyPlace(name, inPostgres);
    List<Command> commands = new ArrayList<>();
    for (String what : List.of("regions", "schools", "classes", "devices", "lines", "declared")) {
      commands.add(Command.of("import", what, EXAMPLES.resolve(what + ".csv").toString()));
    }
    commands.add(Command.of("agents", "add-foreign", "--school", SCHOOL));
    List<List<String>> said = place.commands(commands);
    String user = "";
    String password = "";
    for (String line : said.get(said.size() - 1)) {
      for (String word : WORD.matcher(line).results().map(MatchResult::group).toList()) {
        if (word.startsWith("f-")) {
          user = word;
        } else if (!user.isEmpty() && password.isEmpty() && word.length() >= 24) {
          password = word;
        }
      }
    }
    return new Place(place, user, password);
  }

  private Child start(ServerFolder place) throws InterruptedException {
    Child server = place.startAndAwait(FLAGS);
    servers.add(server);
    return server;
  }

  /** The last days with lessons before today, oldest first. */
  private static List<LocalDate> days() {
    List<LocalDate> days = new ArrayList<>();
    for (LocalDate day = LocalDate.now(ZONE).minusDays(1); days.size() < DAYS; ) {
      if (day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY) {
        days.add(0, day);
      }
      day = day.minusDays(1);
    }
    return days;
  }

  /** A day of lessons, a look every ten minutes. */
  private static Report report(LocalDate day) {
    Report.Builder report = Report.newBuilder();
    for (LocalTime at = LocalTime.of(8, 0);
        at.isBefore(LocalTime.of(16, 50));
        at = at.plusMinutes(10)) {
      long millis = day.atTime(at).atZone(ZONE).toInstant().toEpochMilli();
      report
          .addObservations(
              Observation.newBuilder()
                  .setSubject("link:wan")
                  .setTimeMillis(millis)
                  .putMeasures("up", 1)
                  .putMeasures("speedBitsPerSecond", 1e9)
                  .putMeasures("inBitsPerSecond", 2.5e7)
                  .putMeasures("outBitsPerSecond", 1e6)
                  .putMeasures("intervalSeconds", 600))
          .addObservations(
              Observation.newBuilder()
                  .setSubject("reach:internet")
                  .setTimeMillis(millis)
                  .putMeasures("up", 1)
                  .putMeasures("connectMillis", 3));
    }
    return report.build();
  }

  private void publish(Place place, LocalDate day) throws Exception {
    Path file = Files.write(folder.resolve("report.bin"), report(day).toByteArray());
    Process client =
        new ProcessBuilder(
                "mosquitto_pub",
                "-h",
                "127.0.0.1",
                "-p",
                String.valueOf(place.folder().plainPort()),
                "-V",
                "5",
                "-d",
                "-u",
                place.user(),
                "-P",
                place.password(),
                "-q",
                "1",
                "-t",
                "rollcall/v1/" + place.user() + "/report",
                "-f",
                file.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(client.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(said).contains("received PUBACK (Mid: 1, RC:0)");
  }

  private HttpResponse<String> get(Place place, String path) {
    try {
      return http.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + place.folder().httpPort() + path))
              .timeout(PATIENCE)
              .build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException("No answer to " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private String body(Place place, String path) {
    HttpResponse<String> answer = get(place, path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  /** What a server says of every school, by profile, on the last day there were reports of. */
  private Map<String, String> verdicts(Place place) {
    Map<String, String> all = new TreeMap<>();
    LocalDate last = days().get(DAYS - 1);
    for (String profile : List.of("GD-2010-18", "MOE-2019-CONNECT", "MOE-2017-6-L7")) {
      for (String school : List.of(SCHOOL, "2144990002")) {
        for (String at : List.of("", "&at=" + last)) {
          String path = "/api/v1/schools/" + school + "/verdicts?profile=" + profile + at;
          all.put(path, body(place, path));
        }
      }
      String region = "/api/v1/regions/440307/summary?profile=" + profile;
      all.put(region, body(place, region));
    }
    all.put("/schools", body(place, "/api/v1/schools?region=440307&size=50"));
    all.put("/schools?q", body(place, "/api/v1/schools?q=EXAMPLE%20ping"));
    return all;
  }

  private boolean isMeasured(Place place) {
    return body(place, "/api/v1/schools/" + SCHOOL + "/verdicts").contains("\"MEASURED\"");
  }

  @Test
  void bothAnswerTheSameBytesAndSoDoesARegisterThatWasMoved() throws Exception {
    Place sqlite = filledPlace("sqlite", false);
    Place other = filledPlace("postgres", true);
    List<Child> both = List.of(start(sqlite.folder()), start(other.folder()));
    for (LocalDate day : days()) {
      publish(sqlite, day);
      publish(other, day);
    }
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(isMeasured(sqlite)).isTrue();
              assertThat(verdicts(other)).isEqualTo(verdicts(sqlite));
            });
    Map<String, String> said = verdicts(sqlite);
    assertThat(said.get("/schools?q")).contains("示例平湖小学");
    both.forEach(Child::close);
    movedItAnswersTheSame(sqlite, said);
  }

  /** From SQLite into a second database, whose server then answers. */
  private void movedItAnswersTheSame(Place sqlite, Map<String, String> said) throws Exception {
    postgres.sql("postgres", "CREATE DATABASE moved OWNER " + PostgresServer.USER);
    String url = postgres.url("moved");
    String[] move = {
      "move-register",
      "--to",
      url,
      "--user",
      PostgresServer.USER,
      "--password-file",
      folder.resolve("password").toString()
    };
    Child running = start(sqlite.folder());
    assertThatThrownBy(() -> sqlite.folder().command(move))
        .hasMessageContaining("in use by a running server");
    running.close();
    assertThat(sqlite.folder().command(move))
        .anyMatch(line -> line.startsWith("school_day "))
        .anyMatch(line -> line.contains("counts and digests are the same"));
    Files.writeString(
        sqlite.folder().config(),
        "register: {url: '%s', user: %s, password: 'file:../password'}%n"
            .formatted(url, PostgresServer.USER),
        StandardOpenOption.APPEND);
    Files.delete(sqlite.folder().data().resolve("register.sqlite"));
    start(sqlite.folder());
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(verdicts(sqlite)).isEqualTo(said));
  }

  /** One line for mosquitto's client: a report as JSON. */
  private static String line(LocalDate day) throws IOException {
    return JsonFormat.printer().omittingInsignificantWhitespace().print(report(day)) + "\n";
  }

  /** A client that stays connected and publishes each line it is given. */
  private Process connected(Place place, Path said) throws IOException {
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

  private static void say(Process client, LocalDate day) throws IOException {
    client.getOutputStream().write(line(day).getBytes(StandardCharsets.UTF_8));
    client.getOutputStream().flush();
  }

  @Test
  void theServerTakesReportsWhilePostgresqlIsDeadAndJudgesThemWhenItIsBack() throws Exception {
    Place place = filledPlace("killed", true);
    Child server = start(place.folder());
    Path said = folder.resolve("client.txt");
    Process client = connected(place, said);
    try {
      say(client, days().get(0));
      await().atMost(PATIENCE).until(() -> isMeasured(place));
      String verdicts = "/api/v1/schools/" + SCHOOL + "/verdicts";
      String before = body(place, verdicts);

      postgres.kill();
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                HttpResponse<String> ready = get(place, "/readyz");
                assertThat(ready.statusCode()).isEqualTo(503);
                assertThat(ready.body()).contains("register").contains("DOWN");
              });
      HttpResponse<String> school = get(place, "/api/v1/schools/" + SCHOOL);
      assertThat(school.statusCode()).isEqualTo(503);
      assertThat(school.body()).contains("register-unavailable");
      for (LocalDate day : days().subList(1, DAYS)) {
        say(client, day);
      }
      await()
          .atMost(PATIENCE)
          .until(() -> Files.readString(said).contains("received PUBACK (Mid: " + DAYS));

      postgres.startAgain();
      await().atMost(PATIENCE).until(() -> get(place, "/readyz").statusCode() == 200);
      await().atMost(PATIENCE).until(() -> !body(place, verdicts).equals(before));
      assertThat(server.isAlive()).isTrue();
      assertThat(Files.readString(place.folder().folder().resolve("server.log")))
          .doesNotContain(PostgresServer.PASSWORD);
    } finally {
      client.destroy();
    }
  }
}
