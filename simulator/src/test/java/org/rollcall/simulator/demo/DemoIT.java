package org.rollcall.simulator.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.simulator.SimulatorMain;
import org.rollcall.simulator.server.ServerFolder;
import org.rollcall.web.RollcallMain;

/** The demo as a person starts it, and the two ways it ends. */
class DemoIT {
  private static final Duration TIME_TO_BE_READY = Duration.ofMinutes(8);

  private static final Duration TIME_TO_END = Duration.ofMinutes(1);

  @TempDir private Path folder;
  private final List<ProcessHandle> started = new ArrayList<>();

  @AfterEach
  void killWhatIsLeft() throws Exception {
    List<ProcessHandle> left =
        started.stream().flatMap(p -> Stream.concat(Stream.of(p), p.descendants())).toList();
    left.forEach(ProcessHandle::destroyForcibly);
    // They write into the folder until they have ended.
    for (ProcessHandle process : left) {
      process.onExit().get(60, TimeUnit.SECONDS);
    }
  }

  @Test
  void aDistrictShowsEveryVerdictForBothTargetsAndEndsCleanly() throws Exception {
    int port = ServerFolder.freePort();
    Process demo = start(port, "--schools", "26", "--days", "20");
    assertThat(output())
        .startsWith("Rollcall is ready: http://127.0.0.1:" + port + "\n")
        .contains("Account: admin", "Account: bureau", "Account: technician", "Account: school");
    String summary = get(port, "/api/v1/regions/440307/summary");
    for (String target : List.of("XXT", "BBT")) {
      assertThat(sum(summary, target, "met")).as(target + " met").isPositive();
      assertThat(sum(summary, target, "notMet")).as(target + " notMet").isPositive();
      assertThat(sum(summary, target, "insufficient")).as(target + " insufficient").isPositive();
    }
    assertThat(get(port, "/api/v1/schools?size=50")).contains("\"total\":26");

    assertThat(get(port, "/api/v1/regions/440307/sheet"))
        .contains("\"mark\":\"PRESENT\"", "\"mark\":\"NO_DATA\"", "\"mark\":\"DISPUTED\"");

    proofsHoldInAnotherProcess(port);

    List<ProcessHandle> all = family(demo);
    demo.destroy();
    assertThat(demo.waitFor(2, TimeUnit.MINUTES)).isTrue();
    await().atMost(TIME_TO_END).until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
    try (Stream<Path> left = Files.list(folder.resolve("tmp"))) {
      assertThat(left).isEmpty();
    }
  }

  /** Real agents' reports, over TLS; checked by a process that has no network and no data. */
  private void proofsHoldInAnotherProcess(int port) throws Exception {
    Path proof = folder.resolve("proof.zip");
    HttpResponse<Path> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/api/v1/schools/0144307001/proof"))
                    .build(),
                HttpResponse.BodyHandlers.ofFile(proof));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-type")).contains("application/zip");
    Process good = verify(proof);
    assertThat(good.exitValue()).as(read(folder.resolve("verified"))).isZero();
    assertThat(read(folder.resolve("verified")))
        .contains("The proof holds", "XXT-A", "BBT-A")
        .doesNotContain("\u2718");

    byte[] changed = Files.readAllBytes(proof);
    changed[changed.length / 2] ^= 1;
    Files.write(proof, changed);
    assertThat(verify(proof).exitValue()).isEqualTo(1);
    assertThat(read(folder.resolve("verified")))
        .contains("The proof does not hold: The file is unchanged");
  }

  private Process verify(Path proof) throws Exception {
    Process process =
        new ProcessBuilder(
                "unshare",
                "-n",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dstdout.encoding=UTF-8",
                "-Djava.io.tmpdir=" + folder.resolve("tmp"),
                "-cp",
                System.getProperty("java.class.path"),
                RollcallMain.class.getName(),
                "verify",
                "--lang",
                "en",
                proof.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("verified").toFile())
            .start();
    started.add(process.toHandle());
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    return process;
  }

  @Test
  void theServerGoesWithADemoThatWasKilled() throws Exception {
    Path data = folder.resolve("data");
    Process demo =
        start(ServerFolder.freePort(), "--schools", "1", "--days", "1", "--data", data.toString());
    List<ProcessHandle> children = demo.descendants().toList();
    assertThat(children).isNotEmpty();
    demo.destroyForcibly();
    await()
        .atMost(TIME_TO_END)
        .untilAsserted(() -> assertThat(children).noneMatch(ProcessHandle::isAlive));
    assertThat(data.resolve("server.yaml")).exists();
  }

  @Test
  void aPortThatIsTakenIsNamed() throws Exception {
    try (var taken = new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      Process demo = run("--http-port", String.valueOf(taken.getLocalPort()));
      assertThat(demo.waitFor(2, TimeUnit.MINUTES)).isTrue();
      assertThat(demo.exitValue()).isEqualTo(1);
      assertThat(Files.readString(folder.resolve("err")))
          .contains("Port " + taken.getLocalPort() + " is taken", "--http-port");
    }
  }

  /** Starts a demo and waits for its ready line. */
  private Process start(int port, String... more) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--http-port",
                String.valueOf(port),
                "--mqtt-port",
                String.valueOf(ServerFolder.freePort())));
    arguments.addAll(List.of(more));
    Process demo = run(arguments.toArray(new String[0]));
    await()
        .atMost(TIME_TO_BE_READY)
        .pollInterval(Duration.ofMillis(250))
        .until(() -> output().contains("Account: school") || !demo.isAlive());
    assertThat(demo.isAlive())
        .as(() -> "the demo ended early: " + read(folder.resolve("err")))
        .isTrue();
    started.addAll(family(demo));
    return demo;
  }

  private Process run(String... arguments) throws IOException {
    Files.createDirectories(folder.resolve("tmp"));
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-Djava.io.tmpdir=" + folder.resolve("tmp"),
                "-Drollcall.root=" + System.getProperty("rollcall.root"),
                "-cp",
                System.getProperty("java.class.path"),
                SimulatorMain.class.getName(),
                "demo"));
    command.addAll(List.of(arguments));
    Process demo =
        new ProcessBuilder(command)
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile())
            .start();
    started.add(demo.toHandle());
    return demo;
  }

  private static List<ProcessHandle> family(Process demo) {
    return Stream.concat(Stream.of(demo.toHandle()), demo.descendants()).toList();
  }

  private String output() {
    return read(folder.resolve("out"));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException notYet) {
      return "";
    }
  }

  private static String get(int port, String path) throws Exception {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body();
  }

  /** The sum of a count over the rules of one target. */
  private static int sum(String summary, String target, String count) {
    return Pattern.compile("\"rule\":\"" + target + "-.\"[^}]*\"" + count + "\":(\\d+)")
        .matcher(summary)
        .results()
        .mapToInt(found -> Integer.parseInt(found.group(1)))
        .sum();
  }
}
