package org.rollcall.agent.pjlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rollcall.agent.probe.Credential;
import org.rollcall.agent.probe.Credentials;
import org.rollcall.agent.probe.DeviceSettings;
import org.rollcall.agent.probe.Probe;
import org.rollcall.protocol.v1.Observation;
import org.slf4j.LoggerFactory;

class PjlinkProbeTest {
  private static final String PASSWORD = "JBMIAProjectorLink";
  private static final String MD5 = "5d8409bc1c3fa39749434aa3a5c38682";
  private static final Bench BENCH = new Bench();

  @AfterAll
  static void stop() {
    BENCH.close();
  }

  /** Answers by command, as a projector of class 2 that is on. */
  private static Map<String, String> on() {
    Map<String, String> answers = new HashMap<>();
    answers.put("POWR", "1");
    answers.put("ERST", "000000");
    answers.put("CLSS", "2");
    answers.put("INF1", "Epson");
    answers.put("INF2", "EB-L200");
    answers.put("LAMP", "1204 1 33 0");
    answers.put("FILT", "77");
    return answers;
  }

  private static void serve(ScriptedProjector.Talk talk, Map<String, String> answers, String end)
      throws IOException {
    for (String line = talk.line(); line != null; line = talk.line()) {
      String head = line.substring(line.length() - 8, line.length() - 2);
      String answer = answers.getOrDefault(head.substring(2), "ERR1");
      talk.say(head + "=" + answer + end);
    }
  }

  private static ScriptedProjector projector(Map<String, String> answers, String end)
      throws IOException {
    return new ScriptedProjector(
        (talk, connection) -> {
          talk.say("PJLINK 0" + end);
          serve(talk, answers, end);
        });
  }

  private static List<String> commands(ScriptedProjector projector) {
    return projector.heard().stream().map(line -> line.substring(line.length() - 8)).toList();
  }

  @ParameterizedTest
  @CsvSource({"'\r'", "'\r\n'", "'\n'", "'\r\n\r\n'"})
  void aProjectorOfClass2IsReadWhateverEndsItsLines(String end) throws IOException {
    try (ScriptedProjector projector = projector(on(), end)) {
      Observation seen = Bench.look(BENCH.probe(projector));
      assertThat(seen.getReason()).isEmpty();
      assertThat(seen.getMeasuresMap())
          .isEqualTo(
              Map.of(
                  "state", 1.0,
                  "up", 1.0,
                  "power", 1.0,
                  "faultBits", 0.0,
                  "lampHours", 1204.0,
                  "lampHours1", 1204.0,
                  "lampHours2", 33.0,
                  "filterHours", 77.0));
      assertThat(commands(projector))
          .containsExactly(
              "%1POWR ?", "%1ERST ?", "%1CLSS ?", "%1INF1 ?", "%1INF2 ?", "%1LAMP ?", "%2FILT ?");
      assertThat(projector.connections()).isEqualTo(1);
    }
  }

  @Test
  void aLookAsksPowerAndFaultsAndTheRestOnceAnHour() throws IOException {
    try (ScriptedProjector projector = projector(on(), "\r")) {
      Probe probe = BENCH.probe(projector);
      Bench.look(probe);
      int first = projector.heard().size();
      Observation second = Bench.look(probe, 1);
      assertThat(second.getMeasuresMap())
          .as("what is known is told with every look")
          .containsEntry("lampHours2", 33.0)
          .containsEntry("filterHours", 77.0);
      Bench.look(probe, 59);
      List<String> looks = commands(projector);
      assertThat(looks.subList(first, looks.size()))
          .containsExactly("%1POWR ?", "%1ERST ?", "%1POWR ?", "%1ERST ?");
      Bench.look(probe, 60);
      looks = commands(projector);
      assertThat(looks.subList(first + 4, looks.size()))
          .as("maker and model do not change")
          .containsExactly("%1POWR ?", "%1ERST ?", "%1LAMP ?", "%2FILT ?");
    }
  }

  @Test
  void aClockSetBackAYearDoesNotKeepItFromAsking() throws IOException {
    try (ScriptedProjector projector = projector(on(), "\r")) {
      Probe probe = BENCH.probe(projector);
      Bench.look(probe);
      Bench.look(probe, -365 * 24 * 60);
      assertThat(commands(projector)).filteredOn("%1LAMP ?"::equals).hasSize(2);
    }
  }

  @Test
  void inStandbyOnlyPowerAndFaultsAreAsked() throws IOException {
    Map<String, String> answers = on();
    answers.put("POWR", "0");
    try (ScriptedProjector projector = projector(answers, "\r")) {
      Observation seen = Bench.look(BENCH.probe(projector));
      assertThat(seen.getMeasuresMap())
          .isEqualTo(Map.of("state", 2.0, "up", 1.0, "power", 0.0, "faultBits", 0.0));
      assertThat(commands(projector)).containsExactly("%1POWR ?", "%1ERST ?");
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 2", "1, 1", "2, 2", "3, 1"})
  void powerIsAState(String power, double state) throws IOException {
    Map<String, String> answers = on();
    answers.put("POWR", power);
    try (ScriptedProjector projector = projector(answers, "\r")) {
      assertThat(Bench.look(BENCH.probe(projector)).getMeasuresMap())
          .containsEntry("state", state)
          .containsEntry("up", 1.0)
          .containsEntry("power", Double.valueOf(power));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "000000, 0, 1",
    "100000, 1, 1",
    "010000, 4, 1",
    "111111, 1365, 1",
    "000001, 1024, 1",
    "002000, 32, 4",
    "222222, 2730, 4"
  })
  void everyPartHasTwoBitsAndAnErrorIsAFault(String digits, double bits, double state)
      throws IOException {
    Map<String, String> answers = on();
    answers.put("ERST", digits);
    try (ScriptedProjector projector = projector(answers, "\r")) {
      Observation seen = Bench.look(BENCH.probe(projector));
      assertThat(seen.getMeasuresMap())
          .containsEntry("faultBits", bits)
          .containsEntry("state", state)
          .containsEntry("up", state == 4 ? 0.0 : 1.0)
          .containsEntry("power", 1.0);
      assertThat(seen.getReason()).isEqualTo(state == 4 ? "fault" : "");
    }
  }

  @ParameterizedTest
  @CsvSource({"1, false", "Class 1, false", "Version1, false", "Class 2, true", "Version2, true"})
  void theClassIsReadFromWhateverWords(String told, boolean class2) throws IOException {
    Map<String, String> answers = on();
    answers.put("CLSS", told);
    try (ScriptedProjector projector = projector(answers, "\r")) {
      Observation seen = Bench.look(BENCH.probe(projector));
      assertThat(seen.containsMeasures("filterHours")).isEqualTo(class2);
      assertThat(commands(projector).contains("%2FILT ?")).isEqualTo(class2);
    }
  }

  @Test
  void aLaserIsNotAskedForItsLampsAgain() throws IOException {
    Map<String, String> answers = on();
    answers.put("LAMP", "ERR1");
    try (ScriptedProjector projector = projector(answers, "\r")) {
      Probe probe = BENCH.probe(projector);
      assertThat(Bench.look(probe).containsMeasures("lampHours")).isFalse();
      Bench.look(probe, 120);
      assertThat(commands(projector)).filteredOn("%1LAMP ?"::equals).hasSize(1);
    }
  }

  @Test
  void eightLampsFit() throws IOException {
    Map<String, String> answers = on();
    answers.put("LAMP", "1 0 2 0 3 0 4 0 5 0 6 0 7 0 99999 1");
    try (ScriptedProjector projector = projector(answers, "\r")) {
      assertThat(Bench.look(BENCH.probe(projector)).getMeasuresMap())
          .containsEntry("lampHours", 99_999.0)
          .containsEntry("lampHours1", 1.0)
          .containsEntry("lampHours8", 99_999.0)
          .hasSizeLessThanOrEqualTo(32);
    }
  }

  private static ScriptedProjector locked(@Nullable String answerToSha256) throws IOException {
    return new ScriptedProjector(
        (talk, connection) -> {
          talk.say("PJLINK 1 498e4a67\r");
          String line = talk.line();
          if ("PJLINK 2".equals(line)) {
            if (answerToSha256 == null) {
              return;
            }
            talk.say(answerToSha256);
            line = talk.line();
          }
          if (line == null) {
            return;
          }
          if (!line.equals(MD5 + "%1POWR ?")) {
            talk.say("PJLINK ERRA\r");
            return;
          }
          talk.say("%1POWR=0\r");
          talk.line();
          talk.say("%1ERST=000000\r");
          talk.untilTheOtherCloses();
        });
  }

  /** The random number, the password and the digest are the specification's own example. */
  @ParameterizedTest
  @CsvSource({"'PJLINK ERRA\r'", "'%1PJLI=ERR1\r'", "'PJLINK 2 xyz\r'", "''", "NULL"})
  void whoDoesNotKnowSha256IsAskedByMd5AndRemembered(String refusal) throws IOException {
    boolean silent = refusal.isEmpty();
    try (ScriptedProjector projector = locked(refusal.equals("NULL") ? null : refusal)) {
      Probe probe = BENCH.probe(projector.address(), PASSWORD, silent ? Bench.SHORT : Bench.LONG);
      assertThat(Bench.look(probe).getMeasuresMap()).containsEntry("state", 2.0);
      assertThat(Bench.look(probe, 1).getMeasuresMap()).containsEntry("state", 2.0);
      assertThat(projector.heard())
          .as("the digest stands before the first command alone")
          .containsExactly("PJLINK 2", MD5 + "%1POWR ?", "%1ERST ?", MD5 + "%1POWR ?", "%1ERST ?");
      assertThat(projector.connections()).isEqualTo(3);
    }
  }

  @Test
  void sha256IsUsedWhereItIsKnown() throws IOException {
    String random = "3db25e10f69c47a85adb24cf361897e0";
    try (ScriptedProjector projector =
        new ScriptedProjector(
            (talk, connection) -> {
              talk.say("PJLINK 1 498e4a67\r");
              talk.line();
              talk.say("PJLINK 2 " + random + "\r");
              talk.line();
              talk.say("%1POWR=0\r");
              talk.line();
              talk.say("%1ERST=000000\r");
              talk.untilTheOtherCloses();
            })) {
      Bench.look(BENCH.probe(projector.address(), PASSWORD, Bench.LONG));
      String first = projector.heard().get(1);
      byte[] own = HexFormat.of().parseHex(first, 0, 32);
      assertThat(first).isEqualTo(Digest.sha256(random, own, PASSWORD) + "%1POWR ?");
      assertThat(first.length()).isLessThan(LineBuffer.LONGEST);
      assertThat(projector.heard().get(2)).isEqualTo("%1ERST ?");
    }
  }

  /** Computed with Python's hashlib, after the specification's words. */
  @Test
  void theDigestsAreTheSpecifications() {
    assertThat(Digest.md5("498e4a67", PASSWORD)).isEqualTo(MD5);
    byte[] own = HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f");
    assertThat(Digest.sha256("3db25e10f69c47a85adb24cf361897e0", own, PASSWORD))
        .isEqualTo(
            "000102030405060708090a0b0c0d0e0f"
                + "28bf025e4482474860fabe65ef1d3b649fbabf08eafc5c3ab0b28a83150f3c9c");
  }

  @ParameterizedTest
  @CsvSource({"'PJLINK ERRA\r'", "'PJLINK=ERRA\r'", "'%1POWR=ERRA\r'", "'pjlink erra\r\n'"})
  void aWrongPasswordIsSaidAndNeverLogged(String refusal) throws IOException {
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    Logger root = (Logger) LoggerFactory.getLogger("org.rollcall.agent.pjlink");
    log.start();
    root.addAppender(log);
    try (ScriptedProjector projector =
        new ScriptedProjector(
            (talk, connection) -> {
              talk.say("PJLINK 1 498e4a67\r");
              String line = talk.line();
              talk.say("PJLINK 2".equals(line) ? "PJLINK ERRA\r" : refusal);
            })) {
      Observation seen = Bench.look(BENCH.probe(projector.address(), "Gu3ssed", Bench.LONG));
      assertThat(seen.getReason()).isEqualTo("wrong-password");
      assertThat(seen.getMeasuresMap()).isEmpty();
      assertThat(log.list.toString() + seen).doesNotContain("Gu3ssed").doesNotContain("498e4a67");
      assertThat(projector.heard().toString()).doesNotContain("Gu3ssed");
    } finally {
      root.detachAppender(log);
    }
  }

  @Test
  void aProjectorThatWantsAPasswordNobodyGaveIsNotAsked() throws IOException {
    try (ScriptedProjector projector = locked("PJLINK ERRA\r")) {
      Observation seen = Bench.look(BENCH.probe(projector));
      assertThat(seen.getReason()).isEqualTo("password-missing");
      assertThat(seen.getMeasuresMap()).isEmpty();
      assertThat(projector.heard()).isEmpty();
    }
  }

  private static DeviceSettings entry(
      String subject, String address, int seconds, Map<String, String> options) {
    return new DeviceSettings(subject, "pjlink", address, Duration.ofSeconds(seconds), options);
  }

  @Test
  void anEntryThatCannotBeIsRefusedWithASentence() {
    Credentials credentials =
        new Credentials(
            Map.of(
                "beamers",
                new Credential(null, null, null, null, null, null, PASSWORD),
                "routers",
                Credential.community("public")));
    PjlinkProbes probes = new PjlinkProbes(credentials, BENCH.loops, BENCH.names, BENCH.clock);
    Probe probe =
        probes.probe(entry("terminal:c0301", "10.1.3.9", 30, Map.of("credential", "beamers")));
    assertThat(probe.subjects()).containsExactly("terminal:c0301");
    assertThat(probe.interval()).isEqualTo(Duration.ofSeconds(30));
    assertThat(probe.toString()).doesNotContain(PASSWORD);
    assertThatThrownBy(() -> probes.probe(entry("pc:r1-01", "10.1.3.9", 60, Map.of())))
        .hasMessage("pc:r1-01 cannot be asked by pjlink: name a projector or terminal");
    assertThatThrownBy(() -> probes.probe(entry("projector:a", "10.1.3.9", 29, Map.of())))
        .hasMessageStartingWith("projector:a is asked by pjlink too often");
    assertThatThrownBy(
            () -> probes.probe(entry("projector:a", "10.1.3.9", 60, Map.of("password", "x"))))
        .hasMessage(
            "projector:a has the unknown setting 'password': probe pjlink knows credential");
    assertThatThrownBy(
            () ->
                probes.probe(entry("projector:a", "10.1.3.9", 60, Map.of("credential", "routers"))))
        .hasMessageContaining("credential without a password");
    assertThatThrownBy(
            () -> probes.probe(entry("projector:a", "10.1.3.9", 60, Map.of("credential", "none"))))
        .hasMessageContaining("there is no credential 'none'");
  }
}
