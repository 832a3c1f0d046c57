package org.rollcall.simulator.moving;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.rollcall.protocol.v1.Observation;
import org.rollcall.protocol.v1.Report;
import org.rollcall.simulator.server.ServerFolder;
import org.rollcall.simulator.server.ServerFolder.Command;

/**
 * A server's folder, filled from the example files by the shipped commands, and a login for its
 * first school, by which mosquitto's client reports.
 */
record ExamplePlace(ServerFolder folder, String user, String password) {
  static final String SCHOOL = "2144990001";
  static final Duration PATIENCE = Duration.ofMinutes(3);

  /** Days with reports. */
  static final int DAYS = 5;

  private static final Path EXAMPLES =
      Path.of(System.getProperty("rollcall.root", "..")).resolve("config/examples");
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final Pattern WORD = Pattern.compile("[^\\s,]+");
  private static final Pattern NEWS =
      Pattern.compile("\"(state|lastSeen)\":(\"[^\"]*\"|null)|\\d{4}-\\d\\d-\\d\\d");
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** Fills a folder whose settings are written. */
  static ExamplePlace fill(ServerFolder folder) throws Exception {
    List<Command> commands = new ArrayList<>();
    for (String what : List.of("regions", "schools", "classes", "devices", "lines", "declared")) {
      commands.add(Command.of("import", what, EXAMPLES.resolve(what + ".csv").toString()));
    }
    commands.add(Command.of("agents", "add-foreign", "--school", SCHOOL));
    List<List<String>> said = folder.commands(commands);
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
    return new ExamplePlace(folder, user, password);
  }

  /** The same, seen through another folder that holds its data. */
  ExamplePlace in(ServerFolder other) {
    return new ExamplePlace(other, user, password);
  }

  /** The last days with lessons before today, oldest first. */
  static List<LocalDate> days() {
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
  Report report(LocalDate day) {
    Report.Builder report = Report.newBuilder().setAgent(user);
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

  /** Reports a day and waits for its acknowledgement. */
  void publish(LocalDate day) throws Exception {
    Path file = Files.write(folder.folder().resolve("report.bin"), report(day).toByteArray());
    Process client =
        new ProcessBuilder(
                "mosquitto_pub",
                "-h",
                "127.0.0.1",
                "-p",
                String.valueOf(folder.plainPort()),
                "-V",
                "5",
                "-d",
                "-u",
                user,
                "-P",
                password,
                "-q",
                "1",
                "-t",
                "rollcall/v1/" + user + "/report",
                "-f",
                file.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(client.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(said).contains("received PUBACK (Mid: 1, RC:0)");
  }

  HttpResponse<String> get(String path) {
    try {
      return HTTP.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + folder.httpPort() + path))
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

  String body(String path) {
    HttpResponse<String> answer = get(path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  /** What the server says of schools and their county on the last day there were reports of. */
  Map<String, String> verdicts() {
    Map<String, String> all = new TreeMap<>();
    String at = "&at=" + days().get(DAYS - 1);
    for (String profile : List.of("GD-2010-18", "MOE-2019-CONNECT", "MOE-2017-6-L7")) {
      for (String place : List.of("schools/" + SCHOOL, "schools/2144990002")) {
        String path = "/api/v1/" + place + "/verdicts?profile=" + profile + at;
        all.put(path, body(path));
      }
      String region = "/api/v1/regions/440307/summary?profile=" + profile + at;
      all.put(region, body(region));
    }
    return all;
  }

  /** The list of schools, and what a search finds, without what depends on the time. */
  List<String> lists() {
    return List.of(
        NEWS.matcher(body("/api/v1/schools?region=440307&size=50")).replaceAll(""),
        NEWS.matcher(body("/api/v1/schools?q=EXAMPLE%20ping")).replaceAll(""));
  }

  /** Whether the verdict on the line, on the last day with reports, comes from them already. */
  boolean isMeasured() {
    return body("/api/v1/schools/" + SCHOOL + "/verdicts?at=" + days().get(DAYS - 1))
        .contains("network-unknown-no-anchor");
  }
}
