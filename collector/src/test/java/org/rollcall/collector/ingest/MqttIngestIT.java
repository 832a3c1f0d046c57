package org.rollcall.collector.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.collector.identity.AgentEntry;
import org.rollcall.collector.identity.ForeignLogin;
import org.rollcall.collector.identity.ServerIdentity;
import org.rollcall.protocol.Topics;
import org.rollcall.protocol.v1.Observation;

/** Debian's mosquitto clients as foreign agents, over TLS, against the door. */
class MqttIngestIT {
  @TempDir Path folder;
  private Door door;
  private ForeignLogin login;

  @BeforeEach
  void open() throws IOException {
    door = new Door(folder);
    login = door.agents.addForeign("00701");
  }

  @AfterEach
  void close() {
    door.close();
  }

  private record Run(int exit, String output) {}

  private Run mosquitto(String program, String version, String topic, String... more)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(program, "-h", "localhost", "-p", String.valueOf(door.ingest.tlsPort())));
    command.addAll(List.of("--cafile", ServerIdentity.certificateFile(folder).toString()));
    command.addAll(List.of("-V", version, "-u", login.userName(), "-t", topic, "-q", "1", "-d"));
    command.addAll(List.of(more));
    if (!command.contains("-P")) {
      command.addAll(List.of("-P", login.password()));
    }
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Run(process.exitValue(), output);
  }

  private static String json(long timeMillis) {
    return """
        {"observations":[{"subject":"link:wan","timeMillis":"%d",
          "measures":{"up":1,"inBitsPerSecond":2.5e7}}]}"""
        .formatted(timeMillis);
  }

  private List<Observation> stored() {
    return door.memory.range("00701", "link:wan", Instant.EPOCH, Instant.now().plusSeconds(60));
  }

  @Test
  void jsonFromMosquittoIsStoredOverBothVersions() throws IOException, InterruptedException {
    long now = System.currentTimeMillis();
    String topic = Topics.report(login.userName());
    Run five =
        mosquitto(
            "mosquitto_pub",
            "5",
            topic,
            "-m",
            json(now),
            "-D",
            "publish",
            "content-type",
            "application/json");
    Run three = mosquitto("mosquitto_pub", "311", topic, "-m", json(now + 1));

    assertThat(five.exit()).as(five.output()).isZero();
    assertThat(five.output()).contains("received PUBACK (Mid: 1, RC:0)");
    assertThat(three.exit()).as(three.output()).isZero();
    assertThat(stored()).extracting(Observation::getTimeMillis).containsExactly(now, now + 1);
    assertThat(door.intake.counts().stored()).isEqualTo(2);
  }

  @Test
  void aRefusedReportIsAnsweredWithItsCode() throws IOException, InterruptedException {
    String topic = Topics.report(login.userName());
    Run malformed = mosquitto("mosquitto_pub", "5", topic, "-m", "{\"observation\":[]}");
    Run notYours = mosquitto("mosquitto_pub", "5", Topics.report("f-other"), "-m", json(1));
    Run quiet = mosquitto("mosquitto_pub", "311", topic, "-m", "{\"observation\":[]}");

    assertThat(malformed.output()).contains("RC:153");
    assertThat(notYours.output()).contains("RC:135");
    assertThat(quiet.exit()).isZero();
    assertThat(door.intake.counts().rejected())
        .containsEntry("bad-json", 2L)
        .containsEntry("wrong-topic", 1L);
    assertThat(stored()).isEmpty();
  }

  @Test
  void somebodyElsesTopicCannotBeHeard() throws IOException, InterruptedException {
    String topic = Topics.config("a-somebodyelse");
    Run five = mosquitto("mosquitto_sub", "5", topic, "-W", "60");
    Run three = mosquitto("mosquitto_sub", "311", topic, "-W", "60");

    assertThat(five.output()).contains("Subscribed (mid: 1): 135");
    assertThat(three.output()).contains("Subscribed (mid: 1): 128");
    assertThat(door.ingest.counts().subscriptionsRefused()).isEqualTo(2);
  }

  @Test
  void aWrongPasswordIsRefused() throws IOException, InterruptedException {
    String topic = Topics.report(login.userName());
    Run five = mosquitto("mosquitto_pub", "5", topic, "-m", json(1), "-P", "wrong");
    Run three = mosquitto("mosquitto_pub", "311", topic, "-m", json(1), "-P", "wrong");

    assertThat(five.exit()).isNotZero();
    assertThat(five.output()).contains("CONNACK (134)");
    assertThat(three.exit()).isNotZero();
    assertThat(three.output()).contains("CONNACK (4)");
  }

  @Test
  void whoeverConnectedIsSeen() throws IOException, InterruptedException {
    mosquitto("mosquitto_pub", "5", Topics.report(login.userName()), "-m", json(1));
    door.ingest.close();
    assertThat(door.agents.list()).extracting(AgentEntry::lastSeen).doesNotContainNull();
  }
}
